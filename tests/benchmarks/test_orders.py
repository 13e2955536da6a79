"""That the benchmark of orders reads the slots of an order as its labels name them."""

import json

import pytest

from benchmarks.orders import grammar, slots_of


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        (
            "can i get a medium medium roast double shot iced mocha",
            {
                "size": "medium",
                "roast": "medium roast",
                "numberOfShots": "double shot",
                "coffeeDrink": "iced mocha",
            },
        ),
        (
            "make me an americano with a little bit of soy milk and lots of brown sugar",
            {
                "coffeeDrink": "americano",
                "milkAmount": "a little bit of soy milk",
                "sugarAmount": "lots of brown sugar",
            },
        ),
        (
            "i want a sixteen ounce coffee with cream",
            {"size": "sixteen ounce", "coffeeDrink": "coffee", "milkAmount": "cream"},
        ),
        ("brew", {}),
    ],
)
def test_each_slot_is_found_and_none_is_added(words: str, slots: dict[str, str]) -> None:
    assert slots_of(words) == slots


def test_every_order_of_the_grammar_names_a_drink() -> None:
    orders = json.loads(grammar(200))
    assert all("coffeeDrink" in slots_of(order) for order in orders)
    assert len(set(orders)) > 150

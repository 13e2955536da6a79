"""That the benchmark of orders reads the slots of an order as its labels name them."""

import json

import pytest

from benchmarks.orders import best_of, grammar, slots_of


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
        (
            "i'd like an iced coffee with whole milk little bit of sugar",
            {
                "coffeeDrink": "iced coffee",
                "milkAmount": "whole milk",
                "sugarAmount": "a little bit of sugar",
            },
        ),
        (
            "get a mocha an lot of cream",
            {"coffeeDrink": "mocha", "milkAmount": "a lot of cream"},
        ),
        (
            "some sugar large coffee",
            {"size": "large", "coffeeDrink": "coffee", "sugarAmount": "some sugar"},
        ),
        (
            "coffee medium brown sugar",
            {"size": "medium", "coffeeDrink": "coffee", "sugarAmount": "brown sugar"},
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


def test_the_likeliest_reading_that_is_a_whole_order_is_taken() -> None:
    whole = "get me a coffee with cream"
    assert best_of(["get a coffee with cream some", whole, "get me a coffee"]) == whole
    assert best_of(["a latte and bit of milk", whole]) == "a latte and bit of milk"


@pytest.mark.parametrize(
    "text", ["brew a small large coffee", "light roast dark roast coffee", "latte mocha", "a small"]
)
def test_what_names_a_slot_twice_or_no_drink_is_no_order(text: str) -> None:
    assert best_of([text, "coffee"]) == "coffee"


def test_sugar_may_come_before_milk() -> None:
    text = "medium medium roast coffee with sugar and a bit of milk"
    assert best_of(["coffee", text]) == "coffee"
    assert best_of(["a", text]) == text


def test_where_none_is_an_order_the_likeliest_is_taken() -> None:
    assert best_of(["medium coffee whole", "whole"]) == "medium coffee whole"
    assert best_of([]) == ""


def test_every_order_of_the_grammar_is_whole() -> None:
    assert all(best_of(["a", order]) == order for order in json.loads(grammar(500)))

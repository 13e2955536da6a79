"""Groups of steps: the same steps once more, or once for each side.

A group becomes plain steps before the script is checked. What it fills in, {round} and {side},
is filled in then.
"""

from collections.abc import Mapping
from itertools import product
from typing import Any

from voice_guide.script.model import MOST_STEPS, Group
from voice_guide.script.positions import Node


def spread(
    steps: list[tuple[Any, Node]], group: Group, most: int = MOST_STEPS + 1
) -> list[tuple[Any, Node]]:
    """Return the steps of a group, round after round, with their places.

    Args:
        steps: the steps as they are written.
        group: how often they are done, and for which sides.
        most: so many steps are enough.
    """
    found: list[tuple[Any, Node]] = []
    for side, number in product(group.each or (None,), range(1, group.repeat + 1)):
        values = {} if side is None else {"{side}": side}
        if group.repeat > 1:
            values["{round}"] = str(number)
        found += ((_filled(step, values), place) for step, place in steps)
        if len(found) >= most:
            break
    return found[:most]


def _filled(step: Any, values: Mapping[str, str]) -> Any:
    """Return a copy of a step with the values filled in, but for what the step fills in itself."""
    if isinstance(step, dict):
        own = {"{side}": "each", "{round}": "repeat"}
        values = {mark: value for mark, value in values.items() if own[mark] not in step}
    return _copy(step, values)


def _copy(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {_fill(key, values): _copy(inner, values) for key, inner in value.items()}
    if isinstance(value, list):
        return [_copy(inner, values) for inner in value]
    return _fill(value, values) if isinstance(value, str) else value


def _fill(text: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text

"""Adding what a part has to a script: the data, and where everything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voice_guide.script.positions import Node


@dataclass
class Whole:
    """A script or a part, to which others are added."""

    data: dict[str, Any]
    root: Node
    chain: tuple[str, ...] = ()
    """The parts that it is included by, itself last. Empty for the script."""
    first: dict[str, list[tuple[Any, Node]]] = field(default_factory=dict)
    """What is to come before its own lists."""

    def node(self, key: str, like: Node) -> Node:
        """Return the node of a key, made at the place of ``like`` if it is not there yet."""
        self.root.keys.setdefault(key, like.position)
        return self.root.items.setdefault(key, Node(like.position))


_FIRST = ("before",)
"""Lists in which what is included comes before what the script has itself."""

_LAST = ("needs", "replies", "after")
"""Lists in which it comes behind."""


def add_contents(whole: Whole, part: Whole) -> None:
    """Add all but the steps of a part."""
    for key in ("scales", "pronounce", "areas"):
        _merge(whole, part, key)
    for key in (*_FIRST, *_LAST):
        values, node = part.data.get(key), part.root.items.get(key)
        if not isinstance(values, list) or node is None:
            continue
        added = [(value, node.items[index]) for index, value in enumerate(values)]
        whole.node(key, node)
        if key in _FIRST:
            whole.first.setdefault(key, []).extend(added)
        else:
            join(whole, key, added, first=False)


def _merge(whole: Whole, part: Whole, key: str) -> None:
    """Add what a mapping of the part has and that of the script has not."""
    values, node = part.data.get(key), part.root.items.get(key)
    if node is None:
        return
    if key not in whole.data:
        whole.data[key] = values
        whole.root.items[key], whole.root.keys[key] = node, node.position
        return
    own = whole.data[key]
    if key == "areas":
        own, values = _as_mapping(own), _as_mapping(values)
    if not isinstance(own, dict) or not isinstance(values, dict):
        return  # told when the whole is checked
    whole.data[key] = own
    where = whole.root.items[key]
    put(own, where, {name: value for name, value in values.items() if name not in own}, node)


def _as_mapping(areas: Any) -> Any:
    if isinstance(areas, list) and all(isinstance(name, str) for name in areas):
        return {name.strip(): "" for name in areas}
    return areas


def put(data: dict[str, Any], node: Node, more: Mapping[str, Any], place: Node | None) -> None:
    """Set keys of a mapping, with their places."""
    for name, value in more.items():
        data[name] = value
        if place is not None:
            node.items[name] = place.items[name]
            node.keys[name] = place.keys[name]


def join(whole: Whole, key: str, added: list[tuple[Any, Node]], *, first: bool) -> None:
    """Add to a list of the whole, before or behind what it has."""
    own = whole.data.get(key, [])
    if not isinstance(own, list):
        return  # told when the whole is checked
    node = whole.root.items[key]
    items = [(value, node.items[index]) for index, value in enumerate(own)]
    both = [*added, *items] if first else [*items, *added]
    whole.data[key] = [value for value, _ in both]
    node.items = {index: place for index, (_, place) in enumerate(both)}

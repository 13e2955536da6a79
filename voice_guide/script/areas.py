"""The areas of a script: a list of names, or other words for each of them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Discriminator, Field, GetPydanticSchema, Tag
from pydantic_core import core_schema

from voice_guide.script.positions import Node
from voice_guide.script.values import Aliases, Name

LISTED, NAMED = "\0listed", "\0named"
"""The two ways to write them. pydantic puts these into the places of its errors."""

MOST_AREAS = 40

_Written = Annotated[
    Annotated[tuple[Name, ...], Field(max_length=MOST_AREAS), Tag(LISTED)]
    | Annotated[dict[Name, Aliases], Field(max_length=MOST_AREAS), Tag(NAMED)],
    Discriminator(lambda value: NAMED if isinstance(value, Mapping) else LISTED),
]


def _as_mapping(value: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(value, Mapping):
        return dict(value)
    names: Sequence[str] = value
    for index, name in enumerate(names):
        if name in names[:index]:
            raise ValueError(f"'{name}' is there twice. Remove one.")
    return {name: () for name in names}


Areas = Annotated[
    dict[str, tuple[str, ...]],
    GetPydanticSchema(
        lambda _source, handler: core_schema.no_info_after_validator_function(
            _as_mapping, handler.generate_schema(_Written)
        )
    ),
]
"""The names of areas, each with other words for it."""


def name_areas(data: Any, root: Node) -> None:
    """Let the areas in a list be found under their names, as those in a mapping are."""
    areas = data.get("areas")
    if isinstance(areas, list):
        node = root.items["areas"]
        for index, name in enumerate(areas):
            if isinstance(name, str):
                node.items.setdefault(name.strip(), node.items[index])
                node.keys.setdefault(name.strip(), node.items[index].position)

"""Events as JSON, and back."""

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, get_args

from voice_guide.session import events

KINDS: dict[str, type[events.Event]] = {kind.__name__: kind for kind in get_args(events.Event)}
"""The events by the names that the journal knows them by."""


def encode(event: events.Event) -> tuple[str, str]:
    """Return the kind of an event and its fields as a JSON object."""
    return type(event).__name__, json.dumps(as_dict(event))


def as_dict(event: events.Event) -> dict[str, Any]:
    """Return the fields of an event."""
    return {field.name: getattr(event, field.name) for field in fields(event)}


def decode(kind: str, data: str) -> events.Event:
    """Return the event that ``encode`` was given.

    Raises:
        ValueError: this program knows no such event.
    """
    return decode_all([(kind, data)])[0]


def decode_all(rows: Sequence[tuple[str, str]]) -> list[events.Event]:
    """Return many events. All at once this takes half the time.

    Raises:
        ValueError: this program does not know one of them.
    """
    fields_of_each = json.loads(f"[{','.join(data for _, data in rows)}]")
    return [_made(kind, values) for (kind, _), values in zip(rows, fields_of_each, strict=True)]


def _made(kind: str, values: dict[str, Any]) -> events.Event:
    if kind not in KINDS:
        raise ValueError(f'there is no event "{kind}"')
    if "slots" in values:
        values["slots"] = tuple((name, value) for name, value in values["slots"])
    try:
        return KINDS[kind](**values)
    except TypeError as error:
        raise ValueError(f"{kind}: {error}") from error

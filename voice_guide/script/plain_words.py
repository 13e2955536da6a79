"""What pydantic finds wrong in a script, in words for its author."""

import difflib
import types
from collections.abc import Sequence
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from voice_guide.script.areas import LISTED, NAMED
from voice_guide.script.codes import form
from voice_guide.script.findings import Finding
from voice_guide.script.model import FORMAT, Script
from voice_guide.script.positions import Node, PathPart

_SHAPES = {"text": "a text", "mapping": "a mapping (key: value)", "list": "a list"}

_WANTED = {
    "string_type": "text",
    "path_type": "text",
    "model_type": "mapping",
    "dict_type": "mapping",
    "tuple_type": "list",
}

_SENTENCES = {
    "missing": "{name} is missing here. Add {what}.",
    "value_error": "{error}",
    "string_too_short": "{name} is empty. Write something, or remove it.",
    "string_too_long": "{name} is too long: the most is {max_length} characters. Shorten it.",
    "too_short": "{name} needs at least {min_length} in its list. Add to it.",
    "int_parsing": "{name} must be a whole number.",
    "int_type": "{name} must be a whole number.",
    "int_parsing_size": "{name} is too large a number.",
    "float_parsing": "{name} must be a number.",
    "float_type": "{name} must be a number.",
    "bool_parsing": "{name} must be yes or no.",
    "bool_type": "{name} must be yes or no.",
    "greater_than_equal": "{name} is too little: it must be at least {ge:g}.",
    "less_than_equal": "{name} is too much: it can be {le:g} at most.",
    "too_long": "{name} can have {max_length} at most. Shorten the list.",
}

_ADD = {"'format'": f'a line "format: {FORMAT}"'}
"""What is to be added where something is missing, if "it" does not tell."""

_CODES = {"missing": form.MISSING_KEY, "extra_forbidden": form.UNKNOWN_KEY}

_PATTERNS = {
    "number": 'Write the range of the answers, such as "0-10".',
    "language": 'Write the two letters of the language, such as "en".',
}


def findings_from(
    errors: Sequence[Any], root: Node, model: type[BaseModel] = Script
) -> list[Finding]:
    """Return pydantic's errors as findings.

    Args:
        errors: the errors.
        root: tells where things are in the file.
        model: what was not valid.
    """
    for error in errors:  # which of two ways to write it was tried is no part of the place
        error["loc"] = tuple(part for part in error["loc"] if part not in (LISTED, NAMED))
    inside = {error["loc"][:end] for error in errors for end in range(len(error["loc"]))}
    return [
        _finding(error, root, model)
        for error in errors
        # pydantic counts only the good items of a list: a bad one makes it "too short" as well
        if error["type"] != "too_short" or error["loc"] not in inside
    ]


def unknown_key(key: str, path: Sequence[PathPart], model: type[BaseModel] = Script) -> str:
    """Return the message for a key that the mapping at ``path`` cannot have."""
    valid = valid_keys(path, model)
    if path[:1] == ("steps",) and len(path) == 2:
        valid += ["include", "steps"]
    near = difflib.get_close_matches(key.lower(), valid, n=1, cutoff=0.6)
    shown = _short(key)
    if near:
        return f"'{shown}' is not known here. Did you mean '{near[0]}'?"
    if key.count(" ") > 1:
        return (
            f"'{shown}' is not known here. Inside {{...}} a text with a comma in it needs quotes."
        )
    return f"'{shown}' is not known here. What can be here: {', '.join(valid)}."


def valid_keys(path: Sequence[PathPart], model: type[BaseModel] = Script) -> list[str]:
    """Return the keys that the mapping at ``path`` can have; none if any will do."""
    current: Any = model
    for part in path:
        current = _bare(current)
        if _is_model(current):
            fields = {field.alias or name: field for name, field in current.model_fields.items()}
            if part not in fields:
                return []
            current = fields[str(part)].annotation
        else:
            current = get_args(current)[-1 if get_origin(current) is dict else 0]
    current = _bare(current)
    if not _is_model(current):
        return []
    own = [name for name in current.model_fields if name in current.__annotations__]
    inherited = [name for name in current.model_fields if name not in own]
    return [current.model_fields[name].alias or name for name in (*own, *inherited)]


def _finding(error: Any, root: Node, model: type[BaseModel]) -> Finding:
    path: tuple[PathPart, ...] = error["loc"]
    kind = error["type"]
    is_key = bool(path) and path[-1] == "[key]"
    if is_key:
        path = path[:-1]
    position = root.where(path, key=is_key or kind == "extra_forbidden")
    return Finding(_CODES.get(kind, form.WRONG_VALUE), position, _message(error, kind, path, model))


def _message(error: Any, kind: str, path: tuple[PathPart, ...], model: type[BaseModel]) -> str:
    name = _name(path)
    value = error.get("input")
    context = error.get("ctx", {}) | {"what": _ADD.get(name, "it")}
    if kind in _SENTENCES:
        return _upper(_SENTENCES[kind].format(name=name, **context))
    if kind in _WANTED:
        return _wrong_shape(name, value, _WANTED[kind])
    if kind == "extra_forbidden":
        return unknown_key(str(path[-1]), path[:-1], model)
    if kind == "literal_error":
        return _one_of(name, value, context["expected"])
    if kind == "string_pattern_mismatch":
        return f'"{_short(value)}" cannot be {name}. {_PATTERNS.get(str(path[-1]), "")}'.strip()
    return f"{_upper(name)} is wrong: {error['msg']}."


def _one_of(name: str, value: Any, expected: str) -> str:
    choices = expected.replace(" or ", ", ").replace("'", "").split(", ")
    can = f"What can be here: {', '.join(choices)}."
    if not isinstance(value, str):
        return f"{_upper(name)} must be a text. {can}"
    if not value:
        return f"{_upper(name)} is empty. {can}"
    near = difflib.get_close_matches(value.lower(), choices, n=1, cutoff=0.6)
    if near:
        can = f"Did you mean '{near[0]}'?"
    return f'{_upper(name)} cannot be "{_short(value)}". {can}'


def _wrong_shape(name: str, value: Any, wanted: str) -> str:
    if value == "":
        return f"{_upper(name)} is empty. Write {_SHAPES[wanted]} there, or remove it."
    found = "mapping" if isinstance(value, dict) else "list" if isinstance(value, list) else "text"
    message = f"{_upper(name)} must be {_SHAPES[wanted]}, not {_SHAPES[found]}."
    if wanted == "text" and found == "mapping":
        message += ' A text that has ": " in it or begins with { needs quotes.'
    if wanted == "list":
        message += " Begin each item with a dash on a line of its own, or write [one, two]."
    return message


def _name(path: tuple[PathPart, ...]) -> str:
    if not path:
        return "the script"
    *before, last = path
    if isinstance(last, str):
        return f"'{last}'"
    inside = next((part for part in reversed(before) if isinstance(part, str)), None)
    return f"item {last + 1} of '{inside}'" if inside else f"item {last + 1}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "..."


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _bare(annotation: Any) -> Any:
    """Return a type without ``Annotated`` and ``None``."""
    while True:
        origin = get_origin(annotation)
        if origin in (Union, types.UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        elif hasattr(annotation, "__metadata__"):
            annotation = get_args(annotation)[0]
        else:
            return annotation

"""From YAML text to plain data, with the place of every key and value.

Only the parser of PyYAML's safe loader is used; the tree is built here, without recursion and
with no objects but dict, list and str. Every scalar stays the text that the author wrote, so
``yes``, ``12:30`` and ``1e3`` mean just that. Anchors, aliases and tags are refused: a script
never needs them, and they are what YAML bombs and code injection are made of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from voice_guide.script.codes import form
from voice_guide.script.codes.code import Code
from voice_guide.script.findings import Finding
from voice_guide.script.positions import Node, Position
from voice_guide.script.reading import UNPRINTABLE
from voice_guide.script.yaml_errors import in_plain_words

DEEPEST = 16
"""Lists and mappings nested deeper than this are refused."""

MOST_ERRORS = 100
"""Reading ends after this many errors: the rest would only repeat them."""

FAST_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class _Open:
    """A list or a mapping that is being read."""

    node: Node
    value: dict[str, Any] | list[Any]
    key: str | None = None
    key_seen: bool = False


class _EndOfReadingError(Exception):
    """Reading on makes no sense."""


class TreeReader:
    """Reads one YAML document. ``data`` and ``root`` are set when ``errors`` allows it."""

    def __init__(self, text: str, parser: Any = FAST_PARSER) -> None:
        """Read ``text`` with a PyYAML loader class, of which only the parser is used."""
        self.data: Any = None
        """The document as dict, list and str; None if there is none."""
        self.root = Node(Position(1, 1))
        self.errors: list[Finding] = []
        self.broken = False
        """True if the YAML itself is wrong, so that ``data`` is incomplete."""
        self._open: list[_Open] = []
        self._documents = 0
        self._last = Position(1, 1)
        try:
            for event in self._events(text, parser):
                self._take(event)
        except _EndOfReadingError:
            self.broken = True

    def _events(self, text: str, parser: Any) -> Iterator[Any]:
        try:
            yield from yaml.parse(text, Loader=parser)
        except yaml.YAMLError as error:
            position, message = in_plain_words(error, text)
            self._error(form.YAML, position or self._last, message)
            raise _EndOfReadingError from error
        except (ValueError, OverflowError) as error:  # PyYAML's own slips on odd numbers in escapes
            self._error(
                form.YAML,
                self._last,
                "The YAML after this place cannot be read. Look at its escapes.",
            )
            raise _EndOfReadingError from error

    def _take(self, event: Any) -> None:
        mark = event.start_mark
        self._last = Position(mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._error(
                    form.YAML_EXTRA,
                    self._last,
                    'A file holds one script. Remove this "---" and the rest.',
                )
                raise _EndOfReadingError
        elif isinstance(event, yaml.AliasEvent):
            self._error(
                form.YAML_EXTRA,
                self._last,
                f'"*{event.anchor}" refers to another place, and scripts have no references. Write '
                "the value out; a text that begins with * needs quotes.",
            )
            self._scalar("")
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event)
            self._scalar(event.value)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_extras(event)
            self._begin({} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._error(
                form.YAML_EXTRA,
                self._last,
                f'"&{event.anchor}" is a YAML anchor, and scripts have none. Remove it; a text '
                "that begins with & needs quotes.",
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._error(
                form.YAML_EXTRA,
                self._last,
                f'"{tag}" is a YAML tag, and scripts have none. Remove it; a text that begins '
                "with ! needs quotes.",
            )

    def _begin(self, value: dict[str, Any] | list[Any]) -> None:
        if len(self._open) >= DEEPEST:
            self._error(
                form.YAML, self._last, "This is nested too deeply for a script. Make it flatter."
            )
            raise _EndOfReadingError
        if self._at_key():
            self._error(
                form.YAML,
                self._last,
                "A list or a mapping cannot be a key. A text that begins with { or [ needs quotes.",
            )
            raise _EndOfReadingError
        self._open.append(_Open(self._place(value), value))

    def _scalar(self, text: str) -> None:
        if bad := UNPRINTABLE.search(text):
            self._error(
                form.YAML,
                self._last,
                "An escape makes a character that a script cannot have "
                f"(U+{ord(bad.group()):04X}). Remove it.",
            )
            text = UNPRINTABLE.sub("", text)
        if self._at_key():
            self._key(text.strip())
        else:
            self._place(text)

    def _at_key(self) -> bool:
        return (
            bool(self._open)
            and isinstance(self._open[-1].value, dict)
            and not (self._open[-1].key_seen)
        )

    def _key(self, key: str) -> None:
        top = self._open[-1]
        top.key_seen = True
        first = top.node.keys.get(key)
        if first is None:
            top.key = key
            top.node.keys[key] = self._last
        else:
            top.key = None
            self._error(
                form.TWICE,
                self._last,
                f"'{key}' is here already, in line {first.line}. Keep one of the two.",
            )

    def _place(self, value: Any) -> Node:
        node = Node(self._last)
        if not self._open:
            self.data, self.root = value, node
            return node
        top = self._open[-1]
        if isinstance(top.value, list):
            top.node.items[len(top.value)] = node
            top.value.append(value)
        else:
            if top.key is not None:  # None: a key that is there twice; the first one counts
                top.node.items[top.key] = node
                top.value[top.key] = value
            top.key, top.key_seen = None, False
        return node

    def _error(self, code: Code, position: Position, message: str) -> None:
        self.errors.append(Finding(code, position, message))
        if len(self.errors) >= MOST_ERRORS:
            raise _EndOfReadingError

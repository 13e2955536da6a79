"""Texts as YAML that is read back as it was, and lines that are not too long to edit."""

import re
import textwrap
from collections.abc import Iterator

WIDTH = 96
"""Characters of a line."""

_PLAIN = re.compile(r"[^\W_][^:#{}\[\],&*!|>'\"%@`\n\\]*")


def scalar(text: str, *, inside: bool = False) -> str:
    """Return a text as YAML in one line, in quotes where it needs them.

    Args:
        text: it, in one line.
        inside: it stands inside brackets, where commas divide.
    """
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and not (inside and "," in text):
        return text
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def key_and_text(key: str, text: str, indent: str = "") -> Iterator[str]:
    """Yield the lines of a key and its text, folded where it is long."""
    plain = f"{indent}{key}: {scalar(text)}"
    if len(plain) <= WIDTH:
        yield plain
        return
    yield f"{indent}{key}: >-"
    inner = indent + (" " * 4 if key.startswith("- ") else "  ")
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=inner,
        subsequent_indent=inner,
        break_long_words=False,
        break_on_hyphens=False,
    )


def comment(text: str, indent: str = "", *, begin: str = "# ") -> Iterator[str]:
    """Yield the lines of a comment; those after the first are indented below it."""
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"{indent}{begin}",
        subsequent_indent=f"{indent}#{' ' * max(1, min(3, len(begin) - 1))}",
        break_on_hyphens=False,
    )

"""A page as plain text, for a terminal or a screen reader."""

import textwrap
from collections.abc import Iterator

from voice_guide.describing.page import Heading, Page, Pairs, Part

_WIDTH = 80


def as_text(page: Page) -> str:
    """Return the page as plain text."""
    lines = [page.title, "=" * len(page.title)]
    for part in page.parts:
        lines.append("")
        lines.extend(_lines(part))
    return "\n".join(lines) + "\n"


def _lines(part: Part) -> Iterator[str]:
    if isinstance(part, Heading):
        yield part.text
        if part.level == 2:
            yield "-" * len(part.text)
    elif isinstance(part, Pairs):
        for name, text in part.pairs:
            yield from _wrapped(f"- {name}: {text}", "  ")
    else:
        yield from _wrapped(f'"{part.text}"' if part.spoken else part.text, "")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )

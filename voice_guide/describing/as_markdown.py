"""A page as Markdown."""

import re
from collections.abc import Iterator

from voice_guide.describing.page import Heading, Page, Pairs, Part

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_LIST_MARK = re.compile(r"^(\d+)([.)])|^([-+])(?=\s)")


def as_markdown(page: Page) -> str:
    """Return the page as Markdown. Nothing in a script is taken for Markdown of its own."""
    lines = [f"# {_plain(page.title)}"]
    for part in page.parts:
        lines.append("")
        lines.extend(_lines(part))
    return "\n".join(lines) + "\n"


def _lines(part: Part) -> Iterator[str]:
    if isinstance(part, Heading):
        yield f"{'#' * part.level} {_plain(part.text)}"
    elif isinstance(part, Pairs):
        for name, text in part.pairs:
            yield f"- **{_plain(name)}:** {_plain(text)}"
    elif part.spoken:
        yield f"> {_plain(part.text)}"
    else:
        yield _plain(part.text)


def _plain(text: str) -> str:
    escaped = _MARKS.sub(r"\\\1", text)
    return _LIST_MARK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)

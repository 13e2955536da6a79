"""Plain text into its parts."""

import re
from collections.abc import Iterator

from voice_guide.importing.blocks import Block, tidy

_BULLET = re.compile(
    r"\s*(?:[-*+\N{BULLET}\N{EN DASH}\N{WHITE BULLET}\N{BLACK SMALL SQUARE}]|o(?=\s{2}))\s+"
)
_NUMBER = re.compile(r"\s*(?:step\s+)?\(?(?:\d{1,2}|[a-h])\s*[.):]\s+", re.IGNORECASE)
_LONGEST_HEADING = 90
_SMALL_WORDS = {
    "a",
    "an",
    "and",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
    "at",
    "by",
}


def blocks_of_text(text: str) -> Iterator[Block]:
    """Yield the parts of a plain text, in order."""
    first = True
    for lines in _groups(text):
        if first and (title := _title(lines)):
            yield Block("title", title)
        else:
            yield from _block(lines)
        first = False


def _block(lines: list[str]) -> Iterator[Block]:
    joined = tidy(" ".join(lines))
    if not joined:
        return
    if _BULLET.match(lines[0]) or _NUMBER.match(lines[0]):
        numbered = not _BULLET.match(lines[0])
        mark = _NUMBER if numbered else _BULLET
        yield Block("item", tidy(mark.sub("", " ".join(lines), count=1)), numbered)
    elif _is_heading(lines, joined):
        yield Block("heading", joined.rstrip(":"))
    else:
        yield Block("paragraph", joined)


def _title(lines: list[str]) -> str | None:
    """Return the title, if the first lines of a text are one, with or without its author."""
    title = tidy(lines[0])
    alone = len(lines) == 1 or (len(lines) == 2 and lines[1].lower().startswith("by "))
    marked = _BULLET.match(lines[0]) or _NUMBER.match(lines[0])
    if not alone or marked or len(title) > _LONGEST_HEADING or title.endswith((".", "!", ";", ",")):
        return None
    return title.capitalize() if title.isupper() else title.rstrip(":") or None


def _groups(text: str) -> Iterator[list[str]]:
    """Yield the lines of each part: a new one begins at an empty line, a bullet or a number."""
    group: list[str] = []
    for line in text.splitlines():
        begins = bool(_BULLET.match(line) or _NUMBER.match(line))
        alone = len(group) == 1 and group[0][-1:] in ":?" and _is_heading(group, tidy(group[0]))
        if group and (not line.strip() or begins or alone):
            yield group
            group = []
        if line.strip():
            group.append(line)
    if group:
        yield group


def _is_heading(lines: list[str], joined: str) -> bool:
    if len(lines) != 1 or len(joined) > _LONGEST_HEADING or joined.endswith((".", "!", ";", ",")):
        return False
    if joined.endswith((":", "?")) or joined.isupper():
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", joined) if word.lower() not in _SMALL_WORDS]
    return (
        bool(words)
        and len(words) <= 10
        and (len(words) <= 3 or sum(word[0].isupper() for word in words) > len(words) / 2)
    )

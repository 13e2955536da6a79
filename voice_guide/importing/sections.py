"""The sections of a text: those with steps, those that list what is needed, and the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from voice_guide.importing.blocks import Block
from voice_guide.importing.words import NEEDS, NO_STEPS

_LONGEST_LEAD_IN = 100


@dataclass
class Section:
    """A heading, or a line that leads in a list, and what stands under it."""

    kind: Literal["steps", "needs", "nothing"]
    heading: str | None = None
    title: str | None = None
    """The title of the text, in the section that begins with it."""
    blocks: list[Block] = field(default_factory=list)


def sections(blocks: Iterable[Block]) -> Iterator[Section]:
    """Yield the sections of a text in order."""
    every = list(blocks)
    title = _title(every)
    section = Section("steps", title=title)
    for number, block in enumerate(every):
        heads = block.kind in ("heading", "title")
        after = every[number + 1] if number + 1 < len(every) else None
        leads_in = (
            block.kind == "paragraph"
            and after is not None
            and after.kind == "item"
            and len(block.text) <= _LONGEST_LEAD_IN
            and (_kind(block.text) == "nothing" or block.text.endswith(":"))
        )
        ended = section.kind != "steps" and section.blocks and block.kind == "paragraph"
        was_listed = bool(section.blocks) and section.blocks[-1].kind == "item"
        if heads or leads_in or (ended and was_listed):
            yield section
            heading = None if block.text == title or not (heads or leads_in) else block.text
            section = Section(_kind(block.text) if heads or leads_in else "steps", heading)
        if not heads and not leads_in:
            section.blocks.append(block)
    yield section


def _title(blocks: list[Block]) -> str | None:
    """Return the title: of several lines at the top, the one that comes again or asks "how to"."""
    titles = [block.text for block in blocks[:8] if block.kind in ("title", "heading")]
    for text in titles:
        if text.lower().startswith("how to") or titles.count(text) > 1:
            return text
    return titles[0] if titles else None


def _kind(heading: str) -> Literal["steps", "needs", "nothing"]:
    lowered = heading.lower()
    if any(words in lowered for words in NEEDS):
        return "needs"
    if any(words in lowered for words in NO_STEPS):
        return "nothing"
    return "steps"

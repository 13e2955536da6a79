"""A page before it is text, Markdown or HTML: headings, sentences, and names with their texts."""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """A heading."""

    level: int
    """2 for a part of the page, 3 for a step."""
    text: str


@dataclass(frozen=True)
class Sentence:
    """A paragraph."""

    text: str
    spoken: bool = False
    """Whether the narrator says it."""


@dataclass(frozen=True)
class Pairs:
    """Names, and what belongs to each."""

    pairs: tuple[tuple[str, str], ...]


Part: TypeAlias = Heading | Sentence | Pairs


@dataclass
class Page:
    """A page."""

    title: str
    language: str
    """Two letters: the language of the script and of the page."""
    parts: list[Part] = field(default_factory=list)

    def heading(self, level: int, text: str) -> None:
        """Add a heading."""
        self.parts.append(Heading(level, text))

    def says(self, text: str) -> None:
        """Add what the narrator says."""
        self.parts.append(Sentence(" ".join(text.split()), spoken=True))

    def sentence(self, text: str) -> None:
        """Add a paragraph."""
        self.parts.append(Sentence(" ".join(text.split())))

    def pairs(self, *pairs: tuple[str, str]) -> None:
        """Add names and what belongs to them, if there are any."""
        if pairs:
            self.parts.append(Pairs(tuple((name, " ".join(text.split())) for name, text in pairs)))

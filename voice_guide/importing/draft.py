"""A draft of a script, before it is written down."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass
class DraftQuestion:
    """A question and what comes of its answers."""

    ask: str
    about: Literal["pressure", "pain", "feeling", "other", "screening"]
    yes: str | None = None
    """What is said to "yes", or when the session ends."""
    ends_at: Literal["yes", "no"] | None = None
    """The answer that ends the session."""
    notes: list[str] = field(default_factory=list)
    """What the author must decide."""


@dataclass
class DraftStep:
    """One step."""

    name: str
    say: list[str] = field(default_factory=list)
    """Sentences."""
    seconds: float | None = None
    reps: int | None = None
    both_sides: bool = False
    area: str | None = None
    question: DraftQuestion | None = None
    part: str | None = None
    """The heading under which a new part begins with this step."""
    notes: list[str] = field(default_factory=list)


@dataclass
class DraftReply:
    """Something that can be said at any time."""

    hear: list[str]
    say: str
    stops: bool
    notes: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """A draft of a script."""

    title: str
    source: str
    """Where it is from, for the author."""
    needs: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    before: list[DraftQuestion] = field(default_factory=list)
    steps: list[DraftStep] = field(default_factory=list)
    replies: list[DraftReply] = field(default_factory=list)
    per_day: float | None = None
    """Seconds."""
    rest_day_if: str | None = None
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Sentences that are not in the draft."""

    @property
    def has_pressure(self) -> bool:
        """Whether a question is about the pressure."""
        return any(s.question is not None and s.question.about == "pressure" for s in self.steps)

    @property
    def decisions(self) -> int:
        """How many things the author must decide."""
        parts: list[DraftQuestion | DraftStep | DraftReply] = [
            *self.before,
            *self.steps,
            *self.replies,
            *(step.question for step in self.steps if step.question is not None),
        ]
        return len(self.notes) + sum(len(part.notes) for part in parts)

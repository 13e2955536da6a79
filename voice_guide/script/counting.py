"""Repetitions and their tempo."""

from dataclasses import dataclass

from voice_guide.script.model import Step

BEAT = 1.0
"""Seconds of one word of a tempo, if the author names none."""

REPETITION = 4.0
"""Seconds of one repetition that has no tempo, if the author names none."""


@dataclass(frozen=True)
class Counting:
    """How a movement is repeated."""

    reps: int
    words: tuple[str, ...]
    """What is said in each repetition, one word a beat. Without words it is counted."""
    beat: float
    """Seconds."""
    rest: float
    """Seconds between two repetitions."""

    @property
    def beats(self) -> int:
        """The beats of one repetition."""
        return max(1, len(self.words))

    @property
    def repetition(self) -> float:
        """Seconds from the beginning of one repetition to that of the next."""
        return self.beats * self.beat + self.rest

    @property
    def seconds(self) -> float:
        """How long all of them take."""
        return self.reps * self.repetition - self.rest


def counting_of(step: Step) -> Counting | None:
    """Return how the movement of a step is repeated; None if it is not."""
    if step.reps is None:
        return None
    beat = step.beat or (BEAT if step.tempo else REPETITION)
    return Counting(step.reps, step.tempo, beat, step.rest or 0.0)

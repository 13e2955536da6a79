"""What was heard, counted; and the tables that say so."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from voice_guide.audio.format import Samples, gain, samples, seconds, silence
from voice_guide.speech.hearing import Heard


@dataclass
class Score:
    """What was heard in some recordings of one thing."""

    files: int = 0
    commands: int = 0
    """How many of the files hold a command."""

    right: int = 0
    wrong: int = 0
    heard_as: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """Seconds from the end of the voice to the decision, where it was right."""

    def add(self, meant: str | None, utterances: list[Heard], end: int | None = None) -> None:
        """Count one recording.

        Args:
            meant: the intent that was spoken; None where none should be heard.
            utterances: what was heard.
            end: the sample where the voice really ended; None takes the listener's word.
        """
        intents = [h.intent for h in utterances if h.intent is not None]
        self.files += 1
        self.commands += meant is not None
        if meant is not None and intents == [meant]:
            self.right += 1
            told = next(h for h in utterances if h.intent)
            self.waits.append(seconds(told.decided_at - (told.speech_end if end is None else end)))
        elif intents:
            self.wrong += 1
            self.heard_as.update(i for i in intents if i != meant)

    def plain(self) -> dict[str, object]:
        """Return the figures as JSON takes them."""
        return {**vars(self), "heard_as": dict(self.heard_as)}

    def row(self, name: str) -> str:
        """Return this as a line of a table."""
        often = ", ".join(f"{intent} {n}" for intent, n in self.heard_as.most_common(4))
        right = f"{self.right / self.files:.3f}" if self.commands else ""
        wrong = f"{self.wrong / max(1, self.files):.3f}"
        return f"| {name} | {self.files} | {right} | {wrong} | {often} |"

    def delays(self, name: str) -> str:
        """Return the delays of the decisions as a line of a table."""
        if not self.waits:
            return f"| {name} | 0 | | |"
        late = float(np.percentile(self.waits, 95))
        return f"| {name} | {len(self.waits)} | {median(self.waits):.2f} | {late:.2f} |"


def table(title: str, scores: dict[str, Score]) -> None:
    """Print scores."""
    print(f"\n{title}\n\n| | files | right | another intent | heard as |\n|---|---|---|---|---|")
    for name, score in scores.items():
        print(score.row(name), flush=True)


def total(scores: dict[str, Score]) -> Score:
    """Return the sum of scores."""
    return Score(
        files=sum(s.files for s in scores.values()),
        commands=sum(s.commands for s in scores.values()),
        right=sum(s.right for s in scores.values()),
        wrong=sum(s.wrong for s in scores.values()),
        waits=[wait for s in scores.values() for wait in s.waits],
    )


def delays(title: str, scores: dict[str, Score]) -> None:
    """Print how long after the voice's end the decisions fell."""
    print(f"\n{title}\n\n| | right | median, s | p95, s |\n|---|---|---|---|")
    for name, score in {**scores, "all": total(scores)}.items():
        print(score.delays(name), flush=True)


def with_noise(voice: Samples, noise: Samples, snr_db: float | None, at: int) -> Samples:
    """Return a voice in noise, at a ratio of the mean powers (dB), with room before and after."""
    quiet = silence(samples(0.8))
    sound = np.concatenate([quiet, voice, quiet])
    if snr_db is None:
        return sound
    piece = np.resize(np.roll(noise, -at), len(sound))
    power = float(np.sqrt(np.mean(voice**2)) / np.sqrt(np.mean(piece**2)))
    return np.asarray(sound + piece * np.float32(power * gain(-snr_db)), dtype=np.float32)

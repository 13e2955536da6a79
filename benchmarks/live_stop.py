"""Each stage from a spoken "stop" to silence, live: the real player on a virtual sound card.

The person speaks while the narrator does, who has no pauses in this text, each time at another
place of it. What the loudspeaker plays and what the microphone hears is recorded. Both recordings
are late by the sound server's delay, alike, so that times between the two are good; the times at
which the player tells what it has decided are by the clock, so that "decided to silence" is too
long by that delay (20 ms are asked for), and "to the decision" too short by it. The narrator hears
itself with 14 dB less than it is played.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from voice_guide.audio.earcons import Earcon, earcon
from voice_guide.audio.format import RATE, Samples, samples
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voice_settings import VoiceSettings

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "live"))
from playing import Play
from sound_card import SoundCard

__all__ = ["STAGES", "SoundCard", "say_stops", "spans"]

ECHO_DB = -14.0
PEAK = 0.4
"""Level of the person at the microphone, full scale 1."""

TEXT = (
    "Lay both hands on the lower back and feel how it rises and sinks with each breath and then "
    "let them glide up slowly on both sides of the spine as far as the shoulders and over them and "
    "down again along the sides with almost no weight while your own shoulders hang low and your "
    "arms move from the hips and the palms stay flat and warm on the skin all the way"
)
FIRST, STEP, SPREAD = 3.0, 0.61, 6.0
"""Seconds of the text before "stop": the first time, more each time, more at most."""

ALIKE = 0.5
"""How alike a sound must be to one that is looked for, from 0 to 1."""

WITHIN = 0.25
"""Seconds before the earcon in which the narrator falls silent: it is queued, silence is not."""

DUCKED_DB = -8.0
"""So much quieter the narrator counts as ducked: half of the way."""

WINDOW = samples(0.02)


@dataclass(frozen=True)
class Moments:
    """When things happened, seconds on the card's clock; None: they did not."""

    began: float
    ended: float
    already: bool
    """The ears were in the middle of an utterance: of the narrator's own echo, as nobody spoke."""
    noticed: float | None
    """The player lets the narrator duck."""
    ducked: float | None
    """It is quieter at the loudspeaker."""
    decided: float | None
    silent: float | None
    own: tuple[str, ...]
    """What was understood before anybody spoke. If that ended the text, nobody spoke at all."""


STAGES = {
    'end of "stop" to silence': ("ended", "silent"),
    'end of "stop" to the decision': ("ended", "decided"),
    "decision to silence": ("decided", "silent"),
    "onset to the decision to duck": ("began", "noticed"),
    "onset to ducked, at the loudspeaker": ("began", "ducked"),
}


def say_stops(words: Sequence[Samples], folder: Path) -> Iterator[Moments]:
    """Say each "stop" to a session of its own, and yield what came of it."""
    clip = open_narrator(VoiceSettings(voice="en-gb")).render(TEXT).samples
    script = folder / "stop.yaml"
    step = {"name": "Glide", "say": TEXT, "for": "9 min"}
    script.write_text(json.dumps({"format": 1, "title": "Glide", "steps": [step]}))
    with SoundCard() as card:
        card.let_microphone_hear_loudspeaker(gain_db=ECHO_DB)
        for number, word in enumerate(words):
            wav = folder / f"{number}.wav"
            soundfile.write(wav, PEAK * word / np.abs(word).max(), RATE)
            # With a journal of its own, as the session before was broken off.
            for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
                card.environment[name] = str(folder / str(number))
            with Play(card, script, "--voice", "en-gb") as play:
                if not reaches_text(play):
                    yield Moments(0.0, 0.0, False, None, None, None, None, understood(play.told))
                    continue
                began = card.now()
                card.loudspeaker.wait_until(began + FIRST + number * STEP % SPREAD)
                said = card.now()
                card.say(wav).wait(timeout=30)
                card.loudspeaker.wait_until(card.now() + 2.5)
                yield moments(card, play.told, said, word, clip)


def reaches_text(play: Play) -> bool:
    """Wait until the narrator begins with the text; he does not if he has stopped himself."""
    with suppress(AssertionError):
        play.wait_for("say", timeout=40, text=TEXT)
        return True
    return False


def understood(told: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Return what was understood."""
    return tuple(one["intent"] for one in told if one["event"] == "heard" and one["intent"])


def moments(
    card: SoundCard, told: Sequence[dict[str, Any]], said: float, word: Samples, clip: Samples
) -> Moments:
    """Find in the recordings, and in what the player told, when what happened."""
    ahead = time.monotonic() - card.now()
    start = said - 0.5  # a recording's clock may be early by some ms
    at, likeness = found(card.microphone.between(start), word)
    assert likeness > ALIKE, "the person cannot be heard in the recording of the microphone"
    began = start + at
    ended = began + len(word) / RATE

    def first(event: str, **fields: object) -> float | None:
        times = [one["seen"] - ahead for one in told if one["event"] == event and fits(one, fields)]
        return next((when for when in times if when > began), None)

    before = [one for one in told if one["seen"] - ahead <= began]
    speech = [one["event"] for one in before if one["event"] in ("speech_began", "speech_over")]
    already = speech[-1:] == ["speech_began"]
    start = began - 2.0
    decided = first("heard", intent="stop")
    return Moments(
        began,
        ended,
        already,
        None if already else first("speech_began"),
        None if already else ducking(card.loudspeaker.between(start), clip, 2.0, start),
        decided,
        None if decided is None else silence(card.loudspeaker.between(began), began),
        understood(before),
    )


def fits(one: dict[str, Any], fields: dict[str, object]) -> bool:
    """Whether what was told has these fields."""
    return fields.items() <= one.items()


def silence(sound: Samples, start: float) -> float | None:
    """Return when the narrator fell silent before the earcon of the pause.

    Args:
        sound: the loudspeaker's from ``start`` on, shape (n,).
        start: seconds on the card's clock.
    """
    # The narrator answers while the earcon still sounds: its first note tells enough.
    at, likeness = found(sound, earcon(Earcon.PAUSED)[: RATE // 12])
    if likeness < ALIKE:
        return None
    heard = np.flatnonzero(np.abs(sound[: samples(at)]) > 1e-3)
    last = heard[-1] / RATE if len(heard) else 0.0
    return start + (last if at - last < WITHIN else at)


def ducking(sound: Samples, clip: Samples, onset: float, start: float) -> float | None:
    """Return when the narrator became quieter than he is in his text, after the onset.

    Args:
        sound: the loudspeaker's from ``start`` on, shape (n,).
        clip: the text as it was rendered, shape (m,).
        onset: where in the sound a voice began, seconds.
        start: seconds on the card's clock.
    """
    known = sound[: samples(onset)]
    at, likeness = found(clip, known[-samples(1.0) :])
    if likeness < ALIKE:
        return None
    piece = clip[samples(at) :][: len(sound) - len(known) + samples(1.0)]
    played = sound[len(known) - samples(1.0) :][: len(piece)]
    count = min(len(piece), len(played)) // WINDOW
    wanted, got = (rms(one[: count * WINDOW].reshape(-1, WINDOW)) for one in (piece, played))
    ratio = got / np.maximum(wanted, 1e-6)
    loud = wanted > 0.1 * wanted.max()
    before = samples(1.0) // WINDOW
    usual = float(np.median(ratio[:before][loud[:before]]))
    quiet = np.flatnonzero(loud & (ratio < usual * 10 ** (DUCKED_DB / 20)))
    after = quiet[quiet >= before]
    return start + onset - 1.0 + (after[0] + 1) * WINDOW / RATE if len(after) else None


def rms(windows: Any) -> Any:
    """Return the level of each window, shape (n, samples) to (n,)."""
    return np.sqrt(np.mean(windows.astype(np.float64) ** 2, axis=1))


def found(sound: Samples, what: Samples) -> tuple[float, float]:
    """Return where in a sound something is, in seconds, and how alike it is, from 0 to 1."""
    size = 1 << (len(sound) + len(what)).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(what, size))
    match = np.fft.irfft(spectrum, size)[: max(1, len(sound) - len(what))]
    energy = np.concatenate([[0.0], np.cumsum(sound.astype(np.float64) ** 2)])
    sizes = np.sqrt(np.maximum(energy[len(what) :] - energy[: -len(what)], 0.0))[: len(match)]
    sizes = np.maximum(sizes, 0.05 * sizes.max() + 1e-9)  # what is very quiet is like nothing
    likeness = match / sizes / float(np.linalg.norm(what))
    at = int(np.argmax(likeness))
    return at / RATE, float(likeness[at])


def spans(every: Sequence[Moments], stage: str) -> list[float]:
    """Return how long a stage took each time that it came to its end, ms."""
    start, end = STAGES[stage]
    both = [(getattr(one, start), getattr(one, end)) for one in every]
    return [1000 * (b - a) for a, b in both if a is not None and b is not None]

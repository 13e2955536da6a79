"""People talk, and somebody calls stop right behind it, with no pause between: is it heard?"""

from collections.abc import Sequence

import numpy as np

from benchmarks.scoring import Score
from voice_guide.audio.format import Samples, samples, silence
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.recordings import hear

NOISES_DB = (None, 10.0)
"""Without noise, and with the kitchen's so much weaker than the voice."""

_GAPS_S = (0.02, 0.05, 0.08)
_TALK_S = (1.0, 2.0)
_CUTS_S = (3.0, 2.0, 1.0)
_AROUND_S = 0.8
"""Before and behind the voice; the noise goes on there, as in a room."""

_VOICE = 0.08
"""Of the loudest: what is louder is the voice."""


def measure(
    model: SpeechModel,
    grammar: Grammar,
    stops: Sequence[Samples],
    orders: Sequence[Samples],
    kitchen: Samples,
) -> dict[str, Score]:
    """Return how often "stop" right behind the end of an order stops, and the order alone does.

    Args:
        model: hears.
        grammar: what is listened for.
        stops: people's "stop", shape (n,) each.
        orders: people's orders.
        kitchen: noise.
    """
    scores: dict[str, Score] = {}
    for noise_db in NOISES_DB:
        where = "clean" if noise_db is None else f"kitchen noise, {noise_db:.0f} dB"
        behind, alone = Score(), Score()
        for number, stop in enumerate(stops):
            order = voice_of(orders[number % len(orders)])
            talk = order[-samples(_TALK_S[number % 2]) :]
            called = voice_of(stop) * (np.abs(order).max() / np.abs(stop).max())
            gap = silence(samples(_GAPS_S[number % 3]))
            said = np.concatenate([talk, gap, called])
            heard = hear(around(said, kitchen, number, noise_db), model, grammar)
            behind.add("stop", [h for h in heard if h.intent == "stop"][:1])
        for number, order in enumerate(orders):
            for cut in _CUTS_S:
                talk = voice_of(order)[-samples(cut) :]
                heard = hear(around(talk, kitchen, number, noise_db), model, grammar)
                alone.add(None, [h for h in heard if h.intent == "stop"])
        scores |= {f'"stop" behind an order, {where}': behind, f"the order alone, {where}": alone}
    return scores


def voice_of(sound: Samples) -> Samples:
    """Return a recording without the quiet before and behind the voice."""
    power = np.convolve(np.square(sound), np.full(400, 1 / 400), "same")
    loud = np.flatnonzero(power > _VOICE**2 * power.max())
    return sound[loud[0] : loud[-1]]


def around(said: Samples, kitchen: Samples, number: int, noise_db: float | None) -> Samples:
    """Return what is said with some quiet around it, and noise so much weaker than it in all.

    Args:
        said: the voice, shape (n,).
        kitchen: noise.
        number: another one takes another part of the noise.
        noise_db: how much weaker, in dB of mean power; None is no noise.
    """
    sound = np.pad(said, samples(_AROUND_S))
    if noise_db is None:
        return sound
    start = number * 7000 % max(1, len(kitchen) - len(sound))
    noise = np.resize(kitchen[start:], len(sound))
    level = np.sqrt(np.mean(np.square(said)) / np.mean(np.square(noise))) * 10 ** (-noise_db / 20)
    return np.asarray(sound + noise * level, np.float32)

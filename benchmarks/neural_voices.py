"""What people might say, by neural voices that no training heard: other words than commands."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.scoring import Score
from models.training.kokoro import NEURAL_ASIDE
from models.training.voices import Speaker, Speaking
from voice_guide.audio.format import Samples, samples, silence
from voice_guide.speech.grammar import UNKNOWN, Grammar
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.recordings import hear

VOICES = tuple(f"kokoro:{name}" for name in NEURAL_ASIDE)

URGENT = ("stop", "stop it", "stop please", "please stop", "pause")
"""Five, so that four voices in turn come to each of them."""


def other_words(model: SpeechModel, grammars: list[Grammar], many: int) -> list[str]:
    """Return words of the model that are in no phrase of the grammars, spread over all.

    Args:
        model: has the words.
        grammars: whose phrases they are not in.
        many: how many.
    """
    said = {
        word for grammar in grammars for phrase in grammar.phrases for word in phrase.text.split()
    }
    plain = sorted(word for word in set(model.words) - said if word.isalpha() and word != UNKNOWN)
    return [plain[place * len(plain) // many] for place in range(many)]


def spoken(words: list[str], voices: Path) -> Iterator[Samples]:
    """Yield words said by the voices in turn, peaks at -12 dB, in silence.

    Args:
        words: one at a time.
        voices: the folder of Kokoro's voices.
    """
    speaker, random = Speaker(voices), Random(5)
    around = silence(samples(0.8))
    for place, word in enumerate(words):
        said = speaker.say(word, Speaking(VOICES[place % len(VOICES)], random.randint(130, 190)))
        yield np.concatenate([around, said / 2, around])


def false_accepts(
    model: SpeechModel, grammars: dict[str, Grammar], words: list[str], voices: Path
) -> dict[str, Score]:
    """Return what is wrongly heard in words that are no command, for each grammar.

    Args:
        model: hears.
        grammars: what is listened for.
        words: what is said.
        voices: the folder of Kokoro's voices.
    """
    scores = {name: Score() for name in grammars}
    for sound in spoken(words, voices):
        for name, grammar in grammars.items():
            scores[name].add(None, hear(sound, model, grammar))
    return scores

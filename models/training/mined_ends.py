"""Ends of random talk that a check of ends takes for a "stop", found by asking it.

Lists and rules name some of what ends like a "stop"; a check that was trained tells what else it
takes for one.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np

from models.builder.build import FREQUENT, model_words, package_folder
from models.builder.lexicon import read_dictionary
from models.builder.vocabulary import frequent_words
from models.training.alike_ends import made_ends
from models.training.embedded import Embedded
from models.training.voices import Speaker, Speaking, draw, draw_pico
from models.training.workers import made_ahead
from voice_guide.audio.format import Samples, samples
from voice_guide.speech.phrase_check import PhraseCheck
from voice_guide.speech.second_opinion import AFTER_S, STOP

AMOUNT = 100_000
"""Texts that are said and asked about."""

_LEAST_ODDS = -2.5
"""Those with more (natural logarithm) are taken."""

_COMMON, _COMMON_SHARE = 150, 0.4
_WORDS = (2, 4)
_PICO_SHARE = 0.1
_ASKED_S = 0.8
_OTHER_VOICES = 2
"""As many voices say the same as well."""

_COPIES = 2
_SEED = 13
_GROUP = 400

Said = tuple[str, Speaking]


def mined_ends(
    folder: Path,
    corpus: Path,
    check: Path,
    amount: int = AMOUNT,
    processes: int | None = None,
) -> Embedded:
    """Return such ends, embedded; they are made unless the folder has them.

    Args:
        folder: where they are kept.
        corpus: the folder of the corpus, which has the noises.
        check: the check that is asked, a file of ``models.training.stop_check``.
        amount: how many texts it is asked about.
        processes: how many make them.
    """
    path = folder / "mined.npz"
    said = [] if path.is_file() else _taken(check, amount, processes)
    return made_ends(path, corpus, Path(), said, processes, as_it_is=2)


def _taken(check: Path, amount: int, processes: int | None) -> list[Said]:
    """Return what the check takes for a "stop", in random order, with other voices who say it."""
    random, found = Random(_SEED), []
    asked = made_ahead(_asked, _groups(check, amount, random), processes, fresh=True)
    for number, some in enumerate(asked, 1):
        found += some
        print(f"{number * _GROUP} of {amount} asked about, {len(found)} taken", flush=True)
    every = []
    for text, who in found:
        every += [(text, who)] * _COPIES
        every += [(text, _who(random)) for _ in range(_OTHER_VOICES)]
    random.shuffle(every)
    return every


def _groups(check: Path, amount: int, random: Random) -> Iterator[tuple[Path, tuple[Said, ...]]]:
    said = list(talk(amount, random))
    for start in range(0, len(said), _GROUP):
        yield check, tuple((text, _who(random)) for text in said[start:][:_GROUP])


def talk(amount: int, random: Random) -> Iterator[str]:
    """Yield so many rows of random words, none with "stop" in it; frequent words are in most."""
    source = package_folder()
    dictionary = read_dictionary(source / "cmudict-en-us.dict")
    frequent = frequent_words(dictionary, source / "en-us.lm.bin", _COMMON)
    common = sorted(word for word in frequent if STOP not in word)
    words = sorted(word for word in model_words(source, FREQUENT) if STOP not in word)
    for _ in range(amount):
        many = random.randint(*_WORDS)
        takes = (common if random.random() < _COMMON_SHARE else words for _ in range(many))
        yield " ".join(random.choice(take) for take in takes)


def _who(random: Random) -> Speaking:
    return draw_pico(random) if random.random() < _PICO_SHARE else draw(random)


@lru_cache(maxsize=1)
def _tools(check: Path) -> tuple[Speaker, PhraseCheck]:
    return Speaker(), PhraseCheck(check)


def _asked(group: tuple[Path, tuple[Said, ...]]) -> list[Said]:
    speaker, check = _tools(group[0])
    return [
        (text, who) for text, who in group[1] if _odds(check, speaker.say(text, who)) > _LEAST_ODDS
    ]


def _odds(check: PhraseCheck, said: Samples) -> float:
    end = np.pad(said[-samples(_ASKED_S) :], (0, samples(AFTER_S)))
    opinion = check(end)
    assert opinion is not None  # it is short
    return opinion.odds((STOP,))

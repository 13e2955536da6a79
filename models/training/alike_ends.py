"""Ends of talk by synthetic voices: "stop", and what is much like it, "wakes up" or "in stock".

Some of those are listed by hand, most are found by their pronunciations.

A call is heard in the middle of talk most of the time, and joined to it by ``stop_endings``. Here
one voice says all in one breath, in either case.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.builder.build import package_folder, project_lexicon
from models.builder.lexicon import Lexicon
from models.training.augmentation import Augmenter, Chances
from models.training.corpus import Corpus
from models.training.embedded import Embedded, as_arrays, kept, recorded_noises
from models.training.features import SHIFT
from models.training.sounding_alike import distance, like_words
from models.training.stop_endings import AS_IT_IS, BEHIND_S, CLATTER, embedded_end
from models.training.texts import sentences
from models.training.voices import Speaker, Speaking, draw, draw_kokoro, draw_pico
from voice_guide.audio.format import samples
from voice_guide.speech.second_opinion import STOP
from voice_guide.speech.speech_embedding import SpeechEmbedding

_ENDS = """
wakes up; gets up; sums it up; beats up; sits up; stands up; what's up; puts it up; makes up
looks up; picks up; cheers us up; lets up; starts up; stays up; shuts up; gives up; it's up
catch up; touch up; patched up; messed up; washed up; fixed up; beat up; built up; left up; put up
set up; wait up; moving up; cleaned up; a cup; the cup; ketchup; a checkup; this makeup; a pushup
ripped off; takes off; puts off; paid off; gets off; just off; turns off; laughed off; it's off
good stuff; this stuff; cheap stuff; all that stuff; tough; enough; rough; a cuff; kiss of
on top; the top; to the top; a laptop; the desktop; this top; its top; best top; a table top
in stock; the stock; american stock; livestock; a stalk; a sock; the clock; a knock; a block
the shop; a workshop; coffee shop; the bishop; this job; a mob; a cop; a mop; chop; lollipop
a drop; a crop; the props; swap; a soap; hope; the scope; a rope; the pope; antelope; an envelope
the step; a doorstep; footstep; this tip; a strip; a trip; a ship; the steps; gossip; asleep
a spot; tourist spot; hot spot; it's hot; this lot; is not; the plot; parrot; a slot; the pot
lost; the cost; its cost; the post; almost; the most; the coast; toast; a ghost; the west; rest
a star; to start; the start; the stars; a stab; a stub; a stamp; a stack; a stick; is stuck; steak
the strap; a stripe; the street; a stone; a story; a stove; the sport; a snap; a slap; a map
post office; of course; supper; a duck; a skull; restful; a blister; the apostle; a system; stump
the back; a stopper; nonstop flights; touched; asked; dust; a gust; just
"""

ENDS = tuple(" ".join(end.split()) for end in re.split(r"[;\n]", _ENDS.strip()))
"""The last words. None is a "stop"."""

_STOPS = 50
"""For each voice of an end, so many texts end with "stop"."""

VOICES = 30
"""Voices that say each."""

_WORD_VOICES, _PAIR_VOICES = 4, 3
"""Voices that say each word, and each pair, that sounds so."""

_WORD_APART = 1.4
_PAIR_APART = (0.5, 1.2)
"""How far it is from "stop", at most; nearer pairs, "it's top", are the same to anybody."""

_SECOND = (("T", "AA", "P"), ("AA", "P"), ("S", "T", "AA", "P"))
_SECOND_APART = 0.8
_FIRST_ENDS = frozenset(("S", "Z", "SH", "T", "D", "K", "F", "TH"))
_PAIRS = 700

_KOKORO_SHARE, _PICO_SHARE = 0.15, 0.15
_TALK = (1, 4)
"""Words before them, of a sentence of the scripts."""

_SEED = 11
_GROUP = 100

Item = tuple[int, str, Speaking]
"""The number, a text, and who says it."""


def alike_ends(
    folder: Path,
    corpus: Path,
    kokoro_voices: Path,
    voices: int = VOICES,
    processes: int | None = None,
) -> Embedded:
    """Return such ends, embedded; they are made unless the folder has them.

    Args:
        folder: where they are kept.
        corpus: the folder of the corpus, which has the noises.
        kokoro_voices: the folder of Kokoro's voices.
        voices: voices that say each.
        processes: how many make them.
    """
    random, calling = Random(_SEED), Random(_SEED + 1)
    said = [(text, _who(random)) for text in texts(random, voices)]
    said += [(text, _who(calling)) for text in calls(calling, voices)]
    return made_ends(folder / "alike.npz", corpus, kokoro_voices, said, processes)


def texts(random: Random, voices: int = VOICES) -> list[str]:
    """Return what is said, in random order, each end by so many voices."""
    before = [sentence.split() for sentence in sentences()]
    found = []
    for end in ENDS:
        for _ in range(voices):
            words = random.choice(before)
            found.append(" ".join([*words[: random.randint(*_TALK)], end]))
    random.shuffle(found)
    return found


def calls(random: Random, voices: int = VOICES) -> list[str]:
    """Return what is said that ends with "stop"."""
    before = [sentence.split() for sentence in sentences() if STOP not in sentence]
    talk = [random.choice(before)[: random.randint(*_TALK)] for _ in range(_STOPS * voices)]
    return [" ".join([*words, STOP]) for words in talk]


def sounding_ends(
    folder: Path,
    corpus: Path,
    kokoro_voices: Path,
    lexicon: Lexicon | None = None,
    processes: int | None = None,
    *,
    share: float = 1.0,
) -> Embedded:
    """Return ends that sound like "stop" by the lexicon; they are made unless the folder has them.

    Args:
        folder: where they are kept.
        corpus: the folder of the corpus, which has the noises.
        kokoro_voices: the folder of Kokoro's voices.
        lexicon: the words; None takes those of the model.
        processes: how many make them.
        share: so much of them.
    """
    random = Random(_SEED + 2)
    alike = sounding(lexicon or _model_lexicon(), random)
    said = [(text, _who(random)) for text in alike[: round(share * len(alike))]]
    return made_ends(folder / "sounding.npz", corpus, kokoro_voices, said, processes)


def _model_lexicon() -> Lexicon:
    """Return the words of the model and their pronunciations."""
    return project_lexicon(package_folder())


def sounding(lexicon: Lexicon, random: Random) -> list[str]:
    """Return texts whose end sounds like "stop" by the lexicon, in random order.

    Args:
        lexicon: thousands of words: it looks for pairs of them until there are enough.
        random: chooses what they are said behind, and the pairs.
    """
    others = {word: forms for word, forms in lexicon.items() if STOP not in word}
    stop = lexicon[STOP]
    words = like_words(others, stop, _WORD_APART, ends_alike=True)
    seconds = sorted(like_words(others, _SECOND, _SECOND_APART))
    firsts = sorted(word for word, forms in others.items() if forms[0][-1] in _FIRST_ENDS)
    pairs: dict[str, None] = {}
    while len(pairs) < _PAIRS:
        first, second = random.choice(firsts), random.choice(seconds)
        said = (*others[first][0], *others[second][0])
        least, most = _PAIR_APART
        if least <= min(distance(said, form, ends_alike=True) for form in stop) <= most:
            pairs[f"{first} {second}"] = None
    before = [sentence.split() for sentence in sentences()]
    found = []
    for ends, voices in ((sorted(words), _WORD_VOICES), (pairs, _PAIR_VOICES)):
        for end in (end for end in ends for _ in range(voices)):
            found.append(" ".join([*random.choice(before)[: random.randint(*_TALK)], end]))
    random.shuffle(found)
    return found


def made_ends(
    path: Path,
    corpus: Path,
    kokoro_voices: Path,
    said: Sequence[tuple[str, Speaking]],
    processes: int | None = None,
    *,
    as_it_is: int = AS_IT_IS,
) -> Embedded:
    """Return ends of what voices say, embedded; they are made unless the file is there.

    Args:
        path: the file.
        corpus: the folder of the corpus, which has the noises.
        kokoro_voices: the folder of Kokoro's voices.
        said: the texts, and who says each.
        processes: how many make them.
        as_it_is: one of so many is not changed.
    """
    items = [(number, *each) for number, each in enumerate(said)]
    starts = range(0, len(items), _GROUP)
    groups = ((corpus, kokoro_voices, as_it_is, tuple(items[at:][:_GROUP])) for at in starts)
    return kept(path, _make, groups, processes, fresh=True)


def _who(random: Random) -> Speaking:
    kind = random.random()
    if kind < _KOKORO_SHARE:
        return draw_kokoro(random)
    return draw_pico(random) if kind < _KOKORO_SHARE + _PICO_SHARE else draw(random)


@lru_cache(maxsize=1)
def _tools(
    corpus: Path, kokoro_voices: Path
) -> tuple[Speaker, SpeechEmbedding, list[NDArray[np.float32]]]:
    return Speaker(kokoro_voices), SpeechEmbedding(), recorded_noises(Corpus(corpus))[False]


def _make(group: tuple[Path, Path, int, tuple[Item, ...]]) -> tuple[NDArray[Any], ...]:
    corpus, kokoro_voices, as_it_is, items = group
    speaker, embedding, noises = _tools(corpus, kokoro_voices)
    rows = []
    for number, text, how in items:
        said = speaker.say(text, how) * np.float32(32767)
        said = said[: len(said) // SHIFT * SHIFT]
        silent = np.zeros(len(said) // SHIFT, np.uint8)
        quiet = samples(BEHIND_S)
        sound = np.pad(said, (0, quiet)).astype(np.float32)
        silent = np.pad(silent, (0, quiet // SHIFT), constant_values=1)
        random = np.random.default_rng([_SEED, number])
        seed = int(random.integers(1 << 40))
        augmenter = Augmenter(noises, seed, Chances(clatter=CLATTER)) if number % as_it_is else None
        row = embedded_end(embedding, sound, silent, augmenter, random)
        rows.append((row, text.split()[-1], how.voice.partition(":")[0], -1, 0))
    return as_arrays(rows)

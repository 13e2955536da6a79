"""Train the check of ends of talk: python -m models.training.stop_check WORK --save FILE.

It takes the corpus that ``python -m models.training`` has made; which trains this, too.
"""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import torch

from models.training.alike_ends import VOICES, alike_ends, sounding_ends
from models.training.embedded import Embedded, joined
from models.training.mined_ends import AMOUNT, mined_ends
from models.training.phrase_check import Way, save, train
from models.training.stop_endings import stop_endings
from voice_guide.errors import MachineError
from voice_guide.speech.second_opinion import STOP

WAY = Way(passes=16, hidden=128, smoothing=0.02)
SEED = 2

_OTHERS = 299
"""Last words that it learns to tell as well, the most frequent: what else it may be."""


def last_words(data: Embedded) -> list[str]:
    """Return the last words that are told from each other, "stop" first."""
    counts = Counter(word for word in data.texts.tolist() if word not in ("", STOP))
    return [STOP, *sorted(word for word, _ in counts.most_common(_OTHERS))]


def ends(work: Path, kokoro_voices: Path | None = None, voices: int = VOICES) -> Embedded:
    """Return what the check is trained on, embedded; it is made unless it is there.

    Args:
        work: the folder with the corpus; the embeddings are kept there.
        kokoro_voices: the folder of Kokoro's voices, if it is not in ``work``.
        voices: voices that say each listed end that is much like a "stop"; with fewer than usual,
            fewer of the others are said, too, and a first check is asked about fewer.

    Raises:
        MachineError: what a voice needs is not installed.
    """
    kept, corpus = work / "phrases", work / "corpus"
    kokoro_voices = kokoro_voices or work / "package" / "voices"
    listed = alike_ends(kept, corpus, kokoro_voices, voices)
    sounding = sounding_ends(kept, corpus, kokoro_voices, share=voices / VOICES)
    known = joined(stop_endings(kept, corpus), listed, sounding)
    return joined(known, _mined(kept, corpus, known, voices / VOICES))


def _mined(kept: Path, corpus: Path, known: Embedded, share: float) -> Embedded:
    """Return what a check that is trained on the others takes for a "stop" and is none."""
    first = kept / "first_stop_check.npz"
    if not (kept / "mined.npz").is_file():
        train_stop_check(known, first, None)
    return mined_ends(kept, corpus, first, round(share * AMOUNT))


def train_stop_check(data: Embedded, target: Path, held_out: int | None, way: Way = WAY) -> None:
    """Train it and write it.

    Args:
        data: ends of talk.
        target: the file.
        held_out: the part of the speakers that is not trained on.
        way: how.
    """
    names = last_words(data)
    save(train(data, names, held_out, SEED, way), names, target)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path, help="folder with the corpus")
    parser.add_argument("--held-out", type=int, help="part of the speakers to keep for measuring")
    parser.add_argument("--kokoro-voices", type=Path, help="folder; otherwise WORK/package/voices")
    parser.add_argument("--save", type=Path, required=True, help="write the network to this file")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    try:
        data = ends(arguments.work, arguments.kokoro_voices)
    except MachineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    train_stop_check(data, arguments.save, arguments.held_out)
    return 0


if __name__ == "__main__":
    sys.exit(main())

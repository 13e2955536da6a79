"""Where the sounds of people's recordings begin and end, once a network has been trained.

The GMM alone aligns some of them badly: it hears "off" and "up" from fewer than half of the people.
"""

from pathlib import Path

import numpy as np

from models.training.alignment import Aligner
from models.training.corpus import Corpus, bands_of, with_one_silence
from models.training.network_scores import NetworkScores


def realign(folder: Path, aligner: Aligner, checkpoint: Path, silence: int) -> Path:
    """Align people's recordings anew. Return the file of the targets, beside the network's.

    Synthetic voices keep their targets. What is there already is not done again.

    Args:
        folder: of the corpus.
        aligner: has the GMM, and the words of all people.
        checkpoint: a network that was trained.
        silence: the target of silence.
    """
    done = checkpoint.with_name("targets.u1")
    if done.is_file():
        return done
    corpus, network = Corpus(folder), NetworkScores(checkpoint)
    targets = np.fromfile(folder / "targets.u1", np.uint8)
    for entry in corpus.entries:
        if entry.source == "synthetic" or not entry.text:
            continue
        bands = bands_of(corpus.sound(entry))
        states, _ = aligner.align(bands, entry.text.split(), network.score(bands))
        place = slice(entry.first_frame, entry.first_frame + entry.frames)
        targets[place] = with_one_silence(states, silence)
    whole = done.with_suffix(".new")
    targets.tofile(whole)
    whole.replace(done)
    return done

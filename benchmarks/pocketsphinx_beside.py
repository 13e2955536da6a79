"""PocketSphinx with the same ten words and the same recordings, to stand beside our figures."""

from collections.abc import Iterable
from pathlib import Path

import soundfile

from benchmarks.scoring import Score


def recall(words: Iterable[str], files: dict[str, list[Path]]) -> dict[str, Score] | None:
    """Return a score per word, in a closed grammar; None where PocketSphinx is not installed.

    Args:
        words: the grammar.
        files: recordings by word, at 16 kHz.
    """
    try:
        from pocketsphinx import Decoder  # noqa: PLC0415 - of the extra "model"
    except ImportError:
        return None
    decoder = Decoder(loglevel="FATAL", lm=None)
    choices = " | ".join(words)
    decoder.add_jsgf_string("words", f"#JSGF V1.0; grammar words; public <word> = {choices} ;")
    decoder.activate_search("words")
    scores = {}
    for word, recordings in files.items():
        score = scores[word] = Score()
        for file in recordings:
            decoder.start_utt()
            decoder.process_raw(soundfile.read(file, dtype="int16")[0].tobytes(), full_utt=True)
            decoder.end_utt()
            best = decoder.hyp()
            score.files += 1
            score.commands += 1
            heard = best.hypstr if best else ""
            score.right += heard == word
            score.wrong += heard not in ("", word)
            score.heard_as.update([heard] if heard not in ("", word) else [])
    return scores

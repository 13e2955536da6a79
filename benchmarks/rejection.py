"""How much is heard and how much is wrongly heard, at several costs of ``[unk]``.

Run: python -m benchmarks.rejection [--speech DIR] [--limit N] [--held-out PART] [--json FILE]
                                    [--network FILE] [--check FILE]

For each cost a small model is made, with the words of the grammar alone, and the ten words and
other words of people are heard through the same listener as in a session. It needs the extra
"model" and fstconvert. With --check the model has that second opinion on short phrases, too.
"""

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.recognition import SPEECH, WORDS, evenly, false_accepts
from benchmarks.scoring import Score, total
from models.builder.assemble import Settings, write_model
from models.builder.build import NETWORK, acoustics, package_folder
from models.builder.graph import GraphSettings
from models.builder.lexicon import make_lexicon, read_dictionary
from models.builder.sphinx import read_model
from models.training.recordings import fold_of, speaker_of
from voice_guide.speech.decoys import COMMON_WORDS, LIKE_URGENT, NOT_STOP
from voice_guide.speech.grammar import Grammar, Phrase
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.phrase_check import FILE as PHRASE_CHECK
from voice_guide.speech.recordings import hear, read_recording

PHONE_COSTS = (1.4, 1.8, 2.2, 2.6, 3.0)
"""For each phone of ``[unk]``: the less, the more is rejected. 2.2 is the one of the model."""


def small_model(
    folder: Path, phone_cost: float, network: Path, check: Path | None = None
) -> SpeechModel:
    """Make and open a model of the words that are needed here."""
    source = package_folder()
    model = read_model(source / "en-us")
    skipped = (word for phrase in Grammar(()).skip_words for word in phrase.split())
    words = {*WORDS, *COMMON_WORDS, *NOT_STOP, *LIKE_URGENT, *skipped}
    lexicon = make_lexicon(words, WORDS, read_dictionary(source / "cmudict-en-us.dict"))
    settings = Settings(graph=GraphSettings(unknown_phone=phone_cost))
    write_model(folder, lexicon, model, acoustics("joint", model, network), settings)
    if check is not None:
        shutil.copy(check, folder / PHRASE_CHECK)
    return open_model(folder)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, default=SPEECH, help="folder of the recordings")
    parser.add_argument("--limit", type=int, default=8, help="recordings per word")
    parser.add_argument("--held-out", type=int, help="only speakers of this part of three")
    parser.add_argument("--network", type=Path, default=NETWORK, help="a trained network")
    parser.add_argument("--check", type=Path, help="a trained second opinion")
    parser.add_argument("--costs", type=float, nargs="+", default=PHONE_COSTS)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    arguments = parser.parse_args()
    commands = arguments.speech / "commands"
    if not commands.is_dir():
        print(f"There are no recordings at {arguments.speech}: give --speech DIR.", file=sys.stderr)
        return 1

    def files(word: str, limit: int) -> list[Path]:
        wanted = arguments.held_out
        found = (commands / word).glob("*.flac")
        return evenly(
            (f for f in found if wanted is None or fold_of(speaker_of(f)) == wanted), limit
        )

    ten = Grammar(tuple(Phrase(w, w, "universal", urgent=w == "stop") for w in WORDS))
    grammars = {"with decoys": ten, "without": replace(ten, decoys=())}
    rows = []
    print("| cost of a phone | decoys | heard | another word | other words taken for one |")
    print("|---|---|---|---|---|")
    for cost in arguments.costs:
        with tempfile.TemporaryDirectory() as folder:
            model = small_model(Path(folder), cost, arguments.network, arguments.check)
            for name, grammar in grammars.items():
                scores = {}
                for word in WORDS:
                    scores[word] = Score()
                    for file in files(word, arguments.limit):
                        scores[word].add(word, hear(read_recording(file), model, grammar))
                all_words = total(scores)
                others = {"others": files("unknown", arguments.limit * 6)}
                wrong = false_accepts(model, grammar, others)["others"]
                row = {
                    "phone cost": cost,
                    "decoys": name,
                    "heard": all_words.right / all_words.files,
                    "another word": all_words.wrong / all_words.files,
                    "false accepts": wrong.wrong / wrong.files,
                }
                rows.append(row)
                shares = (
                    f"{row['heard']:.3f} | {row['another word']:.3f} | {row['false accepts']:.3f}"
                )
                print(f"| {cost:g} | {name} | {shares} |", flush=True)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

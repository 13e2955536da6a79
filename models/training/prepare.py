"""Everything that is heard in training, made once: what synthetic voices say, and the corpus."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from models.builder.build import model_words, package_folder
from models.builder.lexicon import make_lexicon, read_dictionary
from models.builder.sphinx import SILENCE, read_model
from models.builder.vocabulary import command_words
from models.training.alignment import Aligner
from models.training.corpus import SYNTHETIC, Spoken, write_corpus
from models.training.recordings import recordings
from models.training.synthesis import read_index, read_samples, synthesise
from models.training.texts import KOKORO, PICO, Amounts
from models.training.voices import draw, draw_kokoro, draw_pico

RECORDINGS = Path(__file__).parents[3] / "shared" / "speech"
FREQUENT = 8000

_TRIAL_TEXTS = {"synthetic": 400, "pico": 40, "kokoro": 20}
_TRIAL_RECORDINGS = 25

VOICES = {
    "synthetic": (Amounts(), draw),
    "pico": (PICO, draw_pico),
    "kokoro": (KOKORO, draw_kokoro),
}
"""How much each kind of voice says, and who says the next text."""


def prepare(work: Path, people: Path, kokoro_voices: Path, *, trial: bool = False) -> int:
    """Make the corpus, unless it is there. Return the target of silence.

    Args:
        work: folder for all of it.
        people: the folder of people's recordings.
        kokoro_voices: the folder of Kokoro's voices.
        trial: take a small part of everything, to see that all of it runs.

    Raises:
        MachineError: what a voice needs is not installed.
    """
    source = package_folder()
    model = read_model(source / "en-us")
    silence = 3 * model.definition.phones.index(SILENCE)
    if (work / "corpus" / "done").is_file():
        return silence
    dictionary = read_dictionary(source / "cmudict-en-us.dict")
    words = sorted(model_words(source, FREQUENT))
    for name, (amounts, draw_voice) in VOICES.items():
        few = replace(amounts, most=_TRIAL_TEXTS[name], alone=0, urgent=0) if trial else amounts
        synthesise(work / name, words, few, draw_voice, kokoro_voices=kokoro_voices)
    real = list(recordings(people))[:: _TRIAL_RECORDINGS if trial else 1]
    extra = {word for item in real for word in item.text.split()}
    said = [entry for name in SYNTHETIC for entry in read_index(work / name)]
    spoken = {word for entry in said for word in str(entry["text"]).split()}
    aligner = Aligner(model, make_lexicon({*words, *extra, *spoken}, command_words(), dictionary))
    every = chain(real, *(synthetic(work, name) for name in SYNTHETIC))
    failed = write_corpus(work / "corpus", every, aligner, silence)
    print(f"{failed} utterances could not be aligned.", flush=True)
    (work / "corpus" / "done").touch()
    return silence


def synthetic(work: Path, source: str) -> Iterator[Spoken]:
    """Yield what the synthetic voices of a folder said."""
    samples, at = read_samples(work / source), 0
    for entry in read_index(work / source):
        length = int(entry["samples"])
        sound = samples[at : at + length]
        yield Spoken(str(entry["text"]), source, str(entry["voice"]), sound)
        at += length

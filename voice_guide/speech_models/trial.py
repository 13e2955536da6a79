"""Trying a speech model before it is used: it loads, has [unk], and hears a synthesised "stop".

Vosk ends the whole process where a model's files are damaged in certain ways. So a model that is
not known is tried in a process of its own: ``python -m voice_guide.speech_models.trial FOLDER``.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from voice_guide.audio.format import BLOCK, RATE, silence
from voice_guide.errors import MachineError, VoiceGuideError
from voice_guide.language.pack import Language, load_language
from voice_guide.opening import PERSON_VOICE
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard
from voice_guide.speech.listener import Listener
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voices import VoiceSettings

UNKNOWN = "[unk]"
"""The word that stands for any other speech. Without it every word would be taken for a command."""

WITHIN = 180.0
"""Seconds that a trial may take; large models load slowly."""


@dataclass(frozen=True)
class Tried:
    """What a trial has shown."""

    late: float
    """Seconds after its end at which the synthesised "stop" was acted on."""
    lacking: tuple[str, ...]
    """Phrases of the language with words that the model does not know."""


def try_model(folder: Path, language: str) -> Tried:
    """Try a model in a process of its own.

    Raises:
        MachineError: it cannot be used; the message says why.
    """
    command = [sys.executable, "-m", __name__, str(folder), language]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WITHIN, check=False)
    except subprocess.TimeoutExpired as error:
        raise MachineError(
            f"The speech model {folder} took more than {WITHIN:.0f} seconds to hear a word."
        ) from error
    try:
        told = json.loads(done.stdout)
    except ValueError as error:
        raise MachineError(
            f"The speech model {folder} made Vosk end. Its files may be damaged, or be no model."
        ) from error
    if "error" in told:
        raise MachineError(told["error"])
    return Tried(told["late"], tuple(told["lacking"]))


def try_here(folder: Path, language: str) -> Tried:
    """Try a model in this process.

    Raises:
        InputError: there is no such language pack.
        MachineError: the model cannot be used; the message says why.
    """
    pack = load_language(language)
    model = open_model(folder)
    if not model.has_word(UNKNOWN):
        raise MachineError(
            f'The speech model {folder} has no word "{UNKNOWN}", and would take all that is said '
            "for a command. Choose another."
        )
    lacking = Grammar(pack.phrases).unknown_words(model.has_word)
    return Tried(hears_stop(model, pack), tuple(lacking))


def hears_stop(model: SpeechModel, language: Language) -> float:
    """Let a synthetic person say stop, and return after how many seconds it was acted on.

    Raises:
        MachineError: it was not heard.
    """
    word = language.universals["stop"][0]
    voice = PERSON_VOICE if PERSON_VOICE.startswith(language.code) else language.code
    person = open_narrator(VoiceSettings(voice=voice), None)
    try:
        said = person.render(word).samples
    finally:
        person.close()
    known = tuple(phrase for phrase in language.phrases if not model.missing(phrase.text.split()))
    listener = Listener(model, Grammar(known))
    quiet = silence(RATE)
    sound = [*quiet, *said, *silence(-len(said) % BLOCK), *quiet]
    heard = []
    for start in range(0, len(sound), BLOCK):
        block = silence()
        block[:] = sound[start : start + BLOCK]
        heard += [h for h in listener.accept(block) if isinstance(h, Heard)]
    if [one.intent for one in heard] != ["stop"]:
        texts = ", ".join(one.text for one in heard) or "nothing"
        raise MachineError(
            f'A synthetic "{word}" was heard as: {texts}. The speech model {model.name} cannot be '
            "used; choose another, or the built-in one."
        )
    return (heard[0].decided_at - heard[0].speech_end) / RATE


def main() -> None:
    """Try a model, and tell what came of it as JSON."""
    try:
        told = asdict(try_here(Path(sys.argv[1]), sys.argv[2]))
    except VoiceGuideError as error:
        told = {"error": str(error)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

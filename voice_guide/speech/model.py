"""A Vosk speech model: a folder of files, opened once."""

import json
import math
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

from voice_guide import resources
from voice_guide.audio.format import RATE
from voice_guide.errors import InputError, MachineError
from voice_guide.speech.kaldi_messages import kaldi_messages
from voice_guide.speech.phrase_check import FILE as PHRASE_CHECK
from voice_guide.speech.phrase_check import STOP_FILE, PhraseCheck
from voice_guide.speech.quiet_libraries import import_vosk

_VOSK_FRAME_SECONDS = 0.03
"""The seconds per frame that Vosk assumes in word times, whatever the model's configuration."""

_AT_ONCE = 2
"""Decodings at the same time."""

_WORD = re.compile(r"[^<#\[!\s][^_]*$")
"""A line of the list of words: no symbol, no phrase, not empty."""

_LAYOUTS = (
    # (folder of the network, of the configuration, of the graph, of the word boundaries)
    ("am", "conf", "graph", "graph/phones"),
    ("", "", "", ""),
)
_DEFAULT_SUBSAMPLING = {"am": 1, "": 3}
"""What Vosk takes when the configuration does not say, for each layout."""


class Fit(NamedTuple):
    """What fits a sound best, of some phrases."""

    text: str
    """Empty where no phrase fits: silence fits better, or the sound is too short for anything."""

    likelihood: float
    """How well: a natural logarithm, to be compared with others; -inf where nothing fits."""

    words: list[dict[str, Any]]
    """Vosk's words, with ``word``, ``start`` and ``end``."""


class SpeechModel:
    """An opened Vosk model.

    Use ``open_model``: it checks the folder first, because Vosk itself crashes on a wrong one.
    """

    def __init__(
        self,
        folder: Path,
        engine: Any,
        frame_seconds: float,
        phrase_check: PhraseCheck | None = None,
        stop_check: PhraseCheck | None = None,
    ) -> None:
        self.folder = folder
        self.name = folder.name
        self._engine = engine
        self.time_factor = frame_seconds / _VOSK_FRAME_SECONDS
        """Multiply the word times of Vosk by this to get seconds."""
        self.phrase_check = phrase_check
        """A second opinion on short phrases, or None where the model has none."""
        self.stop_check = stop_check
        """A second opinion on ends of talk: "stop", or something else; None where it has none."""
        self._threads = ThreadPoolExecutor(_AT_ONCE, "decoding")

    def has_word(self, word: str) -> bool:
        """Return whether the model can hear this word (lower case)."""
        return bool(self._engine.vosk_model_find_word(word) >= 0)

    def missing(self, words: Iterable[str]) -> list[str]:
        """Return those of the words that the model cannot hear, in their order, once each."""
        return [word for word in dict.fromkeys(words) if not self.has_word(word)]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that it knows, phrases left out; none where the model does not list them."""
        for name in ("graph/words.txt", "words.txt"):
            path = self.folder / name
            if path.is_file():
                with path.open(encoding="utf-8", errors="replace") as lines:
                    return tuple(line.split()[0] for line in lines if _WORD.match(line))
        return ()

    @property
    def vocabulary_size(self) -> int | None:
        """How many words the model knows, or None where it does not list them.

        Phrases that are one word to the model do not count.
        """
        return len(self.words) or None

    def recognizer(self, grammar_json: str) -> Any:
        """Return a fresh ``vosk.KaldiRecognizer``; for a session's grammar this takes about 1 ms.

        Args:
            grammar_json: a list of phrases, as ``Grammar.vosk_json`` gives it.

        Raises:
            InputError: the model knows none of the words; Vosk would crash.
        """
        from vosk import KaldiRecognizer  # noqa: PLC0415 - slow to import, see open_model

        phrases = json.loads(grammar_json)
        if not any(self.has_word(word) for phrase in phrases for word in phrase.split()):
            raise InputError(
                f"The speech model {self.name} knows none of the words to listen for"
                f" ({', '.join(phrases) or 'there are none'}). Give it other phrases."
            )
        recognizer = KaldiRecognizer(self._engine, RATE, grammar_json)
        recognizer.SetWords(True)
        return recognizer

    def best_fits(self, sound: bytes, *choices: Sequence[str]) -> list[Fit]:
        """Decode a sound with several lists of phrases at once, each in a thread of its own.

        Return for each list what fits best. Each phrase of a longer list is less likely beforehand.

        Args:
            sound: 16-bit samples at 16 kHz.
            choices: lists of phrases. Those that the model cannot hear are left out.

        Raises:
            InputError: the model knows none of the words of a list.
        """
        grammars = [json.dumps(self._hearable(texts), ensure_ascii=False) for texts in choices]
        return [_as_fit(result) for result in self._each(grammars, sound, alternatives=1)]

    def _hearable(self, texts: Sequence[str]) -> list[str]:
        if texts is self.words:
            return list(texts)
        unknown = {text for text in set(texts) if self.missing(text.split())}
        return [text for text in texts if text not in unknown]

    def results(self, sound: bytes, *grammars: str) -> list[dict[str, Any]]:
        """Decode a sound with several grammars at once. Return what Vosk makes of it with each.

        Args:
            sound: 16-bit samples at 16 kHz.
            grammars: lists of phrases, as ``Grammar.vosk_json`` gives them.

        Raises:
            InputError: the model knows none of the words of one.
        """
        return self._each(list(grammars), sound, alternatives=0)

    def _each(self, grammars: list[str], sound: bytes, alternatives: int) -> list[dict[str, Any]]:
        """Decode a sound with each grammar, each in a thread of its own."""
        recognizers = [self.recognizer(grammar) for grammar in grammars]
        with kaldi_messages():
            return list(
                self._threads.map(_decode, recognizers, repeat(sound), repeat(alternatives))
            )


def _decode(recognizer: Any, sound: bytes, alternatives: int) -> dict[str, Any]:
    recognizer.SetMaxAlternatives(alternatives)
    recognizer.AcceptWaveform(sound)
    result: dict[str, Any] = json.loads(recognizer.FinalResult())
    return result


def _as_fit(result: dict[str, Any]) -> Fit:
    found = result.get("alternatives", [])
    if not found:
        return Fit("", -math.inf, [])
    return Fit(found[0]["text"], float(found[0]["confidence"]), found[0].get("result", []))


def open_model(folder: Path | None = None) -> SpeechModel:
    """Open a Vosk model.

    Args:
        folder: the unpacked model; None is the English model that comes with voice_guide.

    Raises:
        MachineError: the folder is missing, is not a Vosk model, or Vosk cannot be loaded;
            the message says what to do.
    """
    path = folder if folder is not None else resources.models_folder() / "vosk-builtin-en"
    _check(path)
    try:
        vosk = import_vosk()  # slow, and its library may be missing
    except (ImportError, OSError, TypeError) as error:
        raise MachineError(
            f"The speech recogniser Vosk cannot be loaded: {error}. "
            'Install voice_guide again with "pip install --force-reinstall vosk".'
        ) from error
    vosk.SetLogLevel(-1)
    engine: Any = None
    with kaldi_messages() as messages, suppress(Exception):
        engine = vosk.Model(str(path.resolve()))
    # A damaged graph is reported and then left out, and the first recogniser would crash.
    if engine is None or any(message.startswith("ERROR") for message in messages):
        raise MachineError(
            f"Vosk cannot open the speech model {path}. Its files may be damaged: "
            "copy or unpack the model again."
        )
    phrases, stops = (
        PhraseCheck(path / name) if (path / name).is_file() else None
        for name in (PHRASE_CHECK, STOP_FILE)
    )
    return SpeechModel(path, engine, _frame_seconds(path), phrases, stops)


def _check(folder: Path) -> None:
    """Raise MachineError unless the folder holds the files without which Vosk crashes."""
    choose = "Choose an unpacked Vosk model: a folder with am/final.mdl in it, for instance."
    if not folder.is_dir():
        raise MachineError(f"There is no speech model at {folder}. {choose}")
    layout = _layout(folder)
    if layout is None:
        inside = next((f for f in sorted(folder.glob("*/")) if _layout(f)), None)
        hint = f'Did you mean "{inside}"?' if inside else choose
        raise MachineError(f"The folder {folder} is not a Vosk speech model. {hint}")
    network, conf, graph, phones = (folder / part for part in layout)
    if (graph / "HCLG.fst").is_file() and not (graph / "HCLr.fst").is_file():
        raise MachineError(
            f"The speech model {folder} has a fixed graph (HCLG.fst) and so cannot listen for "
            "given phrases. Choose one with graph/HCLr.fst: Vosk's small models have it."
        )
    needed = [
        [network / "final.mdl"],
        [conf / "mfcc.conf", conf / "fbank.conf"],
        [graph / "HCLr.fst"],
        [graph / "Gr.fst"],
        [graph / "disambig_tid.int"],
        [phones / "word_boundary.int"],
    ]
    if layout[0]:
        needed.append([conf / "model.conf"])
    for names in needed:
        if not any(name.is_file() and name.stat().st_size for name in names):
            lacking = " or ".join(str(name.relative_to(folder)) for name in names)
            raise MachineError(
                f"The speech model {folder} is not complete: {lacking} is missing or empty. "
                "Copy or unpack the model again."
            )


def _layout(folder: Path) -> tuple[str, str, str, str] | None:
    return next((x for x in _LAYOUTS if (folder / x[0] / "final.mdl").is_file()), None)


def _frame_seconds(folder: Path) -> float:
    """Return the real length of one frame of the network's output, in seconds."""
    layout = _layout(folder)
    assert layout is not None
    network, conf, *_ = layout
    features = next(
        f for f in (folder / conf / "mfcc.conf", folder / conf / "fbank.conf") if f.is_file()
    )
    shift = _option(features, "frame-shift", 10.0)
    factor = _option(folder / conf / "model.conf", "frame-subsampling-factor", 0.0)
    return shift / 1000 * (factor or _DEFAULT_SUBSAMPLING[network])


def _option(path: Path, name: str, default: float) -> float:
    """Return the number that a Kaldi configuration file gives for an option."""
    if not path.is_file():
        return default
    text = path.read_text(encoding="utf-8", errors="replace")
    found = re.search(rf"^--{name}=([0-9.]+)", text, re.MULTILINE)
    return float(found.group(1)) if found else default

"""How well and how soon the listener hears, on people's recordings and synthetic voices.

Run: python -m benchmarks.recognition [--speech DIR] [--limit N] [--model DIR] [--json FILE]
                                      [--held-out PART] [--only PART ...]
                                      [--others PATTERN ...] [--neural FOLDER]

Every figure but those of the orders comes from the listener that a session uses (the code path of
"voice-guide hear"). --limit is the number of recordings per word, taken evenly from all; 0 takes
them all.
The built-in model was trained on these very recordings: what it hears in them says nothing about
strangers. To measure those, give a model whose network was trained with the same --held-out.
--others names more recordings that hold no command, for the part "rejection": models/history.md
tells of two Debian packages that have some.
--actors names the folder of three games, for the part "talk": benchmarks/actors.py says which.
--texts names what is read aloud in the part "talk", a minute for each of --limit, in place of texts
of ours: plain text, such as the Debian package fortunes has in /usr/share/games/fortunes. --from is
the number of the sentence that is read first.
--neural names the folder of Kokoro's voices, for the part "neural", which is left out otherwise,
and for four more voices in the part "calls".
"""

import argparse
import glob
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import (
    actors,
    hurried_calls,
    neural_voices,
    orders,
    pocketsphinx_beside,
    running_speech,
    spoken_commands,
    stop_behind,
    ways_of_speaking,
)
from benchmarks.scoring import Score, delays, table, total
from models.training.recordings import NOISE_FOR_TRAINING_S, fold_of, speaker_of
from models.training.voices import Speaker
from voice_guide.audio.format import Samples, samples
from voice_guide.errors import InputError, VoiceGuideError
from voice_guide.language.pack import load_language
from voice_guide.language.phrases import Phrase
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.recordings import hear, read_recording

WORDS = ("yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go")
ANSWERS = ("yes", "no")
PARTS = ("words", "rejection", "commands", "calls", "behind", "neural", "ways", "orders", "talk")
SPEECH = Path(__file__).parents[2] / "shared" / "speech"


Item = TypeVar("Item")

HELD_OUT: list[int] = []
"""The part of the speakers that is measured; where it is empty, all are."""


def evenly(files: Iterable[Path], limit: int) -> list[Path]:
    """Return at most ``limit`` of the files, spread over all; all where it is 0."""
    every = sorted(f for f in files if not HELD_OUT or fold_of(speaker_of(f)) in HELD_OUT)
    return thinned(every, limit)


def thinned(every: Sequence[Item], limit: int) -> list[Item]:
    """Return at most ``limit`` of these, spread over all; all where it is 0."""
    if not limit or len(every) <= limit:
        return list(every)
    return [every[i * len(every) // limit] for i in range(limit)]


def recall(
    model: SpeechModel, grammar: Grammar, commands: Path, words: Iterable[str], limit: int
) -> dict[str, Score]:
    """Return a score per word of the Speech Commands recordings."""
    scores = {}
    for word in words:
        scores[word] = Score()
        for file in evenly((commands / word).glob("*.flac"), limit):
            scores[word].add(word, hear(read_recording(file), model, grammar))
    return scores


def false_accepts(
    model: SpeechModel, grammar: Grammar, folders: dict[str, list[Path]]
) -> dict[str, Score]:
    """Return what is wrongly heard in recordings that hold no command."""
    scores = {}
    for name, files in folders.items():
        scores[name] = Score()
        for file in files:
            scores[name].add(None, hear(read_recording(file), model, grammar))
    return scores


class Measured:
    """Measures the parts, prints their tables and keeps the figures."""

    def __init__(
        self,
        speech: Path,
        model: SpeechModel,
        limit: int,
        *,
        others: Iterable[str] = (),
        neural: Path | None = None,
        acted: Path | None = None,
        texts: Sequence[Path] = (),
        first: int = 0,
    ) -> None:
        """Begin.

        Args:
            speech: folder of the recordings.
            model: the speech model.
            limit: recordings per word; 0 takes all.
            others: patterns of the names of more recordings that hold no command.
            neural: the folder of Kokoro's voices.
            acted: the folder of the games in which actors speak.
            texts: what is read aloud; our texts, if there are none.
            first: the number of the sentence that is read first.
        """
        self._speech, self._model, self._limit = speech, model, limit
        self._others, self._neural = tuple(others), neural
        self._acted, self._texts, self._first = acted, tuple(texts), first
        self.figures: dict[str, Any] = {}
        language = load_language("en")
        self._universals = Grammar.of(language.phrases, language)
        asked = tuple(replace(p, scope="question") for p in language.phrases if p.intent in ANSWERS)
        self._question = replace(self._universals, phrases=asked + language.phrases)
        self._kitchen = speech / "noise" / "kitchen.flac"
        self._ten = Grammar(tuple(Phrase(w, w, "universal", urgent=w == "stop") for w in WORDS))
        self._listening = {
            "ten words and [unk]": self._ten,
            "everything that can always be said": self._universals,
            "the same, a yes-or-no question open": self._question,
            "a step of the back massage, no question open": running_speech.massage_grammar(),
        }

    def _files(self, folder: str, limit: int) -> list[Path]:
        return evenly((self._speech / folder).glob("*.flac"), limit)

    @cached_property
    def _orders(self) -> list[Path]:
        return self._files("coffee", self._limit * 5)

    def _tell(self, title: str, scores: dict[str, Score], *, summed: bool = True) -> None:
        self.figures[title] = {name: score.plain() for name, score in scores.items()}
        table(title, {**scores, "all": total(scores)} if summed else scores)

    def words(self) -> None:
        """Ten words by people, beside PocketSphinx; how soon they are decided."""
        ten = self._ten
        answers = replace(ten, phrases=tuple(replace(p, scope="question") for p in ten.phrases))
        commands, three = self._speech / "commands", ("stop", "yes", "no")
        files = {word: self._files(f"commands/{word}", self._limit) for word in WORDS}
        beside = pocketsphinx_beside.recall(WORDS, files)
        if beside is not None:
            self._tell("PocketSphinx, ten words, closed", beside)
        for title, grammar, words in (
            ("ten words, closed", replace(ten, closed=True), WORDS),
            ("ten words and [unk]", ten, WORDS),
            ("ten words and [unk], as answers of an open question", answers, WORDS),
            ("everything that can always be said", self._universals, three),
            ("the same, a yes-or-no question open", self._question, three),
        ):
            scores = recall(self._model, grammar, commands, words, self._limit)
            self._tell(title, scores)
            if grammar in (ten, self._question):
                delays(f"{title}: from the end of the voice activity to the decision", scores)

    def rejection(self) -> None:
        """Recordings that hold no command."""
        keywords = (self._speech / "keywords").glob("*/*.flac")
        folders = {
            "other single words": self._files("commands/unknown", self._limit * 2),
            "noises": self._files("commands/silence", self._limit * 2),
            "wake words": evenly(keywords, self._limit * 2),
            "kitchen noise, 123 s": [self._kitchen],
        }
        for pattern in self._others:
            found = sorted(map(Path, glob.glob(pattern, recursive=True)))  # noqa: PTH207
            if not found:
                raise InputError(f"There is no recording like {pattern}.")
            folders[pattern] = thinned(found, self._limit * 10)
        for name, grammar in self._listening.items():
            wrong = false_accepts(self._model, grammar, folders)
            self._tell(f"no command was said; {name}", wrong, summed=False)

    def commands(self) -> None:
        """Every phrase that can always be said, by voices that training never heard.

        Answers are said while a question is open. With none, a session does not listen for them.
        """
        every = load_language("en").phrases
        phrases = thinned(every, self._limit * 10)
        places, voices = spoken_commands.measure(
            self._model, self._grammar_for, phrases, self._kitchen_kept(), speaker=Speaker()
        )
        self._tell("synthetic voices, everything that can always be said", places, summed=False)
        self._tell("the same by voice, all surroundings", voices)
        delays("from the end of the waveform to the decision", {"clean": places["clean"]})

    def _kitchen_kept(self) -> Samples:
        """Return the kitchen's noise that no training heard."""
        return read_recording(self._kitchen)[samples(NOISE_FOR_TRAINING_S) :]

    def calls(self) -> None:
        """Calls of somebody in a hurry, in a step of the back massage."""
        voices: tuple[str, ...] = hurried_calls.VOICES
        if self._neural is not None:
            voices += neural_voices.VOICES
        speaker = Speaker(self._neural or Path())
        grammar = running_speech.massage_grammar()
        scores = hurried_calls.measure(self._model, grammar, voices, speaker)
        self._tell("calls of somebody in a hurry", scores)

    def behind(self) -> None:
        """People's "stop" right behind other talk, in a step of the back massage."""
        stops = [read_recording(f) for f in self._files("commands/stop", self._limit * 3)]
        orders = [read_recording(f) for f in self._files("coffee", self._limit * 3)]
        scores = stop_behind.measure(
            self._model, running_speech.massage_grammar(), stops, orders, self._kitchen_kept()
        )
        self._tell('"stop" right behind other talk', scores, summed=False)

    def neural(self) -> None:
        """Phrases, "stop" and "pause", and other words, by neural voices no training heard."""
        if self._neural is None:
            print('\n"neural" is left out: it needs --neural FOLDER.')
            return
        every = load_language("en").phrases
        urgent = [p for p in every if p.text in neural_voices.URGENT]
        for title, phrases in (
            ("everything that can always be said", thinned(every, self._limit * 10)),
            ("stop and pause", urgent * 2 * len(neural_voices.VOICES)),
        ):
            places, voices = spoken_commands.measure(
                self._model,
                self._grammar_for,
                phrases,
                self._kitchen_kept(),
                speaker=Speaker(self._neural),
                voices=neural_voices.VOICES,
            )
            self._tell(f"neural voices, {title}", places, summed=False)
            self._tell(f"{title}, by voice, all surroundings", voices)
        grammars = list(self._listening.values())
        words = neural_voices.other_words(self._model, grammars, self._limit * 20)
        wrong = neural_voices.false_accepts(self._model, self._listening, words, self._neural)
        self._tell("other words by neural voices", wrong, summed=False)

    def ways(self) -> None:
        """Fast, slow, quiet, overdriven, far away and cut off: the phrases, and people's "stop"."""
        phrases = thinned(load_language("en").phrases, self._limit * 5)
        scores = ways_of_speaking.measure_phrases(self._model, self._grammar_for, phrases)
        self._tell("synthetic voices, said in other ways", scores, summed=False)
        stops = [read_recording(f) for f in self._files("commands/stop", self._limit * 3)]
        scores = ways_of_speaking.measure_people(self._model, self._universals, "stop", stops)
        self._tell('"stop" by people, said in other ways', scores, summed=False)

    def _grammar_for(self, phrase: Phrase) -> Grammar:
        return self._question if phrase.intent in ANSWERS else self._universals

    def orders(self) -> None:
        """Coffee orders, whole."""
        noise, offset = read_recording(self._kitchen), samples(NOISE_FOR_TRAINING_S)
        result = orders.measure(self._model, self._orders, noise, offset)
        noisy = [result[name] for name in result if name != "as recorded"]
        print(f"\ncoffee orders, every slot right ({orders.PUBLISHED})\n")
        print("| kitchen noise | right |\n|---|---|")
        for name, (right, count) in result.items():
            print(f"| {name} | {right / max(1, count):.3f} of {count} |")
        mean = sum(right / max(1, count) for right, count in noisy) / len(noisy)
        print(f"| mean of 6 to 24 dB | {mean:.3f} |", flush=True)
        self.figures["coffee orders"] = result

    def talk(self) -> None:
        """Talk that is not for the narrator, with what the back massage listens for."""
        every = [] if self._acted is None else actors.clips(self._acted)
        acted = thinned(every, self._limit * 40)
        read_s = 60.0 * max(10, self._limit)
        found = running_speech.measure(
            self._model, self._orders, read_s, acted, self._texts, first=self._first
        )
        print(
            f"\ntalk that is for nobody here, in a step of the back massage\n\n"
            f"{running_speech.HEADING}"
        )
        for name, acts in found.items():
            print(acts.row(name), flush=True)
        for name, acts in found.items():
            for where, said, heard in acts.where:
                print(f'{name}, {where}: heard "{heard}"' + (f', said "{said}"' if said else ""))
        self.figures["talk"] = {name: vars(acts) for name, acts in found.items()}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, default=SPEECH, help="folder of the recordings")
    parser.add_argument("--limit", type=int, default=14, help="recordings per word; 0: all")
    parser.add_argument("--model", type=Path, help="a Vosk model; the built-in one if not given")
    parser.add_argument("--held-out", type=int, help="only the speakers of this part of three")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to measure")
    parser.add_argument("--others", nargs="+", default=[], help="more of no command, quoted")
    parser.add_argument("--neural", type=Path, help="the folder of Kokoro's voices")
    parser.add_argument("--actors", type=Path, help="the folder of games in which actors speak")
    parser.add_argument("--texts", nargs="+", type=Path, default=[], help="texts to read aloud")
    parser.add_argument("--from", type=int, default=0, dest="first", help="sentence read first")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    arguments = parser.parse_args()
    if not (arguments.speech / "commands").is_dir():
        print(f"There are no recordings at {arguments.speech}: give --speech DIR.", file=sys.stderr)
        return 1
    try:
        model = open_model(arguments.model)
    except VoiceGuideError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if arguments.held_out is not None:
        HELD_OUT.append(arguments.held_out)
    began = time.perf_counter()
    print(f"Model {model.name}, at most {arguments.limit or 'all'} recordings per word.")
    measured = Measured(
        arguments.speech,
        model,
        arguments.limit,
        others=arguments.others,
        neural=arguments.neural,
        acted=arguments.actors,
        texts=arguments.texts,
        first=arguments.first,
    )
    try:
        for part in PARTS:
            if part in arguments.only:
                getattr(measured, part)()
    except VoiceGuideError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"\nMeasured in {time.perf_counter() - began:.0f} s.")
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(measured.figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

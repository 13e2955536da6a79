"""How well and how soon the listener hears, on people's recordings and synthetic voices.

Run: python -m benchmarks.recognition [--speech DIR] [--limit N] [--model DIR] [--json FILE]
                                      [--held-out PART]

Every figure comes from the listener that a session uses (the code path of "voice-guide hear").
--limit is the number of recordings per word, taken evenly from all; 0 takes them all.
The built-in model was trained on these very recordings: what it hears in them says nothing about
strangers. To measure those, give a model whose network was trained with the same --held-out.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

import numpy as np

from models.training.recordings import fold_of, speaker_of
from voice_guide.audio.format import RATE, Samples, gain, samples, seconds, silence
from voice_guide.errors import VoiceGuideError
from voice_guide.language.pack import load_language
from voice_guide.language.phrases import Phrase
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.recordings import hear, read_recording
from voice_guide.speech.voice_settings import VoiceSettings

WORDS = ("yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go")
VOICES = ("en-us", "en-us+f3", "en-gb", "en-us+m3")
SPEECH = Path(__file__).parents[2] / "shared" / "speech"


@dataclass
class Score:
    """What was heard in some recordings of one thing."""

    files: int = 0
    commands: int = 0
    """How many of the files hold a command."""

    right: int = 0
    wrong: int = 0
    heard_as: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """Seconds from the end of the voice to the decision, where it was right."""

    def add(self, meant: str | None, utterances: list[Heard], end: int | None = None) -> None:
        """Count one recording.

        Args:
            meant: the intent that was spoken; None where none should be heard.
            utterances: what was heard.
            end: the sample where the voice really ended; None takes the listener's word.
        """
        intents = [h.intent for h in utterances if h.intent is not None]
        self.files += 1
        self.commands += meant is not None
        if meant is not None and intents == [meant]:
            self.right += 1
            told = next(h for h in utterances if h.intent)
            self.waits.append(seconds(told.decided_at - (told.speech_end if end is None else end)))
        elif intents:
            self.wrong += 1
            self.heard_as.update(i for i in intents if i != meant)

    def row(self, name: str) -> str:
        """Return this as a line of a table."""
        often = ", ".join(f"{intent} {n}" for intent, n in self.heard_as.most_common(4))
        right = f"{self.right / self.files:.3f}" if self.commands else ""
        wrong = f"{self.wrong / max(1, self.files):.3f}"
        return f"| {name} | {self.files} | {right} | {wrong} | {often} |"


HELD_OUT: list[int] = []
"""The part of the speakers that is measured; where it is empty, all are."""


def evenly(files: Iterable[Path], limit: int) -> list[Path]:
    """Return at most ``limit`` of the files, spread over all; all where it is 0."""
    every = sorted(f for f in files if not HELD_OUT or fold_of(speaker_of(f)) in HELD_OUT)
    if not limit or len(every) <= limit:
        return every
    return [every[i * len(every) // limit] for i in range(limit)]


def table(title: str, scores: dict[str, Score]) -> None:
    """Print scores."""
    print(f"\n{title}\n\n| | files | right | another intent | heard as |\n|---|---|---|---|---|")
    for name, score in scores.items():
        print(score.row(name), flush=True)


def total(scores: dict[str, Score]) -> Score:
    """Return the sum of scores."""
    return Score(
        files=sum(s.files for s in scores.values()),
        commands=sum(s.commands for s in scores.values()),
        right=sum(s.right for s in scores.values()),
        wrong=sum(s.wrong for s in scores.values()),
        waits=[wait for s in scores.values() for wait in s.waits],
    )


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


def with_noise(voice: Samples, noise: Samples, snr_db: float | None, at: int) -> Samples:
    """Return a voice in noise, at a ratio of the mean powers (dB), with room before and after."""
    quiet = silence(samples(0.8))
    sound = np.concatenate([quiet, voice, quiet])
    if snr_db is None:
        return sound
    piece = np.resize(np.roll(noise, -at), len(sound))
    power = float(np.sqrt(np.mean(voice**2)) / np.sqrt(np.mean(piece**2)))
    return np.asarray(sound + piece * np.float32(power * gain(-snr_db)), dtype=np.float32)


def synthetic(
    model: SpeechModel, grammar: Grammar, phrases: list[Phrase], noise: Samples | None
) -> dict[str, Score]:
    """Return a score per level of noise for phrases in several synthetic voices."""
    renderer = EspeakRenderer()
    scores: dict[str, Score] = {}
    for snr_db in (None, 20.0, 10.0) if noise is not None else (None,):
        score = scores["clean" if snr_db is None else f"kitchen, {snr_db:.0f} dB"] = Score()
        for turn, phrase in enumerate(phrases):
            settings = VoiceSettings(voice=VOICES[turn % len(VOICES)], rate=150)
            sound = renderer.render(phrase.text, settings).samples
            loud = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max())
            voice = sound[loud[0] : loud[-1] + 1]
            where = turn * 7 * RATE
            spoken = with_noise(voice, noise if noise is not None else voice, snr_db, where)
            score.add(phrase.intent, hear(spoken, model, grammar), samples(0.8) + len(voice))
    return scores


def waits(name: str, scores: dict[str, Score]) -> None:
    """Print how long after the voice's end the decisions fell."""
    every = total(scores).waits
    if every:
        late = float(np.percentile(every, 95))
        print(f"| {name} | {len(every)} | {median(every):.2f} | {late:.2f} |")


def measure(speech: Path, model: SpeechModel, limit: int) -> dict[str, dict[str, Score]]:
    """Print every table and return the scores."""
    language = load_language("en")
    universals = Grammar(language.phrases, skip_words=language.skip_words)
    asked = tuple(
        replace(p, scope="question") for p in language.phrases if p.intent in {"yes", "no"}
    )
    question = replace(universals, phrases=asked + language.phrases)
    ten = Grammar(tuple(Phrase(w, w, "universal", urgent=w == "stop") for w in WORDS))
    expected = replace(ten, phrases=tuple(replace(p, scope="question") for p in ten.phrases))
    commands, coffee = speech / "commands", sorted((speech / "coffee").glob("*.flac"))
    folders = {
        "other single words": evenly((commands / "unknown").glob("*.flac"), limit * 2),
        "noises": evenly((commands / "silence").glob("*.flac"), limit * 2),
        "wake words": evenly((speech / "keywords").glob("*/*.flac"), limit * 2),
        "coffee orders": evenly(coffee, limit),
        "kitchen noise, 123 s": [speech / "noise" / "kitchen.flac"],
    }
    noise = read_recording(folders["kitchen noise, 123 s"][0])
    result: dict[str, dict[str, Score]] = {}

    def tell(title: str, scores: dict[str, Score], *, summed: bool = True) -> None:
        result[title] = scores
        table(title, {**scores, "all": total(scores)} if summed else scores)

    three = ("stop", "yes", "no")
    closed = replace(ten, closed=True)
    tell("ten words, closed", recall(model, closed, commands, WORDS, limit))
    tell("ten words and [unk]", recall(model, ten, commands, WORDS, limit))
    answers = recall(model, expected, commands, WORDS, limit)
    tell("ten words and [unk], as answers of an open question", answers)
    always = recall(model, universals, commands, three, limit)
    tell("everything that can always be said", always)
    asked_too = recall(model, question, commands, three, limit)
    tell("the same, a yes-or-no question open", asked_too)
    for name, grammar in (("that can always be said", universals), ("and a question", question)):
        wrong = false_accepts(model, grammar, folders)
        tell(f"no command was said; everything {name}", wrong, summed=False)
    spoken = synthetic(model, universals, evenly_phrases(language.phrases, limit * 3), noise)
    tell("synthetic voices, everything that can always be said", spoken)
    print("\n| end of the voice to the decision, s | | median | p95 |\n|---|---|---|---|")
    waits("people, by voice activity", always)
    waits("synthetic voices, by the waveform", spoken)
    return result


def evenly_phrases(phrases: tuple[Phrase, ...], limit: int) -> list[Phrase]:
    """Return at most ``limit`` of the phrases, spread over all; all where it is 0."""
    if not limit or len(phrases) <= limit:
        return list(phrases)
    return [phrases[i * len(phrases) // limit] for i in range(limit)]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, default=SPEECH, help="folder of the recordings")
    parser.add_argument("--limit", type=int, default=14, help="recordings per word; 0: all")
    parser.add_argument("--model", type=Path, help="a Vosk model; the built-in one if not given")
    parser.add_argument("--held-out", type=int, help="only the speakers of this part of three")
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
    result = measure(arguments.speech, model, arguments.limit)
    print(f"\nMeasured in {time.perf_counter() - began:.0f} s.")
    if arguments.json is not None:
        plain = {
            title: {name: score.__dict__ for name, score in scores.items()}
            for title, scores in result.items()
        }
        arguments.json.write_text(json.dumps(plain, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

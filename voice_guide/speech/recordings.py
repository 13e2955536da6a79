"""Recordings: read any, and hear them as a session would."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice_guide.audio.format import BLOCK, RATE, Samples, samples, seconds, silence
from voice_guide.errors import InputError
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard
from voice_guide.speech.listener import Listener
from voice_guide.speech.model import SpeechModel

_BEFORE = samples(0.5)
"""Silence put before a recording: a clip may begin in the middle of the voice's onset."""

_AFTER = samples(1.0)
"""Silence put after it: an utterance is over only after some silence."""

_LONGEST_S = 3600
"""Recordings beyond this are refused: they would not fit in memory many at a time."""


@dataclass(frozen=True)
class RecordingHeard:
    """What was heard in a recording: its first phrase, or else its first utterance."""

    file: Path
    text: str
    """The recognised words; empty where there is no voice."""

    intent: str | None
    confidence: float
    """From 0 to 1."""

    speech_end_s: float | None
    """When the speech ended, seconds from the beginning of the recording."""

    decided_at_s: float | None
    """How much of the recording had been heard at the decision, in seconds; it may lie after
    the recording's end."""


def read_recording(path: Path) -> Samples:
    """Return a recording as mono sound at 16 kHz.

    Args:
        path: a WAV or FLAC file (or another that libsndfile reads), any rate and channels.

    Raises:
        InputError: there is no such file, or it is no recording, empty, or too long.
    """
    import soundfile  # noqa: PLC0415 - only for recordings
    import soxr  # noqa: PLC0415

    if path.is_dir():
        raise InputError(f'"{path}" is a folder. Give a recording: a WAV or FLAC file.')
    if not path.is_file():
        raise InputError(f"There is no recording at {path}.")
    try:
        with soundfile.SoundFile(path) as file:
            rate = file.samplerate
            if file.frames > _LONGEST_S * rate:
                raise InputError(f"The recording {path} is longer than an hour. Cut it first.")
            sound = file.read(dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError, ValueError) as error:
        raise InputError(
            f"The file {path} cannot be read as a recording. Give a WAV or FLAC file."
        ) from error
    if not len(sound):
        raise InputError(f"The recording {path} is empty.")
    if not np.isfinite(sound).all():
        raise InputError(f"The recording {path} is damaged: it holds values that are no numbers.")
    mono = sound.mean(axis=1)
    if rate != RATE:
        mono = soxr.resample(mono, rate, RATE)
    return np.asarray(mono, dtype=np.float32)


def hear(sound: Samples, model: SpeechModel, grammar: Grammar) -> list[Heard]:
    """Return the utterances of a recording, with positions from its beginning.

    Args:
        sound: mono at 16 kHz, shape (n,).
        model: the speech model.
        grammar: what can be said.
    """
    listener = Listener(model, grammar)
    rest = silence(-(len(sound) + _BEFORE + _AFTER) % BLOCK)
    padded = np.concatenate([silence(_BEFORE), sound, silence(_AFTER), rest])
    hearings = [h for block in padded.reshape(-1, BLOCK) for h in listener.accept(block)]
    hearings += listener.flush()
    return [h.moved(-_BEFORE) for h in hearings if isinstance(h, Heard)]


def hear_file(path: Path, model: SpeechModel, grammar: Grammar) -> RecordingHeard:
    """Return what would be heard in a recording during a session.

    Raises:
        InputError: the file cannot be read; the message says what to do.
    """
    utterances = hear(read_recording(path), model, grammar)
    if not utterances:
        return RecordingHeard(path, "", None, 0.0, None, None)
    told = next((h for h in utterances if h.intent is not None), utterances[0])
    return RecordingHeard(
        file=path,
        text=told.text,
        intent=told.intent,
        confidence=told.confidence,
        speech_end_s=max(0.0, seconds(told.speech_end)),
        decided_at_s=max(0.0, seconds(told.decided_at)),
    )

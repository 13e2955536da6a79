"""Listens to the room for a quarter of a minute, and says what to change in it."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from voice_guide.audio.calibration import RoomMeter, RoomReport
from voice_guide.audio.canceller import EchoCanceller
from voice_guide.audio.device import DuplexDevice
from voice_guide.audio.echo_trust import EchoTrust
from voice_guide.audio.format import BLOCK, Samples, samples, silence
from voice_guide.audio.own_voice import OwnVoice
from voice_guide.audio.portaudio import PortAudioDevice
from voice_guide.doctor import Check
from voice_guide.language.pack import load_language
from voice_guide.opening import narrator, speech_model
from voice_guide.settings import Settings
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard
from voice_guide.speech.listener import Listener
from voice_guide.speech.model import SpeechModel

QUIET = 1.5
"""Seconds in which the noise is listened to."""

TEXT = (
    "Please be quiet while I say this. I listen to my own voice in the room, how loud it is and "
    "how late it comes, and whether there is much noise. That takes only a few seconds."
)
ASK = "Now say: stop."
SHOWN = 'Now say "stop".'
"""What is shown when that was asked: not everybody hears the loudspeaker."""
ANSWER_WITHIN = 8.0

LOUDER_DB = 6.0
"""By so much the loudspeaker may be louder than the voice at the microphone. At 5 dB most commands
over the narrator are still understood (benchmarks/double_talk.py)."""

ABOVE_NOISE_DB = 12.0
"""The voice has to be above the noise by so much."""

LATEST = 0.35
"""Seconds by which the echo may be late: the canceller's memory is 0.4 s."""

CANCELLED_DB = 6.0
"""What the canceller takes away at least in these seconds, of an echo that is well above noise."""

_NEAR_NOISE_DB = 15.0

_AGAIN = "Try again, and be silent until you are asked."


@dataclass(frozen=True)
class RoomSound:
    """What was heard in the room."""

    room: RoomReport | None
    """None: the microphone is dead, or the loudspeaker."""
    word: str | None
    """What the person was heard to say."""
    voice_db: float | None
    """RMS of the person's voice at the microphone, dB re full scale."""
    early: bool = False
    """Whether somebody said it before being asked, while the echo was measured."""


def examine_room(settings: Settings, tell: Callable[[str], None]) -> Iterator[Check]:
    """Listen to the room, and yield what was found.

    Raises:
        VoiceGuideError: a device, the voice or the speech model is missing.
    """
    guide = narrator(settings)
    device = PortAudioDevice(input_device=settings.input, output_device=settings.output)
    with contextlib.ExitStack() as stack:
        stack.callback(guide.close)
        stack.callback(device.close)
        lines = [guide.render(text).samples for text in (TEXT, ASK)]
        model = speech_model(settings)
        device.start()
        tell('Listening to the room. Be silent until you read here: now say "stop".')
        yield from judge(hear_room(device, model, lines[0], lines[1], lambda: tell(SHOWN)))


def hear_room(
    device: DuplexDevice,
    model: SpeechModel,
    text: Samples,
    ask: Samples,
    asked: Callable[[], None] = lambda: None,
) -> RoomSound:
    """Play a text and a question, each of shape (n,), and listen for "stop".

    Args:
        device: the loudspeaker and the microphone.
        model: the speech model.
        text: what is played while the room is measured.
        ask: the question.
        asked: is called when the question was played.

    Raises:
        MachineError: the sound device or the recogniser fails.
    """
    meter, canceller = RoomMeter(), EchoCanceller()
    listener = Listener(model, Grammar(load_language("en").phrases))
    report: RoomReport | None = None
    energies: list[float] = []
    trust, own = EchoTrust(), OwnVoice()

    def exchange(block: Samples) -> list[Heard]:
        nonlocal report
        told = device.exchange(block)
        clean = canceller.cancel(told.microphone, told.reference)
        report = meter.accept(told.microphone, told.reference, clean) or report
        energies.append(float(np.mean(clean**2)))
        for guard in (trust, own):
            guard.accept(told.microphone, clean, told.reference)
        heard = (one for one in listener.accept(clean, alone=False) if isinstance(one, Heard))
        stops = (one for one in heard if one.intent == "stop")
        return [one for one in stops if not own.explains(one.speech_start, one.speech_end)]

    early = False
    for sound in (silence(samples(QUIET)), text):
        for block in _blocks(sound):
            for heard in exchange(block):
                early |= not trust.may_be_echo(heard.speech_start)
    for block in _blocks(ask):
        exchange(block)  # in which the narrator says the word
    asked()
    for _ in range(samples(ANSWER_WITHIN) // BLOCK):
        for heard in exchange(silence()):
            spoken = energies[heard.speech_start // BLOCK : heard.speech_end // BLOCK + 1]
            level = 10 * float(np.log10(np.mean(spoken) + 1e-15))
            return RoomSound(report, heard.text, level, early)
    return RoomSound(report, None, None, early)


def _blocks(sound: Samples) -> Iterator[Samples]:
    yield from np.pad(sound, (0, -len(sound) % BLOCK)).reshape(-1, BLOCK)


def judge(sound: RoomSound) -> Iterator[Check]:
    """Yield what is fine in a room, and what is not and how to mend it."""
    room, voice = sound.room, sound.voice_db
    if room is None:
        yield Check(
            "microphone",
            False,
            "It delivers nothing but silence. Perhaps it is muted, or programs may not use it. "
            "Type: voice-guide devices",
        )
        return
    yield _noise(room, voice)
    yield from _echo(room, early=sound.early)
    yield _word(sound)
    if voice is not None and room.echo:
        yield _loudness(room.narrator_db - voice)


def _noise(room: RoomReport, voice: float | None) -> Check:
    told = f"{room.noise_db:.0f} dB at the microphone"
    if voice is None or voice - room.noise_db >= ABOVE_NOISE_DB:
        return Check("noise", True, told)
    advice = "Make it quieter, or come nearer to the microphone."
    above = voice - room.noise_db
    return Check("noise", False, f"{told}: your voice is only {above:.0f} dB above it. {advice}")


def _echo(room: RoomReport, *, early: bool) -> Iterator[Check]:
    if not room.echo or room.delay_s is None or room.attenuation_db is None:
        yield Check(
            "echo",
            True,
            "The microphone does not hear the loudspeaker: you wear headphones, or the "
            "loudspeaker is off. For headphones there is: voice-guide play --mode headphones",
        )
        return
    yield Check(
        "echo",
        room.delay_s <= LATEST,
        f"The microphone hears the loudspeaker {room.delay_s * 1000:.0f} ms late and at "
        f"{room.attenuation_db:+.0f} dB of what is played."
        + ("" if room.delay_s <= LATEST else " That is too late: use one that is not wireless."),
    )
    if room.clipped:
        yield Check("microphone", False, "It is overdriven. Turn the loudspeaker down.")
    if room.cancelled_db is None or room.narrator_db < room.noise_db + _NEAR_NOISE_DB:
        return
    yield _cancelled(room.cancelled_db, early)


def _cancelled(lowered_db: float, early: bool) -> Check:
    told = f"The narrator's own voice is lowered by {lowered_db:.0f} dB in these few seconds."
    if lowered_db >= CANCELLED_DB:
        return Check("echo canceller", True, told)
    if early:
        told = "Somebody spoke while this was measured, so it cannot be told."
        return Check("echo canceller", False, f"{told} {_AGAIN}")
    return Check(
        "echo canceller",
        False,
        f"{told} That is little. If somebody spoke meanwhile, try again. If nobody did, switch off "
        "what the system does to the sound (enhancements, noise suppression), or turn the "
        "loudspeaker down.",
    )


def _word(sound: RoomSound) -> Check:
    if sound.early and sound.word is None:
        told = 'I heard "stop" before I had asked for it, and not after that.'
        return Check("your voice", False, f"{told} {_AGAIN}")
    if sound.word is None or sound.voice_db is None:
        told = 'I did not hear you say "stop". Come nearer, or type: voice-guide devices'
        return Check("your voice", False, told)
    return Check("your voice", True, f'I heard "{sound.word}", at {sound.voice_db:.0f} dB')


def _loudness(louder: float) -> Check:
    if louder > LOUDER_DB:
        return Check(
            "loudness",
            False,
            f"The loudspeaker is {louder:.0f} dB louder than your voice at the microphone. "
            "Turn it down or move it away, or come nearer to the microphone.",
        )
    how = "louder" if louder > 0 else "quieter"
    return Check("loudness", True, f"The loudspeaker is {abs(louder):.0f} dB {how} than your voice")

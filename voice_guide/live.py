"""Plays a session live: PortAudio, ears in a process of their own, keys and pedals."""

from collections.abc import Iterable

from voice_guide.audio import bluetooth
from voice_guide.audio.lasting import Change, LastingDevice, Part, Tell
from voice_guide.audio.portaudio import PortAudioDevice
from voice_guide.audio.probe import prober
from voice_guide.conductor import Conductor, Watcher
from voice_guide.ears_process import ProcessEars
from voice_guide.keyboard import LISTEN_KEY, Keys, keys
from voice_guide.opening import model_folder, narrator, voice_left_aside
from voice_guide.settings import Settings
from voice_guide.signals import end_as_with_ctrl_c
from voice_guide.sitting import Sitting
from voice_guide.speech.narrator import Narrator

WITHOUT_MICROPHONE = (
    "The session goes on without a microphone: by time, keys and pedal. It listens as soon as "
    "there is one."
)


def play_live(sitting: Sitting, settings: Settings, watchers: Iterable[Watcher]) -> None:
    """Play a session to its end on the user's loudspeaker and microphone.

    Args:
        sitting: the session, from its beginning or from where it was broken off.
        settings: the voice, the speech model, the devices, and how to listen.
        watchers: who is told what happens.

    Raises:
        MachineError: a loudspeaker, a voice or the speech model is missing or is lost.
    """
    ears = ProcessEars(model_folder(settings), mode=settings.mode or "room")
    real = PortAudioDevice(input_device=settings.input, output_device=settings.output)
    device = LastingDevice(real, prober(real), lambda part, change: None)
    try:
        guide = _narrator(sitting, settings)
        guide.prepare(sitting.engine.texts(sitting.opening.state)[:1])
        ears.wait_until_ready()
        device.start()
        if device.without_microphone is not None:
            real.missing.pop("input", None)  # nothing has taken its place
            sitting.tell(f"{device.without_microphone}\n{WITHOUT_MICROPHONE}")
        for name in real.missing.values():
            sitting.tell(f"There is no {name!r}; the system's default is used in its place.")
        if real.microphone is not None and bluetooth.is_telephone(real.microphone):
            sitting.tell(f"{real.microphone.name}: {bluetooth.WARNING}.")
        conductor = sitting.conductor(device, ears, guide, watchers)
        if real.missing:
            conductor.notice("other device")
        _connect(device, conductor)
        pressed = Keys()

        def press(key: str) -> None:
            if key == LISTEN_KEY:
                conductor.listen_now()
                return
            intent = pressed.intent_of(key, conductor.state.halted is not None)
            if intent is not None:
                conductor.command(intent)

        end_as_with_ctrl_c()
        with keys(press):
            conductor.run()
            while conductor.state.ending == "restart":
                sitting = sitting.anew()
                conductor = sitting.conductor(device, ears, guide, watchers)
                _connect(device, conductor)
                conductor.run()
    finally:
        ears.close()
        device.close()


def _narrator(sitting: Sitting, settings: Settings) -> Narrator:
    """Return the narrator. Say so if the voice that was chosen is for another language."""
    language = sitting.engine.setting.language
    guide = narrator(settings, language)
    if (aside := voice_left_aside(settings, language)) is not None:
        sitting.tell(aside)
    return guide


def _connect(device: LastingDevice, conductor: Conductor) -> None:
    """Let the session know what happens to the sound device, and to the program."""
    device.tell = telling(conductor)
    device.hold = conductor.hold
    device.stood_still = lambda lasted: conductor.notice("stood still", pause=True, lasted=lasted)


def telling(conductor: Conductor) -> Tell:
    """Return what tells the session what happens to the sound device."""

    def tell(part: Part, change: Change) -> None:
        if change == "lost":
            conductor.lost(part)
        elif change == "back":
            conductor.back(part)
        else:
            conductor.notice(f"{part} {change}")

    return tell

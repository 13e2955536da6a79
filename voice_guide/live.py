"""Plays a session live: PortAudio, ears in a process of their own, keys and pedals."""

import signal
from collections.abc import Iterable
from types import FrameType

from voice_guide.audio.portaudio import PortAudioDevice
from voice_guide.conductor import Watcher
from voice_guide.ears_process import ProcessEars
from voice_guide.keeping import Sitting
from voice_guide.keyboard import Keys, keys
from voice_guide.opening import model_folder, narrator
from voice_guide.settings import Settings


def play_live(
    sitting: Sitting, settings: Settings, watchers: Iterable[Watcher], *, headphones: bool = False
) -> None:
    """Play a session to its end on the user's loudspeaker and microphone.

    Args:
        sitting: the session, from its beginning or from where it was broken off.
        settings: the voice, the speech model and the devices.
        watchers: who is told what happens.
        headphones: the narrator cannot be heard by the microphone, so no echo is cancelled.

    Raises:
        MachineError: a device, a voice or the speech model is missing or is lost.
    """
    ears = ProcessEars(model_folder(settings), cancel_echo=not headphones)
    device = PortAudioDevice(input_device=settings.input, output_device=settings.output)
    try:
        guide = narrator(settings)
        guide.prepare(sitting.engine.texts(sitting.opening.state)[:1])
        ears.wait_until_ready()
        device.start()
        conductor = sitting.conductor(device, ears, guide, watchers)
        pressed = Keys()

        def press(key: str) -> None:
            intent = pressed.intent_of(key, conductor.state.halted is not None)
            if intent is not None:
                conductor.command(intent)

        def interrupted(number: int, frame: FrameType | None) -> None:
            del number, frame
            raise KeyboardInterrupt

        signal.signal(signal.SIGTERM, interrupted)
        with keys(press):
            conductor.run()
            while conductor.state.ending == "restart":
                sitting = sitting.anew()
                conductor = sitting.conductor(device, ears, guide, watchers)
                conductor.run()
    finally:
        ears.close()
        device.close()

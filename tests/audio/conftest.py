from collections.abc import Callable

import pytest

from voice_guide.audio.format import Samples
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.voice_settings import VoiceSettings

NARRATION = (
    "Put a little oil in one palm and rub your hands together until it feels warm. "
    "Rest a hand on each side of the spine, never on it. With light pressure glide up to the "
    "shoulders. Slow hands. Breathe out as you glide. Now make small circles upward, with a "
    "little more thumb pressure. Ask how it feels. Too hard, too soft, or just right?"
)


@pytest.fixture(scope="session")
def render() -> Callable[[str, str], Samples]:
    """Speech from the real synthesiser: ``render(text, voice)``, shape (n,), at 16 kHz."""
    renderer = EspeakRenderer()

    def rendered(text: str, voice: str) -> Samples:
        return renderer.render(text, VoiceSettings(voice=voice, rate=200)).samples

    return rendered


@pytest.fixture(scope="session")
def narration(render: Callable[[str, str], Samples]) -> Samples:
    """Some 15 seconds of the narrator's voice."""
    return render(NARRATION, "en-us")


@pytest.fixture(scope="session")
def word(render: Callable[[str, str], Samples]) -> Samples:
    """Another person says "stop"."""
    return render("stop", "en-gb+f3")

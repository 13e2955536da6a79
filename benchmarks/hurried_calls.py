"""Somebody calls stop in a hurry, with other words around it: is it heard?"""

import numpy as np

from benchmarks.scoring import Score
from models.training.voices import Speaker, Speaking
from voice_guide.audio.format import samples, silence
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.recordings import hear

_CALLS = """
ow stop it; ouch stop; no stop it; hey stop that; oh please stop it; that hurts stop it
stop it hurts; stop that hurts; ow that hurts stop; stop I can't; wait stop; stop wait; okay stop
stop right there; could you stop please; can you stop; I want to stop; stop the session
stop the massage; I said stop; stop now please; no don't stop it; stop you're hurting me
enough stop; stop hold on
"""

CALLS = tuple(call.strip().lower() for call in _CALLS.replace("\n", ";").split(";") if call.strip())
"""Every one has a "stop" that is meant."""

VOICES = ("espeak:en-us", "espeak:en-gb+f3", "espeak:en-gb-scotland+m3", "flite:rms")


def measure(
    model: SpeechModel, grammar: Grammar, voices: tuple[str, ...], speaker: Speaker
) -> dict[str, Score]:
    """Return for each voice how many calls stop, whatever else is heard in them.

    Args:
        model: hears.
        grammar: what is listened for.
        voices: call.
        speaker: speaks for them.
    """
    quiet = silence(samples(0.8))
    scores = {voice: Score() for voice in voices}
    for call in CALLS:
        for voice, score in scores.items():
            sound = np.concatenate([quiet, speaker.say(call, Speaking(voice)) / 2, quiet])
            stops = [found for found in hear(sound, model, grammar) if found.intent == "stop"]
            score.add("stop", stops[:1])
    return scores

"""A session with real speech in the simulated room, journalled."""

from pathlib import Path

from journalled import engine_of

from voice_guide.audio.room import Noise, RoomSettings
from voice_guide.conductor import Opening
from voice_guide.rehearsal.cues import Cue, parse_cue
from voice_guide.rehearsal.stage import Stage
from voice_guide.session import events
from voice_guide.speech.model import open_model
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voices import VoiceSettings
from voice_guide.store.kept import KeptScript
from voice_guide.store.store import Store

TEXT = """
format: 1
title: Arms
scales: {pressure: {levels: [light, medium, firm], start: medium}}
steps:
  - {name: The left arm, say: Stroke down the left arm., for: 20 s}
  - {name: The right arm, say: Stroke down the right arm., for: 30 s}
"""


class Told(list):
    """Everything that a session tells."""

    def tell(self, at, what):
        self.append((at, what))

    def of(self, kind: type) -> list:
        return [what for _, what in self if isinstance(what, kind)]


def on_stage(store: Store, told, *cues: Cue, script: KeptScript) -> Stage:
    """Begin a session, or go on with the one that was broken off."""
    engine, journal, opening = engine_of(script), None, None
    last = store.unfinished()
    if last is None:
        journal = store.begin(script)
    else:
        reopened = store.reopen(last, engine)
        journal = reopened.journal
        event = events.Continued(reopened.state.last_at, reopened.away)
        opening = Opening(reopened.state, event)
    return Stage(
        engine,
        open_model(),
        open_narrator(VoiceSettings(voice="en-gb")),
        open_narrator(VoiceSettings(voice="en-us", rate=150)),
        cues,
        room=RoomSettings(noise=Noise.NONE),
        watchers=[told],
        journal=journal,
        opening=opening,
    )


def play_to_the_end(journal: Path, script: KeptScript) -> None:
    """Play in a process of its own, which is to be killed."""
    cue = parse_cue("after 'left arm' + 2s: more pressure")
    on_stage(Store(journal), Told(), cue, script=script).play()

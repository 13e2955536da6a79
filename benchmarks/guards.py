"""What each stage brings: the double-talk benchmark with every one switched off in turn."""

from pathlib import Path

from benchmarks.bench import LIVING, Bench, Row, Rows
from benchmarks.scene import ROOMS, Chain, at_ratio, engine, play
from voice_guide.audio.room import RoomSettings, SimulatedRoom
from voice_guide.ears import Guards
from voice_guide.language.pack import load_language
from voice_guide.language.phrases import Phrase
from voice_guide.script.find import bundled_scripts, find_script
from voice_guide.script.loader import load_script
from voice_guide.session.engine import Engine
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.listener import ListenerSettings

UNGUARDED = Guards(trust=False, hindsight=False)
QUIET_TAIL = 0.4
"""Seconds."""

STAGES = {
    "everything on": Chain(),
    "no echo canceller": Chain(cancel_echo=False),
    "no ducking": Chain(ducking=False),
    "no trust in the canceller asked": Chain(guards=Guards(trust=False)),
    "no hindsight": Chain(guards=Guards(hindsight=False)),
    "no second look": Chain(
        listening=ListenerSettings(decoding=DecodingSettings(look_again_s=0.0))
    ),
    "no pre-roll": Chain(listening=ListenerSettings(preroll_s=0.0)),
    "nothing decided early": Chain(
        listening=ListenerSettings(urgent_hold_s=60.0, pause_hold_s=60.0, stop_after_windows=None)
    ),
    "grammar minus narration, too": Chain(minus_narration=True),
    "a quiet tail, too": Chain(quiet_tail_s=QUIET_TAIL),
}
"""The last two are guards that were tried and are not in use."""

OWN_VOICE = {
    "everything on": Chain(),
    "no trust asked": Chain(guards=Guards(trust=False)),
    "no hindsight": Chain(guards=Guards(hindsight=False)),
    "neither": Chain(guards=UNGUARDED),
    "neither, but grammar minus narration": Chain(guards=UNGUARDED, minus_narration=True),
    "neither, but a quiet tail": Chain(guards=UNGUARDED, quiet_tail_s=QUIET_TAIL),
}

QUICK_MINUTES = 1.0
"""How much of the narrator's own voice the quick run listens to."""


def measure_stages(bench: Bench) -> Rows:
    """The same with every stage switched off in turn."""
    for name, chain in STAGES.items():
        for ser in bench.hard:
            yield {"chain": name} | bench.understood(ser, chain, LIVING)


def measure_own(bench: Bench) -> Rows:
    """What the narrator's own voice causes: all scripts, from the first word, nobody speaks.

    The guards are switched off in turn for the first script only.
    """
    for number, path in enumerate(played(bench)):
        name = list(ROOMS)[number % len(ROOMS)]
        for title, chain in list(OWN_VOICE.items())[: None if number == 0 else 1]:
            told = own(bench, path, chain, ROOMS[name])
            yield {"script": path.stem, "room": name, "chain": title} | told


def played(bench: Bench) -> list[Path]:
    """Return the scripts whose narration is played."""
    return [find_script(name) for name in bundled_scripts()[: 1 if bench.quick else None]]


def own(bench: Bench, path: Path, chain: Chain, room: RoomSettings) -> Row:
    """Play a script's narration at -5 dB to a room where nobody speaks."""
    texts, also = narrated(path)
    seconds = own_s(bench, path)
    room = at_ratio(room, bench.narrator, " ".join(bench.texts), -5.0)
    result = play(
        SimulatedRoom(room),
        chain,
        engine(texts),
        model=bench.model,
        narrator=bench.narrator,
        trials=[],
        limit=seconds,
        also=also,
    )
    return {"minutes": round(seconds / 60, 1), "actions": len(result.own), "which": result.own}


def narrated(path: Path) -> tuple[list[str], tuple[Phrase, ...]]:
    """Return all that a script lets the narrator say, and all that can be said in it."""
    script = load_script(path).script
    language = load_language(script.language)
    made = Engine(script, language)
    texts = list(made.texts(made.begin()))
    texts += [
        wording for prompt in language.prompts.values() for wording in prompt if "{" not in wording
    ]
    return texts, made.every_phrase()


def own_sound_s(bench: Bench) -> float:
    """Return how many seconds of sound ``measure_own`` listens to."""
    first, *others = (own_s(bench, path) for path in played(bench))
    return len(OWN_VOICE) * first + sum(others)


def own_s(bench: Bench, path: Path) -> float:
    """Return how many seconds of a script's narration are listened to."""
    seconds = sum(bench.narrator.render(text).seconds + 1.0 for text in narrated(path)[0])
    return min(seconds, 60 * QUICK_MINUTES) if bench.quick else seconds

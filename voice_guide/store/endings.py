"""How a session ended, in words."""

from voice_guide.store.kept import KeptSession

_WORDS = {
    None: "broken off",
    "finished": "finished",
    "asked": "ended",
    "script": "ended by script",
    "silence": "ended, nobody spoke",
    "restart": "started over",
    "limit": "ended by limit",
}


def ending(session: KeptSession, playing: int | None) -> str:
    """Return how a session ended. ``playing`` is the number of the one that is being played."""
    if session.number == playing:
        return "playing"
    return _WORDS.get(session.reason, session.reason or "")

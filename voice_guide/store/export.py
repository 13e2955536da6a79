"""Everything that the journal holds, as one JSON document."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from voice_guide.errors import InputError
from voice_guide.store.kept import KeptSession, select_sessions


def as_dict(session: KeptSession) -> dict[str, Any]:
    """Return a session as a JSON object, without its events."""
    return {
        "session": session.number,
        "script": session.script,
        "title": session.title,
        "path": str(session.path),
        "began": session.began,
        "seconds": round(session.seconds, 3),
        "practised_s": round(session.practised, 3),
        "sittings": session.sittings,
        "step": session.step,
        "steps": session.steps,
        "step_name": session.step_name,
        "ended": session.reason,
        "answers": json.loads(session.answers),
        "recordings": list(session.recordings),
    }


def export(connection: sqlite3.Connection | None, session: int | None = None) -> Iterator[str]:
    """Yield the text of the document, piece by piece: a journal may be large.

    Raises:
        InputError: there is no such session.
    """
    found = _choose(connection, session)
    yield '{"voice_guide_journal": 1, "sessions": ['
    for number, kept in enumerate(found):
        assert connection is not None
        text = connection.execute(
            "SELECT text FROM scripts WHERE digest = ?", (kept.digest,)
        ).fetchone()[0]
        head = json.dumps(as_dict(kept) | {"script_text": text}, ensure_ascii=False)
        sittings = [
            {"began": began, "day": day, "from_s": from_s, "to_s": to_s, "practised_s": practised}
            for began, day, from_s, to_s, practised in connection.execute(
                "SELECT began, day, from_s, to_s, practised FROM sittings WHERE session = ?"
                " ORDER BY number",
                (kept.number,),
            )
        ]
        yield "," * (number > 0) + "\n" + head[:-1]
        yield f', "sittings_of_it": {json.dumps(sittings)}, "events": ['
        rows = connection.execute(
            "SELECT kind, data FROM events WHERE session = ? ORDER BY number", (kept.number,)
        )
        for position, (kind, data) in enumerate(rows):
            event = json.dumps({"event": kind} | json.loads(data), ensure_ascii=False)
            yield "," * (position > 0) + "\n  " + event
        yield "]}"
    yield "\n]}\n"


def _choose(connection: sqlite3.Connection | None, session: int | None) -> list[KeptSession]:
    if connection is None:
        found = []
    elif session is None:
        return select_sessions(connection)
    else:
        found = select_sessions(connection, "s.id = ?", (session,))
    if session is not None and not found:
        raise no_session(session)
    return found


def no_session(session: int) -> InputError:
    """Return the error that there is no such session."""
    return InputError(
        f"There is no session {session} in the journal. Type 'voice-guide history' to see "
        "which there are."
    )

"""What has happened in a dialogue, and what of it has been looked at."""

from collections.abc import Callable, Iterator
from typing import Any

from voice_guide.captions import caption, clock
from voice_guide.session import actions
from voice_guide.sounding import SentenceBegan, Told
from voice_guide.trace import as_json

Happening = dict[str, Any]
"""An event or an action, with the fields that it has in the JSON lines of a session."""


class Record:
    """Takes note of everything, and hands out what was not yet looked at, kind by kind."""

    def __init__(self, spoken: Callable[[actions.Say], str]) -> None:
        """Begin with nothing.

        Args:
            spoken: tells what sounds of a line that begins.
        """
        self._spoken = spoken
        self._log: list[Happening] = []
        self._captions: list[str] = []
        self._since = 0
        self._searched = 0
        self._seen: dict[str, int] = {}

    def tell(self, at: float, what: Told) -> None:
        """Take note of what happens."""
        if isinstance(what, SentenceBegan):
            return  # the line says it all
        line = caption(what)
        if line is not None:
            self._captions.append(f"{clock(at)} {line}")
        if isinstance(what, actions.Listen):
            return  # long, and nobody asks for it
        told = as_json(at, what)
        if isinstance(what, actions.Say):
            told["text"] = self._spoken(what)
        self._log.append(told)

    @property
    def captions(self) -> tuple[str, ...]:
        """What has happened, for people."""
        return tuple(self._captions)

    @property
    def line_began(self) -> float:
        """When the last line began, session time in seconds."""
        began = [float(one["t"]) for one in self._log if one["event"] == "say"]
        return began[-1] if began else 0.0

    def begin_part(self) -> None:
        """From here on only what happens now counts."""
        self._since = len(self._log)
        self._seen.clear()

    def unseen(self, kind: str) -> Iterator[Happening]:
        """Yield what has happened of a kind in this part and was not looked at; then it was."""
        first = max(self._since, self._seen.get(kind, 0))
        for index in range(first, len(self._log)):
            if self._log[index]["event"] == kind:
                self._seen[kind] = index + 1
                yield self._log[index]

    def in_this_part(self, kind: str) -> list[Happening]:
        """Return everything of a kind in this part, looked at or not."""
        return [one for one in self._log[self._since :] if one["event"] == kind]

    def everything(self, kind: str) -> list[Happening]:
        """Return everything of a kind."""
        return [one for one in self._log if one["event"] == kind]

    def begin_search(self) -> None:
        """Let ``go_to`` look at everything in this part."""
        self._searched = self._since

    def go_to(self, reached: Callable[[Happening], bool]) -> bool:
        """Begin a part with the first thing in this part for which ``reached`` is true.

        What it has looked at before, it does not look at again.
        """
        for index in range(self._searched, len(self._log)):
            if reached(self._log[index]):
                self._since = index
                self._seen.clear()
                return True
        self._searched = len(self._log)
        return False

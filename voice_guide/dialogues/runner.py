"""Plays a dialogue and compares what happens with what is written."""

from collections.abc import Callable

from voice_guide.dialogues.expecting import Failure, fulfils, instead, missing
from voice_guide.dialogues.model import (
    AllWell,
    Broken,
    Dialogue,
    Expected,
    Item,
    Now,
    Person,
    Press,
    Wait,
)
from voice_guide.dialogues.record import Happening, Record
from voice_guide.dialogues.words import says
from voice_guide.dialogues.world import World
from voice_guide.keyboard import Keys
from voice_guide.rehearsal.all_well import well_answers
from voice_guide.rehearsal.cues import Cue
from voice_guide.rehearsal.person import INTERRUPTS, THINKS
from voice_guide.rehearsal.person import Person as HelpfulPerson
from voice_guide.sounding import Told

PATIENCE = 600.0
"""Seconds of session time that something expected may take."""

LATER = 4 * 3600.0
"""The same for what is expected later."""

_LOOK = 0.1
"""Seconds of session time between two looks at what has happened."""


class Runner:
    """Plays one dialogue. It is told what happens in the world that it plays in."""

    def __init__(self, dialogue: Dialogue, make: Callable[["Runner"], World]) -> None:
        """Get ready; ``run`` runs.

        Args:
            dialogue: what is to happen.
            make: makes the world, given who is to be told what happens in it.
        """
        self._dialogue = dialogue
        self._keys = Keys()
        self._world = make(self)
        self._record = Record(self._world.spoken)
        self._helper = HelpfulPerson(self._world, (), well=well_answers(dialogue.loaded.script))

    def tell(self, at: float, what: Told) -> None:
        """Take note of what happens."""
        self._helper.tell(at, what)
        self._record.tell(at, what)

    def run(self) -> Failure | None:
        """Play the dialogue. Return the first thing that was not as written, or None."""
        self._world.begin()
        for item in self._dialogue.talk:
            failure = self._do(item) or self._never_said()
            if failure is not None:
                return failure
        return None

    @property
    def seconds(self) -> float:
        """How long the session was, in seconds of session time."""
        return self._world.now

    @property
    def captions(self) -> tuple[str, ...]:
        """What has happened, for people."""
        return self._record.captions

    def _do(self, item: Item) -> Failure | None:
        match item:
            case Person():
                self._speak(item)
            case Press():
                self._press(item)
            case Broken(_, away):
                self._record.begin_part()
                self._world.restart(away)
            case Wait():
                return self._wait(item)
            case AllWell():
                return self._all_well(item)
            case Expected(event="heard"):
                return self._heard(item)
            case Expected():
                return self._expect(item)
            case Now():
                return self._now(item)
        return None

    # What is done

    def _until(self, done: Callable[[], bool], patience: float = PATIENCE) -> bool:
        """Let time pass until something is so. Return whether it is."""
        world, end = self._world, self._world.now + patience
        while not done():
            if world.state.ended or world.now >= end:
                return False
            world.advance(min(end, world.now + _LOOK))
        return True

    def _pass(self, until: float) -> None:
        self._until(lambda: self._world.now >= until - 1e-9, max(0.0, until - self._world.now))

    def _speak(self, item: Person) -> None:
        world = self._world
        if item.over:
            self._until(lambda: world.state.sounding is not None)
            self._pass(self._record.line_began + INTERRUPTS)
        elif world.state.sounding is not None:
            self._until(lambda: world.state.sounding is None)
            self._pass(world.now + THINKS)
        self._record.begin_part()
        world.doubt(item.confidence)
        world.speak(Cue(world.now, words=item.words))
        self._until(lambda: not world.speaking)
        world.doubt(1.0)

    def _press(self, item: Press) -> None:
        self._record.begin_part()
        halted = self._world.state.halted is not None
        intent = self._keys.intent_of(item.key, halted, self._world.now)
        if intent is not None:
            self._world.press(intent)

    def _wait(self, item: Wait) -> Failure | None:
        if not item.silent:
            self._record.begin_part()
        self._pass(self._world.now + item.seconds)
        if item.silent:
            for line in self._record.unseen("say"):
                message = "The narrator was to be silent, and spoke."
                return Failure(item.position, message, "silence", line["text"])
        return None

    def _all_well(self, item: AllWell) -> Failure | None:
        def reached(happening: Happening) -> bool:
            if happening["event"] == "step":
                return says(happening["name"], item.until)
            return happening["event"] == "say" and says(happening["text"], item.until)

        def there() -> bool:
            if self._record.go_to(reached):
                return True
            self._helper.act(self._world.now)
            return False

        self._record.begin_search()
        if self._until(there, LATER):
            return None
        message = "The session was over, and never came to this."
        return Failure(item.position, message, item.until)

    # What is compared

    def _expect(self, item: Expected) -> Failure | None:
        found: list[Happening] = []

        def happened() -> bool:
            for happening in self._record.unseen(item.event):
                if not item.later or fulfils(happening, item):
                    found.append(happening)
                    return True
            return False

        patience = LATER if item.later or item.event == "ended" else PATIENCE
        if not self._until(happened, patience):
            ended = self._world.state.ended
            return missing(item, ended=ended, waited=f"{patience / 60:.0f} minutes")
        return None if fulfils(found[0], item) else instead(item, found[0])

    def _heard(self, item: Expected) -> Failure | None:
        heard = self._record.in_this_part("heard")
        last = heard[-1] if heard else {"intent": None, "text": ""}
        return None if fulfils(last, item) else instead(item, last)

    def _now(self, item: Now) -> Failure | None:
        state, script = self._world.state, self._dialogue.loaded.script
        if item.about == "scale":
            level = script.scales[item.name].levels[state.scales[item.name]]
            return None if level == item.value else _other(item, level)
        if item.about == "saved":
            answer = state.answers.get(item.name, "nothing")
            return None if answer == item.value else _other(item, answer)
        if state.halted == item.about or (item.about == "hold" and state.held):
            return None
        how = state.halted or ("hold" if state.held else "ended" if state.ended else "it goes on")
        return Failure(item.position, "The session stands otherwise.", item.about, how)

    def _never_said(self) -> Failure | None:
        said = self._record.everything("say") if self._dialogue.never_said else []
        for position, words in self._dialogue.never_said:
            for line in said:
                if says(line["text"], words):
                    return Failure(position, "This was said.", f"never: {words}", line["text"])
        return None


def _other(item: Now, value: str) -> Failure:
    message = f"'{item.name}' is {value}, not {item.value}."
    return Failure(item.position, message, item.value, value)

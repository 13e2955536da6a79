"""What a rehearsed person says, and when, on a clock of text."""

from voice_guide.audio.format import BLOCK, RATE, samples
from voice_guide.language.phrases import Phrase
from voice_guide.rehearsal.cues import Cue, parse_cue
from voice_guide.rehearsal.person import INTERRUPTS, THINKS, WAITS, Person
from voice_guide.session import actions, events


class Room:
    """A room that notes who says what, and when; each voice lasts a second."""

    def __init__(self) -> None:
        self.now = 0.0
        self.until = 0.0
        self.said: list[tuple[float, str]] = []

    @property
    def speaking(self) -> bool:
        return self.now < self.until

    def speak(self, cue: Cue) -> None:
        assert not self.speaking, "a person says one thing at a time"
        self.said.append((round(self.now, 2), cue.words))
        self.until = self.now + 1.0


class Scene:
    """A person with cues in such a room."""

    def __init__(self, *cues: str, helpful: bool = False) -> None:
        self.room = Room()
        self.person = Person(self.room, map(parse_cue, cues), helpful=helpful)

    def tell(self, *told: events.Event | actions.Action) -> None:
        for what in told:
            self.person.tell(self.room.now, what)

    def run(self, seconds: float) -> list[tuple[float, str]]:
        """Let time pass. Return everything said so far, with its time."""
        for _ in range(samples(seconds) // BLOCK):
            self.room.now += BLOCK / RATE
            self.person.act(self.room.now)
        return self.room.said


def about(said: list[tuple[float, str]], at: float, words: str) -> bool:
    return len(said) == 1 and said[0][1] == words and 0 <= said[0][0] - at < 0.05


def test_a_cue_with_a_time_is_said_then():
    scene = Scene("3s: too hard")
    assert scene.run(2.9) == []
    assert about(scene.run(3.0), 3.0, "too hard")
    assert scene.person.unsaid == ()


def test_a_cue_after_a_line_waits_for_the_end_of_it():
    scene = Scene("after 'GLIDE up' + 2s: more lotion")
    scene.run(1.0)
    scene.tell(actions.Say(7, "Now glide up the back."))
    scene.run(5.0)
    scene.tell(events.NarrationFinished(6.0, 6))
    assert scene.run(4.0) == [], "another line has ended"
    scene.tell(events.NarrationFinished(10.0, 7))
    assert about(scene.run(5.0), 10.0 + THINKS + 2.0, "more lotion")


def test_a_cue_during_a_line_is_said_over_it():
    scene = Scene("during 'glide up': stop")
    scene.tell(actions.Say(1, "Now glide up the back."))
    assert about(scene.run(3.0), INTERRUPTS, "stop")


def test_a_cue_may_name_the_step_and_means_its_first_line():
    scene = Scene("during 'Warm the oil': stop")
    scene.tell(actions.Say(1, "You need oil."))
    assert scene.run(3.0) == []
    scene.tell(actions.StepBegan("Warm the oil", 1, 3), actions.Say(2, "Rub your hands."))
    assert about(scene.run(3.0), 3.0 + INTERRUPTS, "stop")


def test_each_cue_is_said_once_and_what_never_comes_is_known():
    scene = Scene("during 'glide': stop", "after 'the moon': resume")
    for line in (1, 2, 3):
        scene.tell(actions.Say(line, "Glide."), events.NarrationFinished(scene.room.now, line))
        scene.run(3.0)
    assert [words for _, words in scene.run(1.0)] == ["stop"]
    assert [cue.words for cue in scene.person.unsaid] == ["resume"]


def test_two_things_at_the_same_time_are_said_one_after_the_other():
    scene = Scene("1s: too hard", "1s: stop")
    said = scene.run(5.0)
    assert [words for _, words in said] == ["too hard", "stop"]
    assert said[1][0] - said[0][0] > 1.4


QUESTION = actions.Listen(
    (
        Phrase("stop", "stop", "universal", urgent=True),
        Phrase("yes", "yes", "question"),
        Phrase("no", "no", "question"),
    )
)


def test_a_helpful_person_answers_what_no_cue_answers():
    scene = Scene(helpful=True)
    scene.tell(QUESTION, actions.StartTimer("answer", 8.0))
    assert about(scene.run(4.0), WAITS, "no")


def test_a_helpful_person_says_ready_when_it_is_waited_for_but_not_when_stopped():
    scene = Scene(helpful=True)
    scene.tell(actions.Listen((Phrase("bereit", "ready", "universal"),)))
    scene.tell(actions.StartTimer("idle", 20.0))
    assert about(scene.run(4.0), WAITS, "bereit")
    scene.tell(actions.Halted("stopped"), actions.StartTimer("idle", 300.0))
    assert len(scene.run(20.0)) == 1
    scene.tell(actions.Resumed())
    assert len(scene.run(5.0)) == 2


def test_what_is_no_longer_awaited_is_not_answered():
    scene = Scene(helpful=True)
    scene.tell(QUESTION, actions.StartTimer("answer", 8.0), actions.CancelTimer("answer"))
    assert scene.run(10.0) == []


def test_a_person_with_cues_only_answers_nothing_else():
    scene = Scene(helpful=False)
    scene.tell(QUESTION, actions.StartTimer("answer", 8.0), actions.StartTimer("idle", 20.0))
    assert scene.run(30.0) == []

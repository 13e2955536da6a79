"""Open questions: what can be answered, and how long an answer is awaited."""

from dataclasses import dataclass

from voice_guide.language.templates import expand
from voice_guide.script.durations import parse_duration, parse_span
from voice_guide.script.model import Effect, Question
from voice_guide.script.outcomes import number_range, outcomes
from voice_guide.session.actions import PlayEarcon
from voice_guide.session.patience import reminder_after
from voice_guide.session.state import Kind, Line, Stage
from voice_guide.session.turn import Turn

TRIES = 2
"""How often a question is asked again before the answer for silence is taken."""

ANSWER_WITHIN = 8.0
"""Seconds until a question is asked again. Alexa waits as long."""

SPEAKS_AT_MOST = 20.0
"""Seconds that a person who has begun to speak is listened to before the question is asked again.
Noise that is taken for speech cannot silence the narrator for longer."""


@dataclass(frozen=True)
class Choice:
    """One answer to a question."""

    answer: str
    """The answer as it is saved and told: "yes", "7", "just right"."""
    phrases: tuple[str, ...]
    """Ways to say it."""
    effect: Effect
    spoken: str
    """The answer as the narrator names it."""


def script_choices(question: Question, turn: Turn) -> tuple[Choice, ...]:
    """Return the choices of a script's question."""
    language = turn.setting.language
    found = []
    for one in outcomes(question):
        phrases: tuple[str, ...]
        if one.kind == "choice":
            phrases = expand(one.written)
            spoken = phrases[0]
        elif one.kind == "yes or no":
            phrases = language.universals[one.answer]
            spoken = language.words[one.answer]
        elif one.kind == "number":
            phrases = (language.number(int(one.answer)),)
            spoken = _span(
                turn, "a number", *map(language.number, number_range(question.number or ""))
            )
        else:
            phrases = language.ways_to_say_duration(parse_duration(one.answer))
            ends = parse_span(question.duration or "")
            low, high = (language.ways_to_say_duration(end)[0] for end in ends)
            spoken = _span(turn, "a time", low, high)
        found.append(Choice(one.answer, phrases, one.effect, spoken))
    return tuple(found)


def _span(turn: Turn, words: str, low: str, high: str) -> str:
    return turn.setting.language.words[words].format(low=low, high=high)


def _yes_or_no(turn: Turn, answer: str, effect: Effect) -> Choice:
    language = turn.setting.language
    return Choice(answer, language.universals[answer], effect, language.words[answer])


def open_choices(turn: Turn) -> tuple[Choice, ...]:
    """Return the choices of the question that is open now; none when none is open."""
    state = turn.state
    if state.halted is not None:
        return ()
    yes_no = tuple(_yes_or_no(turn, answer, Effect()) for answer in ("yes", "no"))
    if state.aside is not None:
        question = turn.moment.question
        if state.aside.about == "confirm" and question is not None:
            said = script_choices(question, turn)
            return (*yes_no, *(choice for choice in said if choice.answer not in ("yes", "no")))
        if state.aside.about != "area":
            return yes_no
        return (*_areas(turn), yes_no[1])
    if turn.asks and turn.moment.question is not None and not state.held:
        return script_choices(turn.moment.question, turn)
    return ()


def _areas(turn: Turn) -> tuple[Choice, ...]:
    ways = turn.setting.language.ways_to_name
    return tuple(
        Choice(area, tuple(w for name in (area, *others) for w in ways(name)), Effect(), area)
        for area, others in turn.setting.script.areas.items()
    )


def choices(turn: Turn) -> tuple[str, ...]:
    """Return the choices of the open question as the narrator names them."""
    return tuple(dict.fromkeys(choice.spoken for choice in open_choices(turn)))


def await_answer(turn: Turn) -> None:
    """Wait for an answer, with an earcon that says so."""
    if "answer" in turn.state.timers:
        return
    if turn.state.speaking:
        turn.start_timer("answer", SPEAKS_AT_MOST)
        return
    patient = turn.state.tries >= TRIES and must_be_answered(turn)
    question = turn.moment.question if turn.state.aside is None else None
    within = (question.answer_within if question is not None else None) or ANSWER_WITHIN
    turn.start_timer("answer", reminder_after(turn) if patient else within)
    turn.do(PlayEarcon("listening"))


def must_be_answered(turn: Turn) -> bool:
    """Whether the session waits for an answer: silence is no answer to a health question."""
    question = turn.moment.question
    if turn.state.aside is not None or question is None:
        return turn.state.aside is not None and turn.state.aside.about == "rest"
    return turn.moment.section == "before" and question.silence is None


def to_be_answered(turn: Turn) -> int | None:
    """Return the position of the next question of safety that has no answer yet, if there is one.

    These are the questions before the session that have no answer for silence. Once the steps
    have begun, all of them are answered.
    """
    here = turn.state.position
    if turn.moment.section not in ("welcome", "before"):
        return None
    answered = turn.state.stage is Stage.WAIT
    for position in range(here + 1 if answered else here, len(turn.setting.program)):
        moment = turn.setting.program[position]
        if moment.section == "before" and moment.question is not None:
            if moment.question.silence is None and turn.is_called_for(moment):
                return position
        elif moment.section == "step":
            return None
    return None


def ask_again(turn: Turn) -> None:
    """Ask the open question again when the session comes back to it."""
    kinds = {line.kind for line in turn.state.talk}
    if turn.state.aside is not None and Kind.ASIDE not in kinds:
        turn.queue([Line(turn.state.aside.text, Kind.ASIDE)])
    elif turn.asks and turn.moment.question is not None and Kind.QUESTION not in kinds:
        turn.queue([Line(turn.moment.question.ask, Kind.QUESTION)])

"""Answers, and the lack of them: no-input and no-match."""

from voice_guide.script.conditions import fits
from voice_guide.script.model import Question
from voice_guide.session import flow, questions, resuming
from voice_guide.session.actions import Answered, PlayEarcon
from voice_guide.session.effects import (
    apply,
    area_not_named,
    close_aside,
    name_area,
    open_aside,
)
from voice_guide.session.events import Heard
from voice_guide.session.moving import from_the_top
from voice_guide.session.patience import MOST_REMINDERS
from voice_guide.session.questions import TRIES, Choice
from voice_guide.session.state import Aside, Kind, Line, Stage
from voice_guide.session.turn import Turn

SURE = 0.6
"""An answer that was heard with less confidence is confirmed."""


def answer(turn: Turn, heard: Heard) -> bool:
    """Take what was heard as an answer, if a question is open that it answers."""
    if heard.scope != "question" and heard.intent not in ("yes", "no"):
        return False
    for choice in questions.open_choices(turn):
        if choice.answer == heard.intent:
            turn.cancel_timer("answer")
            turn.do(PlayEarcon("understood"))
            if heard.confidence < SURE and turn.state.aside is None:
                _confirm(turn, choice, heard.text)
            else:
                _take(turn, choice)
            return True
    return False


def _confirm(turn: Turn, choice: Choice, said: str) -> None:
    """Ask whether this was the answer."""
    turn.respond()
    text = turn.prompt("did you say", answer=said)
    open_aside(turn, Aside("confirm", text, answer=choice.answer))


def _confirmed(turn: Turn, answer: str | None) -> None:
    """Take the answer to the script's question that was asked about."""
    for choice in questions.open_choices(turn):
        if choice.answer == answer:
            _take(turn, choice)


def _take(turn: Turn, choice: Choice, *, silent: bool = False) -> None:
    aside = turn.state.aside
    if aside is not None:
        turn.do(Answered(aside.text, choice.answer, silent=silent))
        _take_aside(turn, aside, choice)
        return
    question = turn.moment.question
    if question is None:
        return
    turn.do(Answered(turn.fill(question.ask), choice.answer, question.save, silent))
    if question.save is not None:
        turn.set(answers={**turn.state.answers, question.save: choice.answer})
    _leave_question(turn)
    if silent and choice.effect.go_to is not None:
        turn.set(strayed=turn.state.strayed + 1)
        if turn.state.strayed > MOST_REMINDERS:
            flow.finish(turn, "silence", turn.prompt("saved and ended"))
            return
    apply(turn, choice.effect, *_said_back(question, choice))


def _said_back(question: Question, choice: Choice) -> list[str]:
    if question.confirm is None:
        return []
    text = question.confirm.replace("{answer}", choice.phrases[0])
    return [text[:1].upper() + text[1:]]


def _take_aside(turn: Turn, aside: Aside, choice: Choice) -> None:
    close_aside(turn)
    if aside.about == "area":
        if choice.answer != "no":
            name_area(turn, choice.answer, aside.policy)
        else:
            turn.respond(turn.prompt("area unknown"))
    elif aside.about in resuming.ABOUT:
        resuming.choose(turn, aside, choice.answer)
        return
    elif aside.about == "confirm":
        if choice.answer != "no":
            _confirmed(turn, aside.answer if choice.answer == "yes" else choice.answer)
            return
    elif choice.answer == "yes" and aside.about == "from the top":
        from_the_top(turn)
        return
    elif aside.about == "rest":
        if choice.answer == "yes":
            flow.finish(turn, "limit", turn.prompt("rest day asked"))
        return
    elif choice.answer == "yes":
        flow.finish(turn, "asked", turn.prompt("ended"))
        return
    else:
        turn.respond(turn.prompt("not ended"))
    questions.ask_again(turn)


def _leave_question(turn: Turn) -> None:
    turn.silence()
    turn.cancel_timer("answer")
    turn.set(
        stage=Stage.WAIT,
        tries=0,
        talk=tuple(line for line in turn.state.talk if line.kind is not Kind.QUESTION),
    )


def unanswered(turn: Turn, *, no_match: bool) -> None:
    """Nothing was said, or nothing that answers: help a little more each time, then go on."""
    choices = questions.choices(turn)
    if not choices:
        return
    tries = turn.state.tries
    if tries >= TRIES:
        if not questions.must_be_answered(turn):
            give_up(turn)
        elif no_match:
            turn.do(PlayEarcon("not understood"))
        else:
            _ask_patiently(turn)
        return
    turn.cancel_timer("answer")
    turn.set(tries=tries + 1)
    if no_match:
        turn.do(PlayEarcon("not understood"))
    if tries == 0:
        text = turn.prompt("re-prompt" if no_match else "re-prompt silence")
        turn.respond(text)
        turn.set(talk=tuple(x for x in turn.state.talk if x.kind is not Kind.QUESTION))
        questions.ask_again(turn)
    else:
        turn.respond(
            turn.prompt("choices", choices=turn.setting.language.listing(choices)),
            kind=Kind.RESPONSE,
        )
        turn.set(talk=tuple(x for x in turn.state.talk if x.kind is not Kind.QUESTION))


def _ask_patiently(turn: Turn) -> None:
    """Ask again, more and more rarely. In the end the session is over."""
    if turn.state.reminders >= MOST_REMINDERS:
        flow.finish(turn, "silence", turn.prompt("saved and ended"))
        return
    turn.set(reminders=turn.state.reminders + 1)
    turn.respond(turn.prompt("answer needed"))
    questions.ask_again(turn)


def give_up(turn: Turn) -> None:
    """Take the answer for silence, or go on without one."""
    aside = turn.state.aside
    if aside is not None:
        _give_up_aside(turn, aside)
        return
    question = turn.moment.question
    if question is None:
        return
    for choice in questions.script_choices(question, turn):
        if question.silence is not None and fits(choice.answer, question.silence):
            _take(turn, choice, silent=True)
            return
    turn.do(Answered(turn.fill(question.ask), None, question.save, silent=True))
    _leave_question(turn)
    turn.queue([Line(turn.prompt("gone on without answer"), Kind.RESPONSE)])


def _give_up_aside(turn: Turn, aside: Aside) -> None:
    """Nobody says where it hurts: take the area under the hands. Nobody ends: go on.

    Nobody says whether to go on with an earlier session: be there, paused.
    """
    turn.do(Answered(aside.text, None, silent=True))
    close_aside(turn)
    if aside.about in resuming.ABOUT:
        resuming.carry_on(turn, wait=True)
        return
    if aside.about in ("end", "from the top"):
        turn.respond(turn.prompt("not ended"))
    elif aside.about == "confirm":
        turn.respond()
    else:
        area_not_named(turn, aside)
    questions.ask_again(turn)

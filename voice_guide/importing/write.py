"""A draft as YAML, with a comment wherever the author must decide."""

from collections.abc import Iterable, Iterator

from voice_guide.importing.draft import Draft, DraftQuestion, DraftReply, DraftStep
from voice_guide.importing.quantities import spoken_duration
from voice_guide.script.yaml_text import comment, key_and_text, scalar

_PRESSURE = """\
scales:
  pressure:
    levels: [very light, light, medium, firm]
    start: light
"""
_PRESSURE_ANSWERS = """\
answers:
  too hard: {turn: {pressure: down}}
  too soft: {turn: {pressure: up}}
  (just right|good|fine):
silence: just right
"""


def yaml_of(draft: Draft) -> str:
    """Return the text of the script."""
    return "".join(f"{line}\n" if line else "\n" for line in _lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    yield from _head(draft)
    if draft.before:
        yield from ("", "before:")
        for question in draft.before:
            yield from _screening(question, spares=bool(draft.areas))
    yield from ("", "steps:")
    for number, step in enumerate(draft.steps):
        if number:
            yield ""
        yield from _step(step, spares=bool(draft.areas))
    if draft.replies:
        yield from ("", "replies:")
        for reply in draft.replies:
            yield from _reply(reply)


def _head(draft: Draft) -> Iterator[str]:
    yield "format: 1"
    yield from key_and_text("title", draft.title)
    yield f"sources: [{scalar(draft.source[:200], inside=True)}]"
    yield from _notes(draft.notes)
    if draft.needs:
        yield "needs:"
        yield from (f"  - {scalar(need)}" for need in draft.needs)
    if draft.has_pressure:
        yield from _block(_PRESSURE, "")
    if draft.areas:
        yield f"areas: [{', '.join(draft.areas)}]"
    limits = {}
    if draft.per_day is not None:
        limits["per_day"] = spoken_duration(draft.per_day)
    if draft.rest_day_if:
        limits["rest_day_if"] = scalar(draft.rest_day_if[:80])
    if limits:
        yield "limits:"
        yield from (f"  {key}: {value}" for key, value in limits.items())


def _step(step: DraftStep, *, spares: bool) -> Iterator[str]:
    if step.part:
        yield from _notes([f'"{step.part}" begins here: is it a session of its own?'], "  ")
    yield from _notes(step.notes, "  ")
    name = f"{step.name}, {{side}} side" if step.both_sides else step.name
    yield f"  - name: {scalar(name)}"
    if step.both_sides:
        yield "    each: [left, right]"
    if step.area:
        yield f"    area: {step.area}"
    if step.say:
        yield from key_and_text("say", " ".join(step.say), "    ")
    if step.question is not None:
        yield from _question(step.question, spares=spares)
    elif step.reps is not None:
        yield f"    reps: {step.reps}"
    elif step.seconds is not None:
        yield f"    for: {spoken_duration(step.seconds)}"
    else:
        yield "    until: ready"


def _question(question: DraftQuestion, *, spares: bool) -> Iterator[str]:
    yield from _notes(question.notes, "    ")
    yield from key_and_text("ask", question.ask, "    ")
    if question.about == "pressure":
        yield from _block(_PRESSURE_ANSWERS, "    ")
    elif question.about == "feeling":
        yield from _block(
            "answers:\n  good:\n  not so good: {say: Take your time., hold: until ready}\n"
            "silence: good\n",
            "    ",
        )
    else:
        say = question.yes or "Leave that part alone."
        if question.about == "pain":
            yield "    yes:"
            yield from key_and_text("say", say, "      ")
            if spares:
                yield "      ask_area: gentle"
            yield from _block('no:\nsilence: "no"\n', "    ")
        else:
            yield from _block(
                'yes:\nno: {say: Take your time., hold: until ready}\nsilence: "yes"\n', "    "
            )


def _screening(question: DraftQuestion, *, spares: bool) -> Iterator[str]:
    yield from _notes(question.notes, "  ")
    yield from key_and_text("- ask", question.ask, "  ")
    for answer in ("yes", "no"):
        yield f"    {answer}:"
        if question.ends_at == answer:
            yield from key_and_text("end", question.yes or "", "      ")
        elif answer == "yes" and question.ends_at is None:
            yield from key_and_text("say", question.yes or "", "      ")
            if spares:
                yield "      ask_area: avoid"


def _reply(reply: DraftReply) -> Iterator[str]:
    yield from _notes(reply.notes, "  ")
    yield f"  - hear: [{', '.join(scalar(phrase, inside=True) for phrase in reply.hear)}]"
    yield from key_and_text("stop" if reply.stops else "say", reply.say, "    ")
    if not reply.stops:
        yield "    hold: until ready"


def _notes(notes: Iterable[str], indent: str = "") -> Iterator[str]:
    for note in notes:
        yield from comment(note, indent, begin="# decide: ")


def _block(text: str, indent: str) -> Iterator[str]:
    return (f"{indent}{line}" for line in text.splitlines())

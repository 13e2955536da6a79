"""A new script with comments, to begin with."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from voice_guide.errors import InputError
from voice_guide.script.durations import parse_duration
from voice_guide.script.yaml_text import comment, key_and_text, scalar

READY = "ready"
"""How a step is written that goes on until somebody says so."""


@dataclass(frozen=True)
class NewStep:
    """A step of a new script."""

    name: str
    say: str
    lasts: str = READY
    """A duration such as "90 s", or "ready"."""


@dataclass(frozen=True)
class NewScript:
    """What a new script begins with."""

    title: str
    about: str = ""
    needs: tuple[str, ...] = ()
    steps: tuple[NewStep, ...] = ()
    works_on_body: bool = False
    areas: tuple[str, ...] = field(default=())


def step_of(written: str) -> NewStep:
    """Return a step written in one line: "Warm the oil | Rub it in your hands. | 20 s".

    Raises:
        InputError: it has no text, more than three parts, or a time that is none.
    """
    name, *rest = (" ".join(part.split()) for part in written.split("|"))
    if not name or not rest or not rest[0] or len(rest) > 2:
        raise InputError(
            f'"{written}" is no step. Write its name, what is said, and how long it goes on: '
            '"Warm the oil | Rub it between your hands. | 20 s". Without a time it waits for ready.'
        )
    return NewStep(name, rest[0], checked_time(rest[1]) if len(rest) > 1 else READY)


def checked_time(written: str) -> str:
    """Return a duration as it is written, or "ready".

    Raises:
        InputError: it is neither.
    """
    plain = " ".join(written.lower().split())
    if plain in (READY, ""):
        return READY
    try:
        parse_duration(plain)
    except ValueError as error:
        raise InputError(f'{error} Or write "{READY}".') from error
    return plain


def new_script(new: NewScript) -> str:
    """Return the text of a new script, with comments that teach the language."""
    return "".join(f"{line}\n" if line else "\n" for line in _lines(new))


def _lines(new: NewScript) -> Iterator[str]:
    yield from comment(f"{new.title}. Try it: voice-guide check, then voice-guide rehearse --text.")
    yield "format: 1"
    yield from key_and_text("title", new.title)
    if new.about:
        yield from key_and_text("about", new.about)
    if new.needs:
        yield f"needs: [{', '.join(scalar(need, inside=True) for need in new.needs)}]"
    else:
        yield "# needs: [a towel, a bowl]            # what has to be at hand; it is said first"
    if new.works_on_body:
        yield from _scales_and_areas(new.areas)
        yield from _before()
    yield ""
    yield from comment("Each step is said, and then waits: for a time, or until somebody is ready.")
    yield "steps:"
    for number, step in enumerate(new.steps or (_EXAMPLE,)):
        if number:
            yield ""
        yield from _step(step, first=number == 0)
    yield ""
    yield from _replies(new.works_on_body)
    yield from _after()


_EXAMPLE = NewStep("First step", "Say here what is to be done. Say ready to go on.")


def _scales_and_areas(areas: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield from comment(
        'What "too hard" and "too soft" turn. Write {pressure} into a text to say its level.'
    )
    yield from ("scales:", "  pressure:", "    levels: [very light, light, medium, firm]")
    yield "    start: light"
    if areas:
        yield from comment("What can be named as sore. A step says 'area: ...' to be spared then.")
        yield f"areas: [{', '.join(scalar(area, inside=True) for area in areas)}]"


def _before() -> Iterator[str]:
    yield ""
    yield from comment(
        "decide: what speaks against this session? One question for each thing. An answer can end "
        "it, or say something."
    )
    yield from (
        "before:",
        "  - ask: Is there broken or sore skin, a fever, or a new injury?",
        "    yes: {end: Then today is not the day. Ask a doctor first. Goodbye.}",
        "    no:",
    )


def _step(step: NewStep, *, first: bool) -> Iterator[str]:
    yield f"  - name: {scalar(step.name)}"
    yield from key_and_text("say", step.say, "    ")
    if step.lasts != READY:
        yield f"    for: {step.lasts}"
    else:
        yield "    until: ready"
    if first:
        half = 20.0 if step.lasts == READY else parse_duration(step.lasts) / 2
        yield f"    # cues: [{{at: {half:g} s, say: Slowly.}}]    # said while the step goes on"


def _replies(works_on_body: bool) -> Iterator[str]:
    if not works_on_body:
        yield from comment(
            "What can be said at any time besides stop, pause, next, repeat and the like:"
        )
        yield "# replies:"
        yield '#   - hear: ["[some] more oil", my hands are dry]'
        yield "#     say: Take your time. Say ready to go on."
        yield "#     hold: until ready"
        return
    yield from comment("decide: what else would somebody say, and what should be done then?")
    yield from (
        "replies:",
        '  - hear: [very strong pain, "the pain is [very] strong", "my (arm|leg) is numb"]',
        "    stop: Stopped. Take your hands away. If it does not pass, ask a doctor.",
    )


def _after() -> Iterator[str]:
    yield from (
        "",
        "# after:                               # asked after the last step",
        "#   - ask: From zero to ten, how was it?",
        "#     number: 0-10",
        "#     save: how it was",
    )

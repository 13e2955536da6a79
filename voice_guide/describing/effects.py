"""What answers and replies do, in words."""

from collections.abc import Mapping, Sequence

from voice_guide.describing.wording import Wording
from voice_guide.language.templates import expand
from voice_guide.script.dialogue import THE_END, Answers, Effect

_MOST_PHRASES = 6


def effect_in_words(wording: Wording, effect: Effect) -> str:
    """Return what an effect does: 'the narrator says "Good."; waits for "ready"'."""
    done = []

    def tell(name: str, /, **values: str) -> None:
        done.append(wording.say("effects", name, **values))

    if effect.say is not None:
        tell("say", text=effect.say)
    for scale, how in effect.turn.items():
        tell(how if how in ("up", "down") else "level", scale=scale, level=how)
    for name, value in effect.set_.items():
        tell("set", name=name, value=wording.yes_or_no(value))
    if effect.ask_area is not None:
        tell(effect.ask_area)
    if effect.hold is not None:
        tell("hold")
    if effect.go_to is not None:
        the_end = effect.go_to == THE_END
        tell("go to", name=wording.say("effects", THE_END) if the_end else effect.go_to)
    if effect.stop is not None:
        tell("stop", text=effect.stop)
    if effect.end is not None:
        tell("end", text=effect.end)
    return "; ".join(done) or wording.say("effects", "nothing")


def answers_in_words(wording: Wording, answers: Answers) -> list[tuple[str, str]]:
    """Return what can be answered, and what each answer does."""
    found = []
    nothing = wording.say("effects", "nothing")
    if answers.yes is not None or answers.no is not None:
        for answer, effect in (("yes", answers.yes), ("no", answers.no)):
            found.append((wording.yes_or_no(answer), effect_in_words(wording, effect or Effect())))
    if answers.number is not None:
        low, _, high = (part.strip() for part in answers.number.partition("-"))
        found.append((wording.language.words["a number"].format(low=low, high=high), nothing))
    if answers.duration is not None:
        found.append((wording.say("answers", "duration", span=answers.duration), nothing))
    found += [
        (phrases_in_words(wording, [written]), effect_in_words(wording, effect))
        for written, effect in answers.answers.items()
    ]
    if answers.silence is not None:
        taken = wording.say("answers", "taken as", answer=wording.yes_or_no(answers.silence))
        found.append((wording.say("answers", "silence"), taken))
    return found


def phrases_in_words(wording: Wording, templates: Sequence[str]) -> str:
    """Return what can be said for something: some of the phrases, not the templates."""
    phrases = [phrase for template in templates for phrase in expand(template)]
    shown = _spread(phrases)
    listed = ", ".join(shown)
    return wording.say("answers", "more", phrases=listed) if len(shown) < len(phrases) else listed


def _spread(phrases: list[str]) -> list[str]:
    """Return a few phrases from all over the list."""
    step = -(-len(phrases) // _MOST_PHRASES)
    return phrases[::step]


def conditions_in_words(
    wording: Wording, when: Mapping[str, Sequence[str]], unless: Mapping[str, Sequence[str]]
) -> str | None:
    """Return when something is done: "Only if tired is yes"; None if always."""
    only = wording.all_of(_is(wording, name, values) for name, values in when.items())
    left_out = wording.either(_is(wording, name, values) for name, values in unless.items())
    if only and left_out:
        said = wording.say("answers", "only if and not if", when=only, unless=left_out)
    elif only or left_out:
        name = "only if" if only else "not if"
        said = wording.say("answers", name, conditions=only or left_out)
    else:
        return None
    return f"{said}."


def _is(wording: Wording, name: str, values: Sequence[str]) -> str:
    shown = wording.either(
        wording.say("answers", "sore") if value == "sore" else wording.yes_or_no(value)
        for value in values
    )
    return wording.say("answers", "is", name=name, values=shown)

"""What answers and replies do, in words."""

from collections.abc import Mapping, Sequence

from voice_guide.language.templates import expand
from voice_guide.script.dialogue import Answers, Effect

_AREAS = {"avoid": "later steps on it are left out", "gentle": "later steps on it are done gently"}
_MOST_PHRASES = 6


def effect_in_words(effect: Effect) -> str:
    """Return what an effect does: 'the narrator says "Good."; waits for "ready"'."""
    done = []
    if effect.say is not None:
        done.append(f'the narrator says "{effect.say}"')
    done.extend(_turned(name, how) for name, how in effect.turn.items())
    done.extend(f"{name} is kept as {value}" for name, value in effect.set_.items())
    if effect.ask_area is not None:
        done.append(f"it is asked which part is meant, and {_AREAS[effect.ask_area]}")
    if effect.hold is not None:
        done.append('the session waits for "ready"')
    if effect.go_to is not None:
        done.append(f'the session goes on with "{effect.go_to}"')
    if effect.stop is not None:
        done.append(f'the session stops: "{effect.stop}"')
    if effect.end is not None:
        done.append(f'the session ends: "{effect.end}"')
    return "; ".join(done) or "the session goes on"


def _turned(scale: str, how: str) -> str:
    if how == "up":
        return f"more {scale} from here on"
    if how == "down":
        return f"less {scale} from here on"
    return f"{scale} is {how} from here on"


def answers_in_words(answers: Answers) -> list[tuple[str, str]]:
    """Return what can be answered, and what each answer does."""
    found = []
    if answers.yes is not None or answers.no is not None:
        found.append(("yes", effect_in_words(answers.yes or Effect())))
        found.append(("no", effect_in_words(answers.no or Effect())))
    if answers.number is not None:
        low, _, high = (part.strip() for part in answers.number.partition("-"))
        found.append((f"a number from {low} to {high}", "the session goes on"))
    if answers.duration is not None:
        found.append((f"a time: {answers.duration}", "the session goes on"))
    found += [
        (phrases_in_words([written]), effect_in_words(effect))
        for written, effect in answers.answers.items()
    ]
    if answers.silence is not None:
        found.append(("nothing", f"it is taken as {answers.silence}"))
    return found


def phrases_in_words(templates: Sequence[str]) -> str:
    """Return what can be said for something: some of the phrases, not the templates."""
    phrases = [phrase for template in templates for phrase in expand(template)]
    shown = _spread(phrases)
    more = ", and the like" if len(shown) < len(phrases) else ""
    return ", ".join(shown) + more


def _spread(phrases: list[str]) -> list[str]:
    """Return a few phrases from all over the list."""
    step = -(-len(phrases) // _MOST_PHRASES)
    return phrases[::step]


def conditions_in_words(
    when: Mapping[str, Sequence[str]], unless: Mapping[str, Sequence[str]]
) -> str | None:
    """Return when something is done: "Only if tired is yes"; None if always."""
    said = []
    if when:
        said.append("Only if " + " and ".join(_is(name, values) for name, values in when.items()))
    if unless:
        left_out = " or ".join(_is(name, values) for name, values in unless.items())
        said.append(f"{'not' if said else 'Not'} if {left_out}")
    return f"{', '.join(said)}." if said else None


def _is(name: str, values: Sequence[str]) -> str:
    return f"{name} is {' or '.join(values)}"

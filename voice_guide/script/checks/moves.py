"""Going to other steps: places that are not there, and rounds without an end."""

from collections import Counter
from collections.abc import Sequence

from voice_guide.script.checks.common import Checked, did_you_mean
from voice_guide.script.codes import moves as codes
from voice_guide.script.walk import effects
from voice_guide.script.ways import Place, places, step_numbers


def check(checked: Checked) -> None:
    """Check every 'go to', and that the session comes to its end."""
    goes = [caused for caused in effects(checked.script) if caused.effect.go_to is not None]
    if not goes:
        return
    targets = step_numbers(checked.script)
    times = Counter(step.name for step in checked.script.steps)
    for caused in goes:
        path = (*caused.path, "go to")
        name = caused.effect.go_to or ""
        if name not in targets:
            message = f"There is no step '{name}'. {did_you_mean(name, targets)}"
            checked.report(codes.GO_TO_NOWHERE, path, message)
        elif times[name] > 1:
            message = f"There are {times[name]} steps called '{name}'. Rename one of them."
            checked.report(codes.GO_TO_NOWHERE, path, message)
        if caused.path[0] == "before":
            message = "No question before the session leads away. Save the answer, and use 'when'."
            checked.report(codes.GO_TO_FROM_BEFORE, path, message, key=True)
        if caused.effect.stop is not None or caused.effect.end is not None:
            message = "This goes to another step, and it stops or ends the session. Keep one."
            checked.report(codes.TWO_PLACES, path, message, key=True)
    every = places(checked.script)
    _check_left_alone(checked, every)
    _check_way_out(checked, every)


def _check_left_alone(checked: Checked, every: Sequence[Place]) -> None:
    """Find rounds that are gone when nobody says anything."""
    done: set[int] = set()
    for start in range(len(every)):
        way: list[int] = []
        at = start
        while at < len(every) and at not in done and at not in way:
            way.append(at)
            at = every[at].silence_leads_to
        if at in way:
            circle = [every[number] for number in way[way.index(at) :]]
            if not _may_end(circle):
                last = next(place for place in reversed(circle) if _leads_away(place))
                checked.report(
                    codes.ENDLESS_ALONE,
                    (*last.path, "silence"),
                    "When nobody answers, the session goes back here again and again. Let silence "
                    "go on.",
                )
        done.update(way)


def _leads_away(place: Place) -> bool:
    return place.silent is not None and place.silent.go_to is not None


def _may_end(circle: Sequence[Place]) -> bool:
    """Whether something changes on the way round that a condition on the way asks for."""
    changed: set[str] = set()
    asked_for: set[str] = set()
    for place in circle:
        changed.update(place.silent.set_ if place.silent is not None else ())
        changed.update(place.silent.turn if place.silent is not None else ())
        asked_for.update(place.answers.when, place.answers.unless)
    return bool(changed & asked_for)


def _check_way_out(checked: Checked, every: Sequence[Place]) -> None:
    """Find steps from which no answer leads to the end."""
    out = {len(every)}
    grown = True
    while grown:
        found = {n for n, place in enumerate(every) if n not in out and place.leads_to & out}
        grown = bool(found)
        out |= found
    stuck = [number for number in range(len(every)) if number not in out]
    if stuck:
        place = every[stuck[-1]]
        checked.report(
            codes.ENDLESS,
            place.path,
            "Nobody gets out from here: every answer leads back. Let one of them go on.",
        )

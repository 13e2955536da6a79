"""The universals that name something of the script: minutes, a part of the body, a step."""

from collections.abc import Iterable, Iterator, Mapping

from voice_guide.language.pack import Language
from voice_guide.language.phrases import Phrase
from voice_guide.language.templates import normalise
from voice_guide.session.program import Moment

MINUTES = (1, 2, 3, 4, 5, 10)
"""How many more minutes can be asked for."""


def naming(
    language: Language, areas: Mapping[str, str], program: Iterable[Moment]
) -> Iterator[Phrase]:
    """Yield them: "two more minutes", "my back hurts", "skip to the arms".

    Args:
        language: the templates.
        areas: the areas by all the words for them.
        program: the session.
    """
    yield from language.naming("minutes", {language.number(n): str(n) for n in MINUTES})
    yield from language.naming("area", areas)
    steps = [moment for moment in program if moment.section == "step"]
    names = {
        normalise(language.with_numbers_said(step.name)): step.name for step in steps if step.name
    }
    worked_on = {step.area for step in steps}
    on_areas = {words: area for words, area in areas.items() if area in worked_on}
    yield from language.naming("step", on_areas | names)

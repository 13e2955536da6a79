"""Plain instructions into a draft of a session script.

Nothing is understood here, only recognised: verbs that instructions begin with, times, counts,
warnings, questions. What is not recognised is left out, and what has to be chosen is marked.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from voice_guide.errors import InputError
from voice_guide.importing.blocks import Block
from voice_guide.importing.build import build
from voice_guide.importing.draft import Draft
from voice_guide.importing.html import blocks_of_html, blocks_of_markdown
from voice_guide.importing.plain_text import blocks_of_text
from voice_guide.importing.signs import HearablePhrases
from voice_guide.importing.source import Kind, Source, read_source
from voice_guide.importing.write import yaml_of

__all__ = ["Draft", "Source", "draft_of", "read_source", "yaml_of"]

_READERS: Mapping[Kind, Callable[[str], Iterable[Block]]] = {
    "text": blocks_of_text,
    "markdown": blocks_of_markdown,
    "html": blocks_of_html,
}


def draft_of(
    source: Source, knows: Callable[[str], bool], universals: Mapping[str, Sequence[str]]
) -> Draft:
    """Return a draft of a script, made of instructions in English.

    Args:
        source: the instructions.
        knows: whether the speech model knows a word.
        universals: the phrases of each universal intent.

    Raises:
        InputError: there are no instructions in it.
    """
    taken = (phrase for phrases in universals.values() for phrase in phrases)
    draft = build(_READERS[source.kind](source.text), source.name, HearablePhrases(knows, taken))
    if not draft.steps:
        raise InputError(
            f"{source.name}: no instructions were found. Put each on a line of its own behind a "
            'dash or a number, and begin it with what to do: "- Warm the oil in your hands."'
        )
    return draft

"""Comparing what was said with what was to be said, as a person does."""

import difflib

from voice_guide.language.templates import normalise


def says(said: str, wanted: str) -> bool:
    """Return whether a line begins with the wanted words; case and punctuation do not count.

    Wanted words that begin with "..." may stand anywhere in the line.
    """
    words, begin = f"{normalise(said)} ", f"{normalise(wanted)} "
    if wanted.lstrip().startswith(("...", "\N{HORIZONTAL ELLIPSIS}")):
        return f" {begin}" in f" {words}"
    return words.startswith(begin)


def difference(said: str, wanted: str) -> str:
    """Return in words how two lines differ; an empty text where they have little in common."""
    had, should = normalise(said).split(), normalise(wanted).split()
    compared = difflib.SequenceMatcher(None, should, had, autojunk=False)
    if compared.ratio() < 0.4:
        return ""
    told = []
    changes = [change for change in compared.get_opcodes() if change[0] != "equal"]
    for number, (kind, a, b, c, d) in enumerate(changes):
        missing, more = " ".join(should[a:b]), " ".join(had[c:d])
        if kind == "insert":
            if b == len(should) and number == len(changes) - 1:
                continue  # a line may be longer than what was written of it
            told.append(f'"{more}" was said besides')
        elif kind == "delete":
            told.append(f'"{missing}" was not said')
        else:
            told.append(f'"{more}" was said in place of "{missing}"')
    return ", ".join(told)

"""The checks that the model alone cannot make."""

from collections.abc import Callable, Mapping, Sequence

from voice_guide.script.checks import (
    care,
    conditions,
    moves,
    pace,
    phrases,
    placeholders,
    questions,
    reaching,
    references,
    sentences,
    step_names,
    timing,
)
from voice_guide.script.checks.common import Checked, Measures
from voice_guide.script.findings import Finding, ScriptError
from voice_guide.script.loaded import LoadedScript
from voice_guide.script.switched_off import without_switched_off

_SUBJECTS = (
    references,
    placeholders,
    questions,
    conditions,
    moves,
    reaching,
    phrases,
    step_names,
    timing,
    pace,
    sentences,
    care,
)


def check(
    loaded: LoadedScript,
    vocabulary: Callable[[str], bool] | None = None,
    universals: Mapping[str, Sequence[str]] | None = None,
    measures: Measures | None = None,
) -> list[Finding]:
    """Return everything that is or may be wrong in a script, in the order of the file.

    Args:
        loaded: the script.
        vocabulary: tells whether the speech model knows a word; None leaves those checks out.
        universals: the phrases of each universal intent; None leaves those checks out.
        measures: how texts and phrases are measured; None estimates.
    """
    checked = Checked(loaded, vocabulary, universals or {}, measures or Measures())
    for subject in _SUBJECTS:
        subject.check(checked)
    left = without_switched_off(tuple(set(checked.findings)), loaded.lines)
    return sorted(left, key=lambda finding: (finding.position, finding.code.id, finding.message))


def require_playable(
    loaded: LoadedScript,
    vocabulary: Callable[[str], bool] | None,
    universals: Mapping[str, Sequence[str]],
) -> None:
    """Refuse a script that this speech model and this language cannot play.

    Raises:
        ScriptError: ``check`` finds errors.
    """
    errors = [f for f in check(loaded, vocabulary, universals) if f.severity == "error"]
    if errors:
        raise ScriptError(loaded.path, errors, loaded.lines)

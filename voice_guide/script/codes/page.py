"""The page of all codes: ``python -m voice_guide.script.codes.page > docs/check-codes.md``."""

import sys

from voice_guide.script.codes import SUBJECTS, Code, codes_about

_HEAD = """\
# The codes of `voice-guide check`

<!-- Made by: python -m voice_guide.script.codes.page > docs/check-codes.md -->

Every finding ends with its code, such as `[W41]`. `voice-guide check --explain W41` tells what it
means. A code never changes its meaning.

Errors (E) keep a script from being played. Warnings (W) do not.

A warning is switched off for a line with a comment in it, or on a line of its own above:

```
  - name: Fold the towel
    # check: off W41
    say: A long sentence ...
  - name: Unfold it
    say: Another one ...  # check: off W41
```

The warnings about care for people need a reason behind the code:
`# check: off W61: nobody is touched`. Of the errors only those that say so can be switched off. A
comment that switches nothing off is a warning itself.
"""


def page_text() -> str:
    """Return the page, Markdown."""
    parts = [_HEAD]
    for subject in SUBJECTS:
        parts.append(f"\n## {subject}\n")
        parts.extend(
            f"\n### {code.id}: {code.title}\n\n{code.why}\n" for code in codes_about(subject)
        )
    return "".join(parts)


def explain(code: Code) -> str:
    """Return what one code means, for the terminal."""
    kind = "An error: the script cannot be played." if code.severity == "error" else "A warning."
    return f"{code.id}: {code.title}. {kind}\n{code.why}\n{_off(code)}"


def _off(code: Code) -> str:
    if not code.can_be_off:
        return "It cannot be switched off."
    reason = ": and why" if code.needs_reason else ""
    return f'Switch it off for a line with the comment "# check: off {code.id}{reason}".'


if __name__ == "__main__":
    sys.stdout.write(page_text())

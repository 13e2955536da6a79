"""A kind of finding, with a code that stays the same from version to version."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Code:
    """A kind of finding."""

    id: str
    """A letter and two digits: E for an error, W for a warning. Never given to another kind."""

    title: str
    """What is wrong, in a few words."""

    why: str
    """Why it matters, and how it is mended, for an author."""

    can_be_off: bool = True
    """Whether ``# check: off`` switches it off for a line. Of the errors only few can."""

    needs_reason: bool = False
    """Whether ``# check: off`` counts only with a reason behind it."""

    @property
    def severity(self) -> Literal["error", "warning"]:
        """An error keeps the script from being played; a warning does not."""
        return "error" if self.id.startswith("E") else "warning"


def error(id: str, title: str, why: str, *, can_be_off: bool = False) -> Code:
    """Return the code of an error."""
    return Code(id, title, " ".join(why.split()), can_be_off)


def warning(id: str, title: str, why: str, *, needs_reason: bool = False) -> Code:
    """Return the code of a warning."""
    return Code(id, title, " ".join(why.split()), needs_reason=needs_reason)

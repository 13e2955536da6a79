"""Care for people: what a script that has hands on a body should ask and listen for."""

from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import care as codes
from voice_guide.script.walk import replies

_SIGNS = ("pain", "hurt", "numb", "tingl")


def check(checked: Checked) -> None:
    """Warn when a script names parts of the body but takes no care of them."""
    script = checked.script
    if not script.areas or script.language != "en":
        return
    if not script.before:
        checked.report(
            codes.NO_SCREENING,
            ("areas",),
            "This script works on the body, but asks nothing before it begins. Ask in 'before:' "
            "for what speaks against it, such as sore skin or an injury.",
            key=True,
        )
    stopping = [
        phrase
        for _, reply, _ in replies(script)
        if reply.stop is not None or reply.end is not None
        for phrase in reply.hear
    ]
    if not any(sign in phrase.lower() for phrase in stopping for sign in _SIGNS):
        checked.report(
            codes.NO_STOP_SIGN,
            ("areas",),
            "This script works on the body, but has no reply of its own that stops for pain or "
            "numbness. Add one to 'replies:'.",
            key=True,
        )

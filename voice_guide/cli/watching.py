"""How a command shows what happens: JSON lines or captions."""

import sys

from voice_guide.captions import Captions
from voice_guide.conductor import Watcher
from voice_guide.trace import JsonTrace


def watcher(as_json: bool) -> Watcher:
    """Return what writes the session to standard output."""
    return JsonTrace(sys.stdout) if as_json else Captions(sys.stdout)

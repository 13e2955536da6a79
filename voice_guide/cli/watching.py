"""How a command shows what happens: JSON lines or captions."""

import sys

from voice_guide.captions import Captions
from voice_guide.conductor import Watcher
from voice_guide.trace import JsonTrace


def watcher(as_json: bool, *, with_the_voice: bool = False) -> Watcher:
    """Return what writes the session to standard output.

    Args:
        as_json: JSON lines in place of captions.
        with_the_voice: captions of each sentence when it begins to sound; there is sound.
    """
    if as_json:
        return JsonTrace(sys.stdout)
    return Captions(sys.stdout, with_the_voice=with_the_voice)

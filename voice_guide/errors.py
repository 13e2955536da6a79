"""The exceptions that voice_guide raises for people to read.

Every error says what is wrong, where, and what to do. The command line prints the message and
leaves with the exit code; it never prints a traceback for these.
"""


class VoiceGuideError(Exception):
    """Base of all errors meant for a person."""

    exit_code = 1
    """What the process returns to the shell."""


class InputError(VoiceGuideError):
    """The user's input is wrong: a script, a recording, a phrase, an option's value."""

    exit_code = 1


class MachineError(VoiceGuideError):
    """The machine lacks something: a microphone, a loudspeaker, a voice, a speech model."""

    exit_code = 3


def reason(error: BaseException) -> str:
    """Return why the system has refused something, to end a sentence with."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)

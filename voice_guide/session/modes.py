"""How the ears listen, changed by voice: with headphones, in the room, or on a key."""

from voice_guide.session import questions
from voice_guide.session.actions import Mode, SetMode
from voice_guide.session.events import Heard
from voice_guide.session.turn import Turn


def headphones(turn: Turn, heard: Heard) -> None:
    """The microphone cannot hear the narrator: no echo is to be cancelled."""
    del heard
    _change(turn, "headphones")


def room(turn: Turn, heard: Heard) -> None:
    """The microphone hears the narrator, too."""
    del heard
    _change(turn, "room")


def push(turn: Turn, heard: Heard) -> None:
    """Listen only after a key or a pedal was pressed."""
    del heard
    _change(turn, "push")


def _change(turn: Turn, mode: Mode) -> None:
    turn.do(SetMode(mode))
    turn.respond(turn.prompt(f"mode {mode}"))
    questions.ask_again(turn)

"""The dialogue: a pure reducer from events to actions, with no clock, sound, file or thread."""

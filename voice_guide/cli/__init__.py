"""The command line: parse, call, print."""

from voice_guide.cli.commands import main

__all__ = ["main"]

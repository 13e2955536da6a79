"""The ``voice-guide`` command and how its errors reach a person."""

import importlib
import keyword
import os
import sys
from typing import Any

import click

from voice_guide.errors import VoiceGuideError

_COMMANDS = (
    "play",
    "resume",
    "rehearse",
    "new",
    "check",
    "test",
    "import",
    "describe",
    "hear",
    "history",
    "report",
    "export",
    "forget",
    "doctor",
    "devices",
    "model",
)


INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C has ended."""


class _Group(click.Group):
    """Loads a command's module only when it is used, and turns our errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module = importlib.import_module(f"voice_guide.cli.{name}")
        command: click.Command = getattr(module, name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VoiceGuideError as error:
            click.echo(str(error), err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.stderr.close()  # whoever read our output has gone, as "| head" does
            sys.exit(0)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="voice-guide", prog_name="voice-guide")
def main() -> None:
    """A session player that reads aloud and listens all the while. Nothing leaves the machine.

    \b
    Example:
      voice-guide play back_massage
    """

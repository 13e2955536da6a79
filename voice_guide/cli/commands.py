"""The ``voice-guide`` command and how its errors reach a person."""

import difflib
import errno
import importlib
import keyword
import os
import sys
from typing import Any

import click

from voice_guide.errors import InputError, VoiceGuideError

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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; of a wrong name, tell the one that was probably meant."""
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            near = difflib.get_close_matches(args[0], _COMMANDS, n=1, cutoff=0.6)
            meant = f" Did you mean '{near[0]}'?" if near else f" There is: {', '.join(_COMMANDS)}."
            ctx.fail(f"There is no command '{args[0]}'.{meant}")
        return super().resolve_command(ctx, args)

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
        except (OSError, ValueError) as error:
            told = _of_a_name(error)
            if told is None:
                raise
            click.echo(told, err=True)
            sys.exit(InputError.exit_code)


def _of_a_name(error: OSError | ValueError) -> str | None:
    """Return what is wrong with a name that no file can have, or None if it is something else."""
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return f"{str(error.filename)[:60]}...: this is too long for the name of a file."
    if isinstance(error, UnicodeEncodeError) and "surrogates" in error.reason:
        return f"{ascii(error.object)[:60]}: there is a character in this that is none."
    if str(error).startswith("embedded null"):
        return "There is a zero byte in the name of a file. Write the name without it."
    return None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="voice-guide", prog_name="voice-guide")
def main() -> None:
    """A session player that reads aloud and listens all the while. Nothing leaves the machine.

    \b
    Example:
      voice-guide play back_massage
    """

"""``voice-guide model``: other speech models than the built-in one."""

import json
from pathlib import Path

import click

from voice_guide.cli.options import json_option
from voice_guide.errors import InputError
from voice_guide.home import from_home
from voice_guide.settings import load_settings

_language = click.option(
    "--language", default="en", show_default=True, help="The language that the model hears."
)


@click.group()
def model() -> None:
    """List, fetch, choose and remove speech models.

    \b
    Example:
      voice-guide model install small-en-us
    """


@model.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """Show the models that are here, and those that can be fetched by name."""
    from voice_guide.language.pack import load_language  # noqa: PLC0415 -- keeps --help quick
    from voice_guide.speech_models.catalog import PUBLISHED  # noqa: PLC0415
    from voice_guide.speech_models.installed import BUILT_IN, installed  # noqa: PLC0415

    used = load_settings().model
    here = installed()
    rows: list[dict[str, object]] = [
        {"name": BUILT_IN, "installed": True, "in_use": used is None, "folder": None}
    ]
    for name, folder in here.items():
        in_use = used is not None and used.resolve() == folder.resolve()
        rows.append({"name": name, "installed": True, "in_use": in_use, "folder": str(folder)})
    if used is not None and not any(row["in_use"] for row in rows):
        rows.append({"name": str(used), "installed": True, "in_use": True, "folder": str(used)})
    for name, published in PUBLISHED.items():
        if name in here:
            continue
        try:
            load_language(published.language)
            speaks = True
        except InputError:
            speaks = False
        rows.append(
            {
                "name": name,
                "installed": False,
                "in_use": False,
                "megabytes": published.megabytes,
                "language": published.language,
                "language_pack": speaks,
                "address": published.address,
                "sha256": published.sha256,
            }
        )
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))


def _line(row: dict[str, object]) -> str:
    if row["in_use"]:
        state = "in use"
    elif row["installed"]:
        state = "installed"
    else:
        state = f"can be installed, {row['megabytes']} MB, language {row['language']}"
        if not row["language_pack"]:
            state += " (voice-guide does not speak it yet)"
    return f"{row['name']}: {state}"


@model.command()
@click.argument("what")
@click.option("--sha256", help="The checksum of the archive. Needed for an address.")
@_language
def install(what: str, sha256: str | None, language: str) -> None:
    """Install the model WHAT: a name from the list, a ZIP file, or the address of one.

    A published model is fetched from Vosk's site and checked against its known checksum. Each is
    unpacked with care, and tried: it has to hear a synthesised "stop".

    \b
    Examples:
      voice-guide model install small-en-us
      voice-guide model install Downloads/vosk-model-small-en-us-0.15.zip
    """
    from voice_guide.speech_models import catalog  # noqa: PLC0415
    from voice_guide.speech_models.installed import (  # noqa: PLC0415
        install_address,
        install_archive,
        install_published,
    )

    known = catalog.find(what)
    path = from_home(Path(what))
    if what.startswith(("https://", "http://")):
        folder, tried = install_address(what, sha256, language, _tell)
    elif path.is_file():
        folder, tried = install_archive(path, sha256, language, _tell)
    elif path.is_dir():
        raise InputError(
            f"{path} is a folder. It is used where it is: voice-guide model use {what}"
        )
    elif known is not None and sha256 is not None:
        raise InputError(f"{what} has a known checksum. Leave --sha256 out.")
    elif known is not None:
        folder, tried = install_published(*known, _tell)
    else:
        raise InputError(
            f'There is no file "{what}", and no model of that name. Known by name: '
            f"{', '.join(catalog.PUBLISHED)}."
        )
    _tell_lacking(tried.lacking)
    click.echo(
        f'Installed {folder.name}. It heard a synthesised "stop" {tried.late:.2f} s after its end.'
    )
    click.echo(f"To use it from now on, type: voice-guide model use {folder.name}")


@model.command()
@click.argument("what")
@_language
def use(what: str, language: str) -> None:
    """Use the model WHAT from now on: an installed one, any folder with one, or built-in.

    \b
    Examples:
      voice-guide model use small-en-us
      voice-guide model use built-in
    """
    from voice_guide.speech_models import catalog  # noqa: PLC0415
    from voice_guide.speech_models.installed import BUILT_IN, installed  # noqa: PLC0415
    from voice_guide.speech_models.installed import use as use_model  # noqa: PLC0415
    from voice_guide.speech_models.trial import try_model  # noqa: PLC0415

    if what == BUILT_IN:
        use_model(None)
        click.echo("The built-in model is used from now on.")
        return
    known = catalog.find(what)
    folder = installed().get(known[0] if known is not None else what)
    if folder is None:
        folder = from_home(Path(what))
        if not folder.is_dir():
            hint = f"voice-guide model install {what}" if known else "voice-guide model list"
            raise InputError(f'There is no model "{what}" here. Type: {hint}')
        folder = folder.resolve()
    elif known is not None:
        language = known[1].language
    tried = try_model(folder, language)
    _tell_lacking(tried.lacking)
    use_model(folder)
    click.echo(
        f"{folder} is used from now on. "
        f'It heard a synthesised "stop" {tried.late:.2f} s after its end.'
    )


@model.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove the installed model NAME from the disk."""
    from voice_guide.speech_models.installed import remove as remove_model  # noqa: PLC0415

    was_used = remove_model(name, load_settings().model)
    click.echo(f"Removed {name}.")
    if was_used:
        click.echo("It was in use. The built-in model is used from now on.")


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _tell_lacking(phrases: tuple[str, ...]) -> None:
    if phrases:
        shown = ", ".join(f'"{phrase}"' for phrase in phrases[:8])
        more = f" and {len(phrases) - 8} more" if len(phrases) > 8 else ""
        _tell(f"It does not know words of these phrases, so they cannot be heard: {shown}{more}.")

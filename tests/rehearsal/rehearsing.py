"""Runs ``voice-guide rehearse --json`` in a process of its own, as a user does."""

import json
import subprocess
import sys


def rehearse(*arguments: str, folder=None) -> list[dict]:
    """Return everything that happened, in order."""
    command = [sys.executable, "-m", "voice_guide", "rehearse", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def heard(told: list[dict]) -> list[str | None]:
    """Return the intents that were heard, in order."""
    return [one["intent"] for one in told if one["event"] == "heard"]


def said(told: list[dict]) -> list[str]:
    """Return what the narrator said, in order."""
    return [one["text"] for one in told if one["event"] == "say"]


def first(told: list[dict], event: str, **fields) -> dict:
    """Return the first event of a kind with these fields."""
    for one in told:
        if one["event"] == event and all(one[name] == value for name, value in fields.items()):
            return one
    raise AssertionError(f"there is no {event} with {fields}")

"""What a session script is, and how it is found, loaded and checked."""

from voice_guide.script.checker import check, require_playable
from voice_guide.script.estimate import estimate
from voice_guide.script.find import bundled_scripts, find_script
from voice_guide.script.findings import Finding, ScriptError, describe
from voice_guide.script.loaded import LoadedScript
from voice_guide.script.loader import load_script, parse_script
from voice_guide.script.model import Script

__all__ = [
    "Finding",
    "LoadedScript",
    "Script",
    "ScriptError",
    "bundled_scripts",
    "check",
    "describe",
    "estimate",
    "find_script",
    "load_script",
    "parse_script",
    "require_playable",
]

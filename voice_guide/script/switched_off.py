"""Findings that the author has switched off for a line: ``# check: off W41``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice_guide.script.codes import find_code
from voice_guide.script.codes import form as codes
from voice_guide.script.findings import Finding
from voice_guide.script.positions import Position, SourceLines

_COMMENT = re.compile(r"(?:^|\s)#\s*check:\s*off\b\s*([^:]*)(?::\s*(\S.*))?")
_ALONE = re.compile(r"\s*#")


@dataclass
class _Switch:
    """One code in a comment, and the line that it counts for."""

    code: str
    at: Position
    line: int
    reason: str | None
    used: bool = False


def without_switched_off(findings: Sequence[Finding], lines: Sequence[str]) -> list[Finding]:
    """Return the findings that are left, and one more for each comment that switches nothing off.

    A comment counts for its own line, or, on a line of its own, for the next line that is more
    than a comment.
    """
    switches = list(_switches(lines))
    if isinstance(lines, SourceLines):
        for part, of_part in lines.parts.items():
            switches.extend(_switches(of_part, part))
    left = [finding for finding in findings if not _is_off(finding, switches)]
    return left + [_useless(switch) for switch in switches if not switch.used]


def _switches(lines: Sequence[str], part: str = "") -> Iterator[_Switch]:
    for number, line in enumerate(lines, 1):
        found = _COMMENT.search(line) if "check" in line else None
        if found is None:
            continue
        at = Position(number, line.index("#", found.start()) + 1, part=part)
        target = _next_line(lines, number) if _ALONE.match(line) else number
        for code in re.findall(r"\w+", found[1]) or [""]:
            yield _Switch(code.upper(), at, target, found[2])


def _next_line(lines: Sequence[str], number: int) -> int:
    return next(
        (
            other
            for other in range(number + 1, len(lines) + 1)
            if lines[other - 1].strip() and not _ALONE.match(lines[other - 1])
        ),
        number,
    )


def _is_off(finding: Finding, switches: list[_Switch]) -> bool:
    if not finding.code.can_be_off:
        return False
    for switch in switches:
        same_file = switch.at.part == finding.position.part
        if same_file and (switch.code, switch.line) == (finding.code.id, finding.position.line):
            switch.used = True
            if switch.reason or not finding.code.needs_reason:
                return True
    return False


def _useless(switch: _Switch) -> Finding:
    code = find_code(switch.code)
    if code is None:
        known = f'"{switch.code}" is no code' if switch.code else "There is no code here"
        message = f'{known}. Write one behind it, as in "# check: off W41".'
    elif not code.can_be_off:
        message = f"{code.id} is an error, and cannot be switched off: {code.title.lower()}."
    else:
        message = f"There is no {code.id} in line {switch.line}. Remove the comment."
    return Finding(codes.SWITCHES_NOTHING_OFF, switch.at, message)

"""PyYAML's syntax errors in plain words."""

import yaml

from voice_guide.script.positions import Position, split_lines

_QUOTES = 'A text that begins with one of { [ * & ! % @ ` " \' or has ": " in it needs quotes.'

_INDENTATION = f"This does not fit the lines above. Look at its indentation. {_QUOTES}"
_UNCLOSED = (
    "that is opened here is not closed as it should be. Between brackets or braces, a text with "
    "one of { } [ ] , in it needs quotes."
)
_ESCAPE = "This is no whole escape. Use single quotes, or write two backslashes."
_LIST = "A list cannot begin here. Put each item on a line of its own, after a dash."

_QUESTION_MARK = (  # only without libyaml, which most installations of PyYAML have
    "Between brackets or braces, a text with a question mark in it needs quotes."
)

_PLAIN = (  # part of PyYAML's or libyaml's words, what they mean
    ("mapping values are not allowed", f"A colon cannot be here. {_QUOTES}"),
    ("but got '?'", _QUESTION_MARK),
    ("undefined tag handle", "This is a YAML tag, and scripts have none. Put the text in quotes."),
    ("escape", _ESCAPE),
    ("hex", _ESCAPE),  # libyaml writes "hexdecimal"
    ("document start", _INDENTATION),
    ("block end", _INDENTATION),
    ("expected key", _INDENTATION),
    ("'-' indicator", _INDENTATION),
    ("sequence entries are not allowed", _LIST),
)

_PLAIN_AT_START = (  # the same, where the place to show is where the trouble began
    ("unexpected end of stream", "A quote is opened here and never closed."),
    ("unexpected document indicator", "A quote is opened here and never closed."),
    ("',' or '}'", f'The "{{" {_UNCLOSED}'),
    ("',' or ']'", f'The "[" {_UNCLOSED}'),
    ("expected ':'", 'There is no colon after this key. Write "key: value".'),
    ("alphabetic or numeric character", f"No text can begin like this. {_QUOTES}"),
)


def in_plain_words(error: yaml.YAMLError, text: str) -> tuple[Position | None, str]:
    """Return where a YAML error is, if that is known, and what it means to an author."""
    problem = str(getattr(error, "problem", "") or getattr(error, "reason", "") or "")
    mark = getattr(error, "problem_mark", None)
    if "cannot start any token" in problem:
        return _position(mark), _odd_start(mark, text)
    for part, message in _PLAIN:
        if part in problem:
            return _position(mark), message
    for part, message in _PLAIN_AT_START:
        if part in problem:
            return _position(getattr(error, "context_mark", None) or mark), message
    detail = f" ({problem})" if problem else ""
    return _position(mark), f"The YAML is not well formed here{detail}. {_QUOTES}"


def _odd_start(mark: yaml.Mark | None, text: str) -> str:
    lines = split_lines(text)
    if mark is not None and mark.line < len(lines) and "\t" in lines[mark.line][: mark.column + 1]:
        return "There is a tab here. Indent with spaces only."
    return f"No text can begin with this character. {_QUOTES}"


def _position(mark: yaml.Mark | None) -> Position | None:
    return None if mark is None else Position(mark.line + 1, mark.column + 1)

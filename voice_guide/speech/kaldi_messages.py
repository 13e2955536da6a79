"""Kaldi, inside Vosk, writes to the process's standard error whatever log level is set."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

_KALDI_LINE = re.compile(rb"^(WARNING|ERROR|ASSERTION_FAILED|LOG) \(|^ERROR: \w+::Read|^$")


@contextmanager
def kaldi_messages() -> Iterator[list[str]]:
    """Collect what Kaldi and OpenFst write to standard error, and pass all else on.

    The list that this gives is filled on leaving. Where the process has no standard error, it
    stays empty.
    """
    collected: list[str] = []
    try:
        kept = os.dup(2)
    except OSError:
        yield collected
        return
    with tempfile.TemporaryFile() as written:
        os.dup2(written.fileno(), 2)
        try:
            yield collected
        finally:
            os.dup2(kept, 2)
            written.seek(0)
            lines = written.read().splitlines(keepends=True)
            theirs = [line for line in lines if _KALDI_LINE.match(line)]
            collected += [line.decode("utf-8", "replace").strip() for line in theirs]
            others = b"".join(line for line in lines if not _KALDI_LINE.match(line))
            if others:
                os.write(kept, others)
            os.close(kept)

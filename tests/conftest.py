"""What the whole suite shares."""

import os
import signal

import pytest

# Where the suite runs in the background, its children would be born deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the checks of ./test that failed before the suite, where they are not scrolled away."""
    if failed := os.environ.get("VOICE_GUIDE_CHECKS_FAILED"):
        terminalreporter.section("other checks that failed, see above")
        terminalreporter.write_line(failed)

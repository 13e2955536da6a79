"""A day of sessions in the simulated room: is an event lost, does time drift, does memory grow?

Run: python -m benchmarks.soak

Somebody says random commands and answers, and sittings are broken off at random moments and gone
on with. Conductor, player, room and journal are real; the narrator hums, and nothing is
recognised: the ears say what was said. Two runs with other seeds may be started side by side:

    python -m benchmarks.soak --hours 12 & python -m benchmarks.soak --hours 12 --seed 25
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"


def main() -> int:
    """Soak and print. Returns 1 when something was lost."""
    sys.path[:0] = [str(TESTS / "store"), str(TESTS / "session")]
    from soaking import Soaked, soak  # noqa: PLC0415 -- they lie with the tests
    from test_faults import resident_megabytes  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=24.0, help="session hours")
    parser.add_argument("--seed", type=int, default=24, help="of what is said and when")
    options = parser.parse_args()

    def row(now: Soaked) -> None:
        print(
            f"{now.seconds / 3600:6.1f} h {now.sittings:6} {now.happened:8} "
            f"{now.happened - now.kept:5} {now.drift:8.3f} s {now.late:8.3f} s "
            f"{now.megabytes:8.1f} MB",
            flush=True,
        )

    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, seed {options.seed}")
    print(f"at the start {resident_megabytes():.1f} MB")
    print("session  sittings  events  lost   drift      a timer late  memory")
    began, hour, last = time.monotonic(), 0, None
    with tempfile.TemporaryDirectory() as folder:
        for last in soak(options.hours, Path(folder) / "journal.db", options.seed):
            if last.seconds >= hour * 3600:
                row(last)
                hour = int(last.seconds / 3600) + 1
    if last is None:
        return 0
    row(last)
    print(f"states as replayed: {'all' if last.as_replayed else 'not all'}")
    print(f"it took {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.1f}")
    return int(last.kept != last.happened or not last.as_replayed)


if __name__ == "__main__":
    sys.exit(main())

"""Make the speech model: python -m models.builder [FOLDER]."""

import argparse
import sys
from pathlib import Path

from models.builder.build import CHECK, FREQUENT, NETWORK, STOP_CHECK, build
from voice_guide.resources import models_folder


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=models_folder() / "vosk-builtin-en", help="where to"
    )
    parser.add_argument("--words", type=int, default=FREQUENT, help="how many frequent words")
    parser.add_argument(
        "--scores", choices=("joint", "gmm", "network"), default="joint", help="from where"
    )
    parser.add_argument("--network", type=Path, default=NETWORK, help="the trained network")
    parser.add_argument("--phrase-check", type=Path, default=CHECK, help="the second opinion")
    parser.add_argument("--stop-check", type=Path, default=STOP_CHECK, help="that on ends of talk")
    arguments = parser.parse_args()
    try:
        told = build(
            arguments.folder,
            words=arguments.words,
            scores=arguments.scores,
            network=arguments.network,
            check=arguments.phrase_check,
            stop_check=arguments.stop_check,
        )
    except (ImportError, FileNotFoundError) as error:
        print(f"{error}. See models/README.md for what is needed.", file=sys.stderr)
        return 3
    print(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())

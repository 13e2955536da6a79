"""``python -m voice_guide`` is the same as ``voice-guide``."""

from voice_guide.cli import main

if __name__ == "__main__":
    main(prog_name="voice-guide")

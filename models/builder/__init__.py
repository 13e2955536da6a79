"""Makes the speech model ``vosk-builtin-en``: ``python -m models.builder``."""

"""voice_guide: an offline, hands-free session player that listens while it talks."""

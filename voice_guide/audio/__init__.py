"""Sound in and out: devices, the player, earcons and the echo canceller.

Nothing here knows about scripts, sessions or speech recognition.
"""

"""A session in a simulated room, with a person who speaks when the cues say so."""

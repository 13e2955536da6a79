"""Text to sound and sound to text: the narrator and the listener."""

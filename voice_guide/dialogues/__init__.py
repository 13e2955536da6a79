"""Dialogue tests: what a person says, and what the session must do, as a text to read."""

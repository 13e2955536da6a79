"""The checks of a script, one module per subject."""

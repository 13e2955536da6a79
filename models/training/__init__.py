"""Trains the network of the speech model: ``python -m models.training``."""

"""Other speech models than the built-in one: fetched, unpacked, tried, chosen and removed."""

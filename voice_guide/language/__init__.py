"""What the narrator says by itself and what people can say, one folder per language."""

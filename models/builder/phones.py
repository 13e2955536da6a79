"""The phones of the graph: each with its position in the word, as Kaldi numbers them."""

from models.builder.sphinx import BEGIN, END, INTERNAL, NOISES, SILENCE, SINGLE, Definition

_SUFFIX = {BEGIN: "_B", END: "_E", INTERNAL: "_I", SINGLE: "_S"}
_KIND = {"_B": "begin", "_E": "end", "_I": "internal", "_S": "singleton"}


class PhoneTable:
    """Names and numbers of the phones. Number 0 is no phone."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self.names = ["<eps>", SILENCE, *NOISES]
        for name, filler in zip(definition.phones, definition.is_filler, strict=True):
            if not filler:
                self.names += [name + suffix for suffix in _SUFFIX.values()]
        self._number = {name: number for number, name in enumerate(self.names)}

    def __len__(self) -> int:
        """Return how many phones there are."""
        return len(self.names) - 1

    @property
    def silences(self) -> tuple[int, ...]:
        """Numbers of the phones that are no speech."""
        return tuple(self._number[name] for name in (SILENCE, *NOISES))

    def number(self, base: int, position: int) -> int:
        """Return the number of a phone of the model definition at a position in a word."""
        name = self._definition.phones[base]
        filler = self._definition.is_filler[base]
        return self._number[name if filler else name + _SUFFIX[position]]

    def base(self, number: int) -> int:
        """Return which phone of the model definition a number stands for."""
        name = self.names[number]
        return self._definition.phones.index(name if number in self.silences else name[:-2])

    def word_boundary(self) -> str:
        """Return the text of ``word_boundary.int``."""
        lines = []
        for number, name in enumerate(self.names[1:], 1):
            kind = "nonword" if number in self.silences else _KIND[name[-2:]]
            lines.append(f"{number} {kind}\n")
        return "".join(lines)

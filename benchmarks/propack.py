"""Unpacks what Rob Northen's ProPack packed (RNC, method 1), as an old game keeps its speech."""

import struct
from dataclasses import dataclass, field

MAGIC = b"RNC\x01"
_HEADER = 18
_SYMBOLS_BITS, _LENGTH_BITS, _ROUNDS_BITS = 5, 4, 16


@dataclass
class _Bits:
    """Bits from 16-bit words, the lowest first; between them bytes are copied as they are."""

    data: bytes
    place: int = _HEADER
    waiting: int = 0
    many: int = 16
    """Of the bits that wait; the last 16 are of the word at ``place``, which is not passed yet."""

    def __post_init__(self) -> None:
        self.waiting = self._word()

    def _word(self) -> int:
        return int.from_bytes(self.data[self.place : self.place + 2], "little")

    def take(self, many: int) -> int:
        """Return the next bits as a number."""
        value = self.waiting & ((1 << many) - 1)
        self.waiting >>= many
        self.many -= many
        if self.many < 16:
            self.place += 2
            self.waiting |= self._word() << self.many
            self.many += 16
        return value

    def copy(self, many: int) -> bytes:
        """Return the next bytes as they are."""
        copied = self.data[self.place : self.place + many]
        self.place += many
        kept = self.many - 16
        self.waiting = self.waiting & ((1 << kept) - 1) | self._word() << kept
        return copied


@dataclass
class _Code:
    """A Huffman code of how many bits a number has."""

    of: dict[tuple[int, int], int] = field(default_factory=dict)
    """The symbol of a length and bits, first bit lowest."""

    @classmethod
    def read(cls, bits: _Bits) -> "_Code":
        """Return the code that comes next."""
        lengths = [bits.take(_LENGTH_BITS) for _ in range(bits.take(_SYMBOLS_BITS))]
        code, found = 0, cls()
        for length in range(1, max(lengths, default=0) + 1):
            for symbol, own in enumerate(lengths):
                if own == length:
                    found.of[length, int(f"{code:0{length}b}"[::-1], 2)] = symbol
                    code += 1
            code <<= 1
        return found

    def number(self, bits: _Bits) -> int:
        """Return the next number.

        Raises:
            ValueError: no symbol fits: the data is damaged.
        """
        for length in sorted({length for length, _ in self.of}):
            symbol = self.of.get((length, bits.waiting & ((1 << length) - 1)))
            if symbol is not None:
                bits.take(length)
                return symbol if symbol < 2 else 1 << (symbol - 1) | bits.take(symbol - 1)
        raise ValueError("This is not packed by ProPack, or damaged.")


def unpacked(data: bytes) -> bytes:
    """Return packed data as it was.

    Args:
        data: begins with ``MAGIC``.

    Raises:
        ValueError: it is something else, or damaged.
    """
    if not data.startswith(MAGIC):
        raise ValueError("This is not packed by ProPack, method 1.")
    (size,) = struct.unpack(">I", data[4:8])
    bits, out = _Bits(data), bytearray()
    bits.take(2)
    while len(out) < size:
        raw, distance, length = (_Code.read(bits) for _ in range(3))
        rounds = bits.take(_ROUNDS_BITS)
        for left in reversed(range(rounds)):
            out += bits.copy(raw.number(bits))
            if left:
                back, many = distance.number(bits) + 1, length.number(bits) + 2
                for _ in range(many):
                    out.append(out[-back])
        if not rounds:
            raise ValueError("This is not packed by ProPack, or damaged.")
    return bytes(out)

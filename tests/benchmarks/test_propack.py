"""Unpacking: a stream that was packed by hand."""

import pytest

from benchmarks.propack import MAGIC, unpacked

WORD = 16
LENGTHS = [1, 0, 0, 1]
"""A code of two numbers: bit 0 is 0, bit 1 and two more bits are 4 to 7."""


def lowest_first(*numbers: tuple[int, int]) -> list[int]:
    """Return the bits of numbers, each of so many bits."""
    return [number >> place & 1 for number, many in numbers for place in range(many)]


def code(lengths: list[int]) -> list[int]:
    return lowest_first((len(lengths), 5), *((length, 4) for length in lengths))


def packed() -> bytes:
    """Return "hello", and seven bytes again from five bytes back."""
    only_large = code([0, 0, 0, 1])
    begin = lowest_first((0, 2)) + code(LENGTHS) + only_large * 2 + lowest_first((2, WORD))
    five_bytes, none = [1, *lowest_first((5 - 4, 2))], [0]
    back, again = [0, *lowest_first((5 - 1 - 4, 2))], [0, *lowest_first((7 - 2 - 4, 2))]
    bits = begin + five_bytes + back + again + none
    bits += [0] * (-len(bits) % WORD)
    words = [bits[place : place + WORD] for place in range(0, len(bits), WORD)]
    data = b"".join(
        sum(bit << n for n, bit in enumerate(word)).to_bytes(2, "little") for word in words
    )
    header = MAGIC + (12).to_bytes(4, "big") + len(data).to_bytes(4, "big") + bytes(6)
    return header + data + b"hello" + bytes(8)


def test_bytes_are_copied_and_repeated() -> None:
    assert unpacked(packed()) == b"hellohellohe"


@pytest.mark.parametrize("data", [b"", b"RIFF and so on", packed()[:18] + bytes(60)])
def test_what_is_not_packed_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match="not packed"):
        unpacked(data)

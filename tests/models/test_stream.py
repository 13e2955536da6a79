import io
import struct

import numpy as np
import pytest

from models.builder.kaldi_stream import KaldiStream

kaldiio = pytest.importorskip("kaldiio", reason="kaldiio, which reads Kaldi's matrices, is missing")


def read(stream: KaldiStream) -> np.ndarray:
    """What another reader makes of a matrix or a vector."""
    from kaldiio.matio import read_kaldi

    return read_kaldi(io.BytesIO(stream.data()))


def test_another_reader_finds_the_same_vector() -> None:
    assert read(KaldiStream().vector([1.5, -2.0, 3.25])).tolist() == [1.5, -2.0, 3.25]
    assert read(KaldiStream().vector([1.1, 2.2], double=True)).tolist() == [1.1, 2.2]


def test_another_reader_finds_the_same_matrix() -> None:
    matrix = np.arange(6, dtype=np.float32).reshape(2, 3) / 7
    assert np.array_equal(read(KaldiStream().matrix(matrix)), matrix)


@pytest.mark.parametrize(("bits", "steps"), [(16, 65535), (8, 255)])
def test_a_compact_matrix_is_within_half_a_step(bits: int, steps: int) -> None:
    matrix = np.random.default_rng(1).normal(size=(5, 7))
    stream = KaldiStream()
    (stream.matrix_of_16_bits if bits == 16 else stream.matrix_of_8_bits)(matrix)
    found = read(stream)
    step = (matrix.max() - matrix.min()) / steps
    assert np.abs(found - matrix).max() <= 0.51 * step


def test_eight_bits_keep_two_values_exactly() -> None:
    matrix = np.eye(4)
    assert np.array_equal(read(KaldiStream().matrix_of_8_bits(matrix)), matrix)


def test_numbers_carry_their_size_and_lists_their_length() -> None:
    stream = KaldiStream().tagged("<A>", 7).tagged("<B>", 0.5).tagged("<C>", True).integers([3, 4])
    stream.float64(2.0)
    expected = b"\0B<A> \4" + struct.pack("<i", 7) + b"<B> \4" + struct.pack("<f", 0.5)
    expected += b"<C> T" + b"\4" + struct.pack("<3i", 2, 3, 4) + b"\x08" + struct.pack("<d", 2.0)
    assert stream.data() == expected

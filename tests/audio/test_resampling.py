import numpy as np
import pytest

from voice_guide.audio.format import BLOCK, BLOCK_SECONDS, RATE, Samples
from voice_guide.audio.resampling import LAG_BLOCKS, RateConverter

RATES = [8_000, 11_025, 22_050, 44_100, 48_000, 96_000]


def tone(rate: int, seconds: float = 1.0) -> Samples:
    return np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate).astype(np.float32)


def drain(converter: RateConverter) -> Samples:
    blocks = []
    while converter.ready:
        blocks.append(converter.pop())
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)


@pytest.mark.parametrize("rate", [*RATES, RATE])
def test_a_tone_keeps_its_shape_and_its_place_in_time(rate):
    converter = RateConverter(rate, RATE, BLOCK)
    frames = round(rate / 50)
    source = tone(rate)
    parts = []
    for first in range(0, len(source), frames):
        converter.push(source[first : first + frames])
        parts.append(drain(converter))
    result = np.concatenate(parts)
    assert len(result) % BLOCK == 0
    inner = slice(800, len(result) - 800)
    assert np.abs(result[inner] - tone(RATE)[: len(result)][inner]).max() < 0.01


@pytest.mark.parametrize("rate", RATES)
def test_it_never_holds_back_more_than_it_says(rate):
    for rate_in, rate_out in ((rate, RATE), (RATE, rate)):
        block_in, block_out = round(rate_in / 50), round(rate_out / 50)
        converter = RateConverter(rate_in, rate_out, block_out)
        got = 0
        for pushed in range(1, 200):
            converter.push(np.zeros(block_in, np.float32))
            got += len(drain(converter))
            held_s = pushed * block_in / rate_in - got / rate_out
            assert held_s < LAG_BLOCKS * BLOCK_SECONDS + 1e-6


@pytest.mark.parametrize("rate", [RATE, 44_100, 48_000])
def test_hush_leaves_nothing_of_the_sound_and_all_of_the_time(rate):
    frames = round(rate / 50)
    converter = RateConverter(RATE, rate, frames)
    loud = np.full(BLOCK, 0.5, np.float32)
    quiet = np.zeros(BLOCK, np.float32)
    total = 0
    for _ in range(9):
        converter.push(loud)
        total += len(drain(converter))
    converter.hush()
    after = drain(converter)
    for _ in range(91):
        converter.push(quiet)
        after = np.concatenate([after, drain(converter)])
    assert not after.any()
    assert total + len(after) >= (100 - LAG_BLOCKS) * frames

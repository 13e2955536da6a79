import numpy as np
import pytest

from voice_guide.audio.echo_trust import ECHO_LASTS, EchoTrust
from voice_guide.audio.format import BLOCK, RATE, Samples, gain, silence

SPEECH = 0.1 * np.random.default_rng(1).standard_normal(30 * RATE).astype(np.float32)


def blocks(sound: Samples) -> list[Samples]:
    return list(sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK))


@pytest.fixture
def trust():
    """Echo trust, and what lets the narrator speak, less so many dB behind the canceller."""
    trust = EchoTrust()

    def narrate(seconds: float, less_db: float | None) -> int:
        """Return the samples so far."""
        for block in blocks(SPEECH[: round(seconds * RATE)]):
            if less_db is None:
                trust.accept(silence(), silence(), silence())
            else:
                trust.accept(block, block * gain(-less_db), block)
        return trust._count

    return trust, narrate


def test_with_nothing_narrated_every_voice_is_a_persons(trust):
    echo, narrate = trust
    assert not echo.may_be_echo(narrate(3.0, None))


def test_at_the_beginning_of_the_narration_nothing_is_known(trust):
    echo, narrate = trust
    assert echo.may_be_echo(narrate(0.2, 40.0))


@pytest.mark.parametrize(
    ("less_db", "own"), [(0.0, True), (6.0, True), (12.0, False), (30.0, False)]
)
def test_what_the_canceller_took_away_decides(trust, less_db, own):
    echo, narrate = trust
    assert echo.may_be_echo(narrate(3.0, less_db)) is own


def test_only_the_last_moments_count(trust):
    echo, narrate = trust
    narrate(5.0, 0.0)
    assert not echo.may_be_echo(narrate(2.0, 30.0)), "the canceller has learnt since"
    assert echo.may_be_echo(narrate(2.0, 0.0)), "the room has changed since"


def test_the_narrators_echo_outlasts_its_voice_by_its_reverberation(trust):
    echo, narrate = trust
    narrate(3.0, 0.0)
    assert echo.may_be_echo(narrate(ECHO_LASTS / 2, None))
    assert not echo.may_be_echo(narrate(ECHO_LASTS, None))


def test_a_person_who_speaks_over_the_narrator_is_judged_by_what_came_before(trust):
    echo, narrate = trust
    began = narrate(3.0, 30.0)
    for block in blocks(SPEECH[: RATE // 2]):
        echo.accept(block * 2, block, block)
    assert not echo.may_be_echo(began)

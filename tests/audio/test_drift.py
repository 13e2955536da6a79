"""How the echo path is moved on where two clocks do not run alike, and in a pause."""

import numpy as np
import pytest

from voice_guide.audio.drift import DriftTracker
from voice_guide.audio.format import RATE, Samples

HOP = 160


def tone(late: float) -> tuple[Samples, Samples]:
    """Return a hop of a tone that is late by some samples, and the tone's slope."""
    places = 2 * np.pi * 500 / RATE * np.arange(HOP)
    return np.sin(places - 2 * np.pi * 500 / RATE * late), 2 * np.pi * 500 / RATE * np.cos(places)


def narrated(late: float, seconds: float) -> DriftTracker:
    """A tracker that has seen narration whose echo was late all the while."""
    tracker = DriftTracker(HOP)
    (heard, slope), (expected, _) = tone(late), tone(0.0)
    for _ in range(round(seconds * RATE / HOP)):
        tracker.accept(heard, heard - expected, slope)
        tracker.step()
    return tracker


def in_a_pause(tracker: DriftTracker, seconds: float) -> float:
    """Return by how many samples the path is moved while nothing is narrated."""
    return sum(tracker.step() for _ in range(round(seconds * RATE / HOP)))


def test_a_drift_that_may_be_an_error_moves_nothing_in_a_pause():
    tracker = narrated(0.03, 2.0)
    assert 1.0 < tracker.ppm < 8.0
    assert abs(in_a_pause(tracker, 40.0)) < 0.1


def test_two_clocks_that_run_apart_are_followed_in_a_pause_too():
    tracker = narrated(0.8, 2.0)
    assert tracker.ppm > 50.0
    assert in_a_pause(tracker, 10.0) == pytest.approx(tracker.ppm * 1e-6 * RATE * 10.0, abs=0.2)


@pytest.mark.parametrize("ppm", [100.0, -100.0])
def test_the_estimate_settles_within_five_seconds_and_does_not_swing_past(ppm):
    tracker, behind, told = DriftTracker(HOP), 0.0, []
    for _ in range(round(5.0 * RATE / HOP)):
        behind += ppm * 1e-6 * HOP
        (heard, slope), (expected, _) = tone(behind), tone(0.0)
        tracker.accept(heard, heard - expected, slope)
        behind -= tracker.step()
        told.append(tracker.ppm / ppm)
    assert told[-1] == pytest.approx(1.0, abs=0.1)
    assert max(told) < 1.3

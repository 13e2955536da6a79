import numpy as np

from models.builder.kaldi_stream import KaldiStream
from models.builder.transitions import Transitions


def test_ids_count_two_for_each_tied_state_in_order() -> None:
    transitions = Transitions([(2, 0, 9), (1, 1, 4), (1, 0, 7), (2, 0, 9)])
    assert transitions.tied == [(1, 0, 7), (1, 1, 4), (2, 0, 9)]
    assert [transitions.stay(t) for t in transitions.tied] == [1, 3, 5]
    assert [transitions.leave(t) for t in transitions.tied] == [2, 4, 6]
    assert len(transitions) == 6


def test_the_log_probabilities_follow_the_ids() -> None:
    transitions = Transitions([(1, 0, 0), (1, 1, 1)])
    stream = KaldiStream()
    transitions.write(stream, 1, lambda phone, state: 0.75 - 0.5 * state)
    data = stream.data()
    logs = np.frombuffer(data, "<f4", 5, data.index(b"<LogProbs> ") + len("<LogProbs> FV ") + 5)
    assert np.allclose(np.exp(logs), [1, 0.75, 0.25, 0.25, 0.75])


def test_every_phone_has_three_states_that_stay_or_leave() -> None:
    stream = KaldiStream()
    Transitions([(1, 0, 0)]).write(stream, 2, lambda phone, state: 0.5)
    data = stream.data()
    start = data.index(b"<Topology> ") + len("<Topology> ")
    expected = KaldiStream().integers([1, 2]).integers([-1, 0, 0]).int32(1).int32(4)
    for state in range(3):
        expected.int32(state).int32(2)
        expected.int32(state).float32(0.5).int32(state + 1).float32(0.5)
    expected.int32(-1).int32(0)
    assert data[start:].startswith(expected.data()[2:])

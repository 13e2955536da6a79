"""Senones that are much alike share one."""

import numpy as np

from models.builder.acoustics import state_classes
from models.builder.sphinx import SphinxModel
from models.builder.tying import tied


def test_what_is_alike_is_tied_and_classes_stay_apart() -> None:
    steep, flat = [0.9, 0.1, 0.0], [0.3, 0.3, 0.4]
    weights = np.array([[steep, [0.85, 0.15, 0.0], flat, [0.3, 0.35, 0.35], steep]])
    stands = tied(weights.transpose(0, 2, 1), np.array([0, 0, 0, 0, 1]), 2)
    assert stands[0] == stands[1]
    assert stands[2] == stands[3]
    assert len(set(stands.tolist())) == 3
    assert stands[4] == 4


def test_one_of_each_is_kept_where_no_more_are_asked_for(sphinx: SphinxModel) -> None:
    classes = state_classes(sphinx.definition)
    for most in (1, 8):
        stands = tied(sphinx.weights, classes, most)
        assert (classes[stands] == classes).all()
        assert (stands[stands] == stands).all()  # who stands for others stands for itself
        of_class = [len(set(stands[classes == each].tolist())) for each in np.unique(classes)]
        assert max(of_class) == most


def test_more_are_nearer(sphinx: SphinxModel) -> None:
    classes = state_classes(sphinx.definition)

    def distance(most: int) -> float:
        stands = tied(sphinx.weights, classes, most)
        return float(np.abs(sphinx.weights - sphinx.weights[:, :, stands]).mean())

    assert distance(1) > 1.1 * distance(4) > 1.1 * 1.1 * distance(16)

"""Senones that are much alike share one output: that makes the network quick, and the graph small.

The GMM of CMU Sphinx has 5,126 senones, some 43 for each state of a phone, by what stands around
it. To mix all of them took half of the time of the whole network.
"""

import numpy as np

from models.builder.sphinx import Floats, Ints

_ROUNDS = 10


def tied(weights: Floats, classes: Ints, most: int) -> Ints:
    """Return which senone stands for each, shape (senones,).

    Of each class so many are kept from which the others are least far (k-medoids). How far apart
    two are is said by the Bhattacharyya coefficients of their mixture weights.

    Args:
        weights: of the Gaussians of each stream, shape (streams, Gaussians, senones).
        classes: senones of different classes are never tied, shape (senones,).
        most: so many are kept of a class.
    """
    roots = np.sqrt(weights).transpose(2, 0, 1)
    roots /= np.linalg.norm(roots, axis=2, keepdims=True)
    stands = np.arange(len(classes))
    for each in np.unique(classes):
        members = np.flatnonzero(classes == each)
        mine = roots[members].reshape(len(members), -1)
        # Rounded, so that no processor decides between two that are as far.
        far = np.round(roots.shape[1] - mine @ mine.T, 9)
        kept = _middles(far, min(most, len(members)))
        stands[members] = members[kept[far[:, kept].argmin(axis=1)]]
    return stands


def _middles(far: Floats, many: int) -> Ints:
    """Return the places from which all are least far, shape (many,).

    Args:
        far: from each place to each, shape (n, n).
        many: how many to take, n at most.
    """
    kept = [int(far.sum(axis=1).argmin())]
    while len(kept) < many:
        nearer = np.maximum(far[:, kept].min(axis=1)[:, None] - far, 0).sum(axis=0)
        nearer[kept] = -1
        kept.append(int(nearer.argmax()))
    for _ in range(_ROUNDS):
        nearest = far[:, kept].argmin(axis=1)
        groups = [np.flatnonzero(nearest == place) for place in range(many)]
        middles = [int(g[far[np.ix_(g, g)].sum(axis=1).argmin()]) for g in groups]
        if middles == kept:
            break
        kept = middles
    return np.array(kept)

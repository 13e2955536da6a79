"""Which state of which phone each frame of an utterance is, by the GMM and Viterbi."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.builder.lexicon import Lexicon
from models.builder.sphinx import BEGIN, END, INTERNAL, SINGLE, SphinxModel
from models.training.features import Floats32
from models.training.gaussian_scores import GaussianScores, utterance_features

_IMPOSSIBLE = -1e10
_STATES = 3


@dataclass
class Chain:
    """States of an utterance and which states can come before each."""

    senones: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    stay: list[float] = field(default_factory=list)
    before: list[list[int]] = field(default_factory=list)
    beginning: list[bool] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    silences: frozenset[int] = frozenset()
    """Phones that a trained network has one state for, that of the first silence."""

    @property
    def classes(self) -> list[int]:
        """The state of a trained network for each state of the chain."""
        phones = [target // _STATES for target in self.targets]
        quiet = _STATES * min(self.silences, default=0)
        return [
            quiet if phone in self.silences else target
            for phone, target in zip(phones, self.targets, strict=True)
        ]


class Aligner:
    """Aligns words with sound."""

    def __init__(self, model: SphinxModel, lexicon: Lexicon) -> None:
        """Begin.

        Args:
            model: the GMM-HMM.
            lexicon: the pronunciations of all words that will be met.
        """
        self._model, self._definition = model, model.definition
        self._scores = GaussianScores(model)
        number = {name: place for place, name in enumerate(self._definition.phones)}
        self._forms = {
            word: [tuple(number[p] for p in form) for form in forms]
            for word, forms in lexicon.items()
        }

    def align(self, bands: Floats32, words: Sequence[str]) -> tuple[NDArray[np.uint8], float]:
        """Return the target of each frame, and the mean log-likelihood of a frame.

        Args:
            bands: logarithms of the mel bands, shape (frames, BANDS).
            words: what is said.

        Returns:
            Targets are 3 * phone + state, with phones as the model definition numbers them.

        Raises:
            ValueError: the words do not fit into so few frames.
        """
        chain = self.chain(words)
        path, total = _best_path(self.scores(bands, chain), chain)
        if total < _IMPOSSIBLE / 2:
            raise ValueError(f"{len(bands)} frames are too few for: {' '.join(words)}")
        return np.asarray(chain.targets, np.uint8)[path], total / len(bands)

    def scores(self, bands: Floats32, chain: Chain) -> NDArray[np.float64]:
        """Return the GMM's log-likelihoods of a chain's states, shape (frames, states)."""
        senones, column = np.unique(chain.senones, return_inverse=True)
        return self._scores.score(utterance_features(bands), senones.tolist())[:, column]

    @staticmethod
    def best(scores: NDArray[np.float64], chain: Chain) -> float:
        """Return the log-likelihood of the best path through a chain."""
        return _best_path(scores, chain)[1]

    def chain(self, words: Sequence[str]) -> Chain:
        """Return all states of some words, with silence allowed around and between them."""
        silence = self._definition.silence
        chain = Chain(silences=frozenset({silence}))
        ends = self._add(chain, silence, self._definition.plain_senones(silence), [], first=True)
        for number, word in enumerate(words):
            after: list[int] = []
            for form in self._forms[word]:
                last = ends
                for place, phone in enumerate(form):
                    senones = self._senones(form, place)
                    start = number == 0 and place == 0
                    last = self._add(chain, phone, senones, last, first=start)
                after += last
            pause = self._add(chain, silence, self._definition.plain_senones(silence), after)
            ends = after + pause
        chain.ends = ends
        return chain

    def _senones(self, form: tuple[int, ...], place: int) -> tuple[int, ...]:
        silence = self._definition.silence
        left = form[place - 1] if place else silence
        right = form[place + 1] if place + 1 < len(form) else silence
        inside = END if place == len(form) - 1 else INTERNAL
        position = (SINGLE if len(form) == 1 else BEGIN) if place == 0 else inside
        return self._definition.senones(form[place], left, right, position)

    def _add(
        self,
        chain: Chain,
        phone: int,
        senones: Sequence[int],
        before: Sequence[int],
        *,
        first: bool = False,
    ) -> list[int]:
        """Add a phone's three states; return the last."""
        for state, senone in enumerate(senones):
            here = len(chain.senones)
            chain.senones.append(senone)
            chain.targets.append(_STATES * phone + state)
            chain.stay.append(float(self._model.transitions[phone, state, state]))
            chain.before.append(list(before) if state == 0 else [here - 1])
            chain.beginning.append(first and state == 0)
        return [len(chain.senones) - 1]


def _best_path(scores: NDArray[np.float64], chain: Chain) -> tuple[NDArray[np.int64], float]:
    """Return the best state of each frame, and the path's log-likelihood."""
    many = len(chain.senones)
    stay = np.asarray(chain.stay)
    most = max(len(b) for b in chain.before) or 1
    before = np.full((many, most + 1), many)
    for state, earlier in enumerate(chain.before):
        before[state, : len(earlier)] = earlier
    before[:, most] = np.arange(many)
    cost = np.log(np.append(1 - stay, 1e-300))[before]
    cost[:, most] = np.log(stay)
    best = np.where(chain.beginning, scores[0], _IMPOSSIBLE)
    came = np.zeros((len(scores), many), np.int64)
    rows = np.arange(many)
    for frame in range(1, len(scores)):
        options = np.append(best, _IMPOSSIBLE)[before] + cost
        choice = options.argmax(axis=1)
        came[frame] = before[rows, choice]
        best = options[rows, choice] + scores[frame]
    last = int(max(chain.ends, key=lambda state: best[state]))
    path = np.full(len(scores), last, np.int64)
    if best[last] < _IMPOSSIBLE / 2:
        return path, float(best[last])
    for frame in range(len(scores) - 1, 0, -1):
        path[frame - 1] = came[frame][path[frame]]
    return path, float(best[last])

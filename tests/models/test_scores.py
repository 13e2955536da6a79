"""The network's scores against PocketSphinx's own, and against the model's formula."""

from pathlib import Path

import numpy as np
import pytest
from reading_nnet3 import Network

from models.builder.acoustics import GaussianAcoustics
from models.builder.front_end import CEPSTRA, cosines, differences
from models.builder.kaldi_stream import KaldiStream
from models.builder.mixtures import add_mixtures, add_pairs_away, arrange
from models.builder.nnet3 import Network as NetworkWriter
from models.builder.sphinx import SphinxModel
from models.training.features import log_mel
from models.training.gaussian_scores import GaussianScores
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.voice_settings import VoiceSettings

STEP = 1024 * np.log(1.0001)
"""PocketSphinx counts likelihoods in steps of this, rounded."""

WORST = 96 * STEP
"""It cuts off Gaussians so far below the best one."""


@pytest.fixture(scope="module")
def cepstra() -> np.ndarray:
    """The cepstra of a spoken "stop the massage", all with a positive c0."""
    sound = EspeakRenderer().render("stop the massage", VoiceSettings(voice="en-us")).samples
    noise = np.random.default_rng(1).standard_normal(len(sound)) * 10
    bands = log_mel((sound * 20000 + noise).astype(np.float32))
    return (bands @ cosines().T + 100 * (np.arange(CEPSTRA) == 0)).astype(np.float32)


def features_of(cepstra: np.ndarray) -> np.ndarray:
    """Deltas and their deltas, after the mean has been taken away."""
    centred = cepstra.astype(np.float64) - cepstra.mean(axis=0, dtype=np.float64)
    padded = np.pad(centred, ((3, 3), (0, 0)), mode="edge")
    around = [padded[k : k + len(cepstra)] for k in range(7)]
    return np.concatenate(around, axis=1) @ differences().T


def scores_of_pocketsphinx(package: Path, cepstra: np.ndarray, folder: Path) -> np.ndarray:
    """Its log-likelihoods of all senones, shape (frames, senones), from its own log file."""
    from pocketsphinx import Config, Decoder

    options = {"hmm": str(package / "en-us"), "dict": str(package / "cmudict-en-us.dict")}
    config = Config(
        **options, lm=None, senlogdir=str(folder), compallsen=True, topn=128, ds=1, loglevel="FATAL"
    )
    decoder = Decoder(config)
    decoder.add_keyphrase("any", "hello")
    decoder.activate_search("any")
    decoder.start_utt()
    decoder.process_cep(cepstra.tobytes(), full_utt=True)
    decoder.end_utt()
    data = next(folder.glob("*.sen")).read_bytes()
    start = data.index(b"endhdr\n") + len(b"endhdr\n") + 4
    rows = np.frombuffer(data, "<i2", offset=start).reshape(len(cepstra), -1)
    assert (rows[:, 0] == rows.shape[1] - 1).all()
    return -rows[:, 1:] * STEP


def centred(scores: np.ndarray) -> np.ndarray:
    """Take the constant of each frame away."""
    return scores - np.median(scores, axis=1, keepdims=True)


def test_scores_are_those_of_pocketsphinx(
    sphinx: SphinxModel, package: Path, cepstra: np.ndarray, tmp_path: Path
) -> None:
    """But for its rounding: it adds 128 numbers, each rounded to 0.1, three times."""
    theirs = scores_of_pocketsphinx(package, cepstra, tmp_path)
    features = features_of(cepstra)
    scores = GaussianScores(sphinx, worst=WORST).score(features, range(theirs.shape[1]))
    apart = np.abs(centred(scores)[4:-4] - centred(theirs)[4:-4])
    assert np.median(apart) < 2 * STEP
    assert np.percentile(apart, 99) < 9 * STEP
    spread = centred(theirs).std()
    assert apart.mean() < 0.1 * spread


def test_the_network_scores_as_the_formula_says(sphinx: SphinxModel, cepstra: np.ndarray) -> None:
    senones = list(range(0, len(sphinx.definition.codebook), 7))
    outputs = arrange(sphinx.definition.codebook, senones)
    writer = NetworkWriter(3 * CEPSTRA)
    pairs = add_mixtures(writer, sphinx, outputs, "input", bits=32)
    writer.output(add_pairs_away(writer, pairs, outputs.size))
    stream = KaldiStream()
    writer.write(stream)
    features = features_of(cepstra)[10:40:6]
    computed = Network(stream.data()).outputs(features)[:, outputs.of_senone[senones]]
    expected = GaussianScores(sphinx).score(features, senones)
    near = expected > expected.max(axis=1, keepdims=True) - 40
    apart = (computed - expected)[near]
    frames = np.nonzero(near)[0]
    for frame in range(len(features)):
        assert np.ptp(apart[frames == frame]) < 0.02


def test_outputs_stand_by_codebook_and_none_is_shared(sphinx: SphinxModel) -> None:
    used = list(range(0, len(sphinx.definition.codebook), 3))
    outputs = arrange(sphinx.definition.codebook, used)
    places = outputs.of_senone[used]
    assert len(set(places.tolist())) == len(used)
    assert places.min() >= 0
    assert places.max() < outputs.size
    assert (np.delete(outputs.of_senone, used) == -1).all()
    assert sorted(outputs.order) == list(range(len(sphinx.definition.phones)))
    assert outputs.size < 1.3 * len(used)


def test_the_level_follows_speech_at_once_and_falls_slowly(sphinx: SphinxModel) -> None:
    acoustics = GaussianAcoustics(sphinx)
    acoustics.arrange({0, 1, 2})
    stream = KaldiStream()
    acoustics.network().write(stream)
    network = Network(stream.data())
    quiet, loud = np.full((40, 25), 8.0), np.full((20, 25), 16.0)
    frames = np.concatenate([quiet, loud, quiet])
    network.nodes["output"] = ("output-node", {"name": "output", "input": "level"})
    level = network.outputs(frames)[:, 0]
    assert level[30] == 0
    assert level[45] == pytest.approx(80 - 60, abs=0.1)
    assert level[-1] == pytest.approx(20 - 0.01 * (len(frames) - 62), abs=0.05)

"""The trained network as Kaldi computes it, output by output against PyTorch."""

from pathlib import Path

import numpy as np
import pytest
from reading_nnet3 import Network

from models.builder.front_end import BANDS, FrontEndSettings, add_level
from models.builder.kaldi_stream import KaldiStream
from models.builder.nnet3 import Network as NetworkWriter
from models.builder.trained import add_trained, read_trained
from models.training.features import relative_bands

torch = pytest.importorskip("torch", reason="torch, which trains the network, is missing")


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """A network of random numbers, its batch normalisations too."""
    from models.training.network import TimeDelayNetwork

    torch.manual_seed(5)
    network = TimeDelayNetwork()
    for name, value in network.named_buffers():
        if name.endswith("running_var"):
            value.uniform_(0.2, 2.0)
        elif name.endswith("running_mean"):
            value.uniform_(-0.5, 0.5)
    path = tmp_path / "checkpoint.pt"
    counts = torch.diag(torch.arange(network.shape.outputs, dtype=torch.float64))
    torch.save({"network": network.state_dict(), "counts": counts}, path)
    return path


def rounded(state: dict) -> dict:
    """The weights in the sixteen bits that they are kept in."""
    return {
        name: value.half().float() if name.endswith("weight") else value
        for name, value in state.items()
    }


@pytest.mark.parametrize(("bits", "tolerance"), [((32, 32), 1e-3), ((16, 8), 0.05)])
def test_the_exported_network_gives_what_pytorch_gives(
    checkpoint: Path, tmp_path: Path, bits: tuple[int, int], tolerance: float
) -> None:
    from models.training.network import STRIDE, TimeDelayNetwork
    from models.training.train import export, scaled

    export(checkpoint, tmp_path / "network.npz")
    trained = read_trained(tmp_path / "network.npz")
    settings = FrontEndSettings()
    writer = NetworkWriter(BANDS)
    add_level(writer, settings)
    writer.output(add_trained(writer, trained, settings, *bits))
    stream = KaldiStream()
    writer.write(stream)

    bands = np.random.default_rng(2).uniform(4, 17, (42, BANDS)).astype(np.float32)
    computed = Network(stream.data()).outputs(bands)

    network = TimeDelayNetwork()
    network.load_state_dict(rounded(torch.load(checkpoint)["network"]))
    network.eval()
    relative = relative_bands(bands, settings, trained.lookahead)
    left, right = network.shape.left, network.shape.right
    # Beyond the ends the input goes on as it is: the level too, which never falls before 0.
    padded = np.concatenate(
        [relative[:1].repeat(left, 0), relative, relative[-1:].repeat(right + STRIDE, 0)]
    )
    with torch.no_grad():
        logits = network(scaled(torch.from_numpy(padded))[None])[0]
        expected = torch.log_softmax(logits, dim=1).numpy()
    ours = computed[::STRIDE]
    # The level is padded another way than the bands, after the last frame.
    many = (len(bands) - right - trained.lookahead - STRIDE) // STRIDE
    assert many > 4
    assert np.abs(ours[:many] - expected[:many]).max() < tolerance


def test_priors_are_how_often_each_state_was_trained_on(checkpoint: Path, tmp_path: Path) -> None:
    from models.training.train import export

    export(checkpoint, tmp_path / "network.npz")
    priors = np.exp(read_trained(tmp_path / "network.npz").log_priors)
    assert priors.sum() == pytest.approx(1, abs=1e-5)
    assert priors[20] / priors[9] == pytest.approx(21 / 10, rel=1e-4)

"""The features of training against Kaldi's own, by a package that wraps Kaldi's code."""

import numpy as np
import pytest

from models.builder.front_end import FEATURE_OPTIONS, FrontEndSettings
from models.training.features import levels, log_mel

knf = pytest.importorskip("kaldi_native_fbank", reason="kaldi-native-fbank is missing")


def test_the_bands_are_those_of_kaldi() -> None:
    given = dict(line[2:].split("=") for line in FEATURE_OPTIONS.splitlines())
    options = knf.FbankOptions()
    frame, mel = options.frame_opts, options.mel_opts
    frame.samp_freq = float(given["sample-frequency"])
    frame.frame_length_ms = float(given["frame-length"])
    frame.frame_shift_ms = float(given["frame-shift"])
    frame.dither = float(given["dither"])
    frame.preemph_coeff = float(given["preemphasis-coefficient"])
    frame.window_type = given["window-type"]
    frame.snip_edges = given["snip-edges"] == "true"
    mel.num_bins = int(given["num-mel-bins"])
    mel.low_freq, mel.high_freq = float(given["low-freq"]), float(given["high-freq"])
    options.use_energy = given["use-energy"] == "true"
    computer = knf.OnlineFbank(options)
    random = np.random.default_rng(3)
    sound = np.convolve(random.standard_normal(8000), np.ones(6)) * 800
    computer.accept_waveform(16000, sound.tolist())
    theirs = np.array([computer.get_frame(i) for i in range(computer.num_frames_ready)])
    ours = log_mel(sound.astype(np.float32))
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() < 0.002


def test_the_level_is_what_the_recurrence_says() -> None:
    settings = FrontEndSettings()
    bands = np.random.default_rng(4).uniform(6, 16, (80, 25)).astype(np.float32)
    level, expected = 0.0, []
    energy = np.pad(bands.sum(axis=1) / 5, 2, mode="edge")
    for frame in range(len(bands)):
        smooth = energy[frame : frame + 5].mean() - settings.least_level
        level = max(level - settings.decay, smooth, 0.0)
        expected.append(level)
    assert np.abs(levels(bands, settings) - expected).max() < 1e-3

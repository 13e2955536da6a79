"""Alignment, changes of the sound, and that training is seeded and goes on where it stopped."""

import json
from pathlib import Path

import numpy as np
import pytest

from models.builder.lexicon import make_lexicon, read_dictionary
from models.builder.sphinx import SphinxModel
from models.training import kokoro
from models.training.alignment import Aligner
from models.training.augmentation import Augmenter, Chances
from models.training.corpus import Corpus, Entry, Spoken, write_corpus
from models.training.features import log_mel
from models.training.plan import Recipe, chosen, portions, render
from models.training.recordings import fold_of, order_grammar
from models.training.voices import KEPT_ASIDE, Speaker, Speaking, draw, draw_kokoro
from voice_guide.errors import MachineError
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.voice_settings import VoiceSettings

WORDS = ("stop", "the", "massage", "please", "softer", "wait")


@pytest.fixture(scope="module")
def aligner(sphinx: SphinxModel, package: Path) -> Aligner:
    return Aligner(sphinx, make_lexicon(WORDS, (), read_dictionary(package / "cmudict-en-us.dict")))


def said(text: str, voice: str = "en-us") -> np.ndarray:
    sound = EspeakRenderer().render(text, VoiceSettings(voice=voice)).samples
    quiet = np.zeros(3200, np.float32)
    return (np.concatenate([quiet, sound, quiet]) * 20000).astype(np.int16)


@pytest.fixture(scope="module")
def corpus(aligner: Aligner, sphinx: SphinxModel, tmp_path_factory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    noise = np.random.default_rng(1).normal(0, 500, 32000).astype(np.int16)
    texts = ("stop the massage", "softer please", "wait", "stop", "please stop") * 8
    spoken = [Spoken(t, "synthetic", f"voice {n}", said(t)) for n, t in enumerate(texts)]
    spoken += [Spoken("stop", "words", f"person {n}", said("stop", "en-gb")) for n in range(6)]
    spoken += [Spoken("", "noise", "fan", noise), Spoken("unheard", "words", "x", said("wait"))]
    silence = 3 * sphinx.definition.silence
    assert write_corpus(folder, spoken, aligner, silence) == 1  # a word that has no pronunciation
    return Corpus(folder)


def test_the_phones_are_found_where_they_were_said(aligner: Aligner, sphinx: SphinxModel) -> None:
    sound = said("stop massage")
    hiss = np.random.default_rng(2).normal(0, 4, len(sound))
    targets, _ = aligner.align(log_mel((sound + hiss).astype(np.float32)), ["stop", "massage"])
    names = [sphinx.definition.phones[target // 3] for target in targets]
    spoken = [name for name in names if name != "SIL"]
    order = [a for a, b in zip(spoken, [*spoken[1:], ""], strict=True) if a != b]
    assert order == ["S", "T", "AA", "P", "M", "AH", "S", "AA", "ZH"]
    assert names[:10] == ["SIL"] * 10
    assert names[-5:] == ["SIL"] * 5


def test_words_that_do_not_fit_are_refused(aligner: Aligner) -> None:
    few = log_mel(said("stop").astype(np.float32))[:15]
    with pytest.raises(ValueError, match="too few"):
        aligner.align(few, ["massage", "massage"])


def test_a_changed_utterance_keeps_a_target_for_each_frame(corpus: Corpus) -> None:
    entry = corpus.entries[0]
    augmenter = Augmenter([np.ones(16000, np.float32)], seed=3, chances=Chances(1, room=1, noise=1))
    for _ in range(5):
        sound, targets = augmenter.change(
            corpus.sound(entry), corpus.targets(entry), 99, padded=True
        )
        assert abs(len(log_mel(sound)) - len(targets)) <= 3
        assert targets[0] == targets[-1] == 99
        assert np.abs(sound).max() <= 32768
        assert set(targets.tolist()) >= set(corpus.targets(entry).tolist()) - {99}


def test_the_same_seed_changes_the_same_way(corpus: Corpus) -> None:
    entry = corpus.entries[1]
    first, second = (
        Augmenter([np.ones(16000, np.float32)], seed=4).change(
            corpus.sound(entry), corpus.targets(entry), 0, padded=True
        )
        for _ in range(2)
    )
    assert np.array_equal(first[0], second[0])
    assert np.array_equal(first[1], second[1])


def test_held_out_speakers_are_never_trained_on(corpus: Corpus) -> None:
    for part in range(3):
        taken = chosen(corpus.entries, Recipe(held_out=part, people=2), 0)
        people = [e for e in taken if e.source == "words"]
        assert all(fold_of(e.speaker) != part for e in people)
        kept = {e.speaker for e in corpus.entries if e.source == "words"}
        assert {e.speaker for e in people} == {s for s in kept if fold_of(s) != part}
    assert sum(len(p) for p in portions(taken)) == len(taken)


def test_training_goes_on_where_it_stopped(corpus: Corpus, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="torch, which trains the network, is missing")
    from models.training import plan, train

    recipe = Recipe(passes=2, people=1)
    monkey = pytest.MonkeyPatch()
    monkey.setattr(plan, "PORTION_FRAMES", 4000)
    try:
        whole = train.train(tmp_path / "whole", corpus, recipe, 0, tell=lambda line: None)

        def stop(line: str) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            train.train(tmp_path / "parts", corpus, recipe, 0, tell=stop)
        parts = train.train(tmp_path / "parts", corpus, recipe, 0, tell=lambda line: None)
    finally:
        monkey.undo()
    ours, theirs = (torch.load(path)["network"] for path in (whole, parts))
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    curve = (tmp_path / "whole" / "curve.jsonl").read_text().splitlines()
    assert [json.loads(line)["portion"] for line in curve] == list(range(len(curve)))
    assert len(curve) >= 2


def test_four_networks_learn_at_once_and_the_same_seed_gives_the_same(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="torch, which trains the network, is missing")
    from models.builder.trained import read_trained
    from models.training import together
    from models.training.network import Shape

    monkeypatch.setattr(together, "BATCH", 2)
    shapes = {"small": Shape(hidden=16, bottleneck=8, blocks=((3, 3),))}
    told: list[dict] = []
    for folder in ("first", "second"):
        together.train_together(
            *(corpus, together.Run(units=2), shapes, tmp_path / folder),
            tell=lambda line: told.append(json.loads(line)),
            processes=1,
        )
    losses = [line["small"][0] for line in told if "small" in line]
    assert losses[:2] == losses[2:]
    assert losses[1] < losses[0]
    names = [f"small-{kept}.npz" for kept in ("0", "1", "2", "all")]
    first, second = (
        [read_trained(tmp_path / folder / name) for name in names] for folder in ("first", "second")
    )
    for a, b in zip(first, second, strict=True):
        assert all(np.array_equal(a.arrays[key], b.arrays[key]) for key in a.arrays)
    weights = [one.arrays["last.weight"] for one in first]
    assert not any(np.array_equal(weights[0], other) for other in weights[1:])


def test_where_nobody_speaks_silence_is_learnt(corpus: Corpus) -> None:
    entries = corpus.entries[:30]
    with_noise, without = (
        render(corpus, entries, Augmenter([corpus.sound(entries[0])], 1), 96, share)
        for share in (0.5, 0.0)
    )
    more = len(with_noise[1]) - len(without[1])
    assert 8 * 197 < more < 22 * 197
    assert len(with_noise[0]) == len(with_noise[1])
    assert (with_noise[1] == 96).sum() >= more


def test_clatter_comes_in_knocks() -> None:
    recorded = np.random.default_rng(1).standard_normal(16000).astype(np.float32)
    clatter, other = (Augmenter([recorded], 3, Chances(clatter=share)) for share in (1.0, 0.0))
    assert min(np.abs(clatter.noise(32000)).max() for _ in range(8)) > 6
    assert np.median([np.abs(other.noise(32000)).max() for _ in range(8)]) < 5


def test_no_voice_that_is_kept_aside_is_ever_drawn() -> None:
    from random import Random

    random = Random(7)
    drawn = {draw(random).voice for _ in range(3000)}
    assert len(drawn) > 300
    assert not drawn & set(KEPT_ASIDE)
    kept = {voice.partition("+")[2] for voice in KEPT_ASIDE}
    assert not {voice.partition("+")[2] for voice in drawn} & (kept - {""})


def test_pico_speaks_at_the_rate_and_pitch_that_are_asked_for() -> None:
    pytest.importorskip("ttspico", reason="ttspico, which speaks for two voices, is missing")
    speaker = Speaker()
    for language in ("en-US", "en-GB"):
        slow, fast = (
            speaker.say("more lotion please", Speaking(f"pico:{language}", rate))
            for rate in (120, 220)
        )
        assert 0.7 < len(fast) / 16_000 < 0.75 * len(slow) / 16_000 < 2
        assert np.abs(slow).max() == pytest.approx(0.5)


@pytest.mark.parametrize("source", ["pico", "kokoro"])
def test_what_other_voices_say_is_taken_as_often_as_is_asked(source: str) -> None:
    said = [Entry("stop", source, f"{source}:someone", 0, 1, 0, 1, 0.0) for _ in range(400)]
    shares = (Recipe(**{source: share}) for share in (1.0, 0.0, 0.5))
    every, none, half = (len(chosen(said, recipe, 0)) for recipe in shares)
    assert (every, none) == (400, 0)
    assert 150 < half < 250
    assert 550 < len(chosen(said, Recipe(**{source: 1.5}), 0)) < 650


@pytest.mark.parametrize(
    ("text", "british", "signs"),
    [
        ("stop", False, "stˈɑp"),
        ("stop", True, "stˈɒp"),
        ("go on", False, "ɡˌO ˈɔn"),
        ("slower", True, "slˈQə"),
        ("harder", False, "hˈɑɹdəɹ"),
        ("just a change", False, "ʤˈʌst ə ʧˈAnʤ"),
    ],
)
def test_kokoro_reads_the_signs_of_its_own(text: str, *, british: bool, signs: str) -> None:
    assert kokoro.phones(text, british=british) == signs


def test_no_voice_of_kokoro_that_is_kept_aside_is_drawn_or_mixed() -> None:
    from random import Random

    random = Random(7)
    drawn = {draw_kokoro(random).voice for _ in range(3000)}
    names = {name for voice in drawn for name in voice.removeprefix("kokoro:").split("/")[:2]}
    assert names == {*kokoro.ENGLISH, *kokoro.FOREIGN}
    assert not names & set(kokoro.NEURAL_ASIDE)


def test_who_lacks_the_voices_of_kokoro_is_told_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="npm pack kokoro-js"):
        Speaker(tmp_path / "voices").say("stop", Speaking("kokoro:af_nova"))


def test_an_order_is_written_with_its_slots_in_any_sequence() -> None:
    slots = {"size": "small", "roast": "dark roast", "coffeeDrink": "latte", "milkAmount": " milk"}
    grammar = order_grammar(slots)
    assert "(small dark roast | dark roast small)" in grammar
    assert grammar.endswith("latte [with | with] milk ;")

import shutil
from pathlib import Path

import pytest
from reading_fst import read_fst

from models.builder.fst import Fst, one_word_loop, save_for_lookahead
from models.builder.graph import GraphBuilder, GraphSettings, Unit
from models.builder.phones import PhoneTable
from models.builder.phrases import PhraseChains
from models.builder.sphinx import BEGIN, END, INTERNAL, SINGLE, SphinxModel

WORDS = {1: ("S", "T", "AA", "P"), 2: ("S", "T", "EH", "P"), 3: ("AH",), 4: ("T", "AA", "P")}
UNKNOWN = 5
PHRASES = {6: (4, 1), 7: (3, 4, 1), 8: (1, 3), 9: (4, 3, 4), 10: (3, 3)}
"""Phrases that are one word to the graph, each of some of the words: "tap stop", "uh tap stop"."""


def build(sphinx: SphinxModel) -> tuple[Fst, list[Unit], PhoneTable]:
    phones = PhoneTable(sphinx.definition)
    builder = GraphBuilder(sphinx.definition, sphinx.transitions, phones, GraphSettings())
    number = sphinx.definition.phones.index
    builder.add_words((label, tuple(map(number, form))) for label, form in WORDS.items())
    chains = PhraseChains(builder, sphinx.definition.silence)
    for label, phrase in PHRASES.items():
        chains.add(label, [(tuple(map(number, WORDS[word])),) for word in phrase])
    builder.add_silence(UNKNOWN)
    return builder.fst.reachable(), builder.units, phones


def spoken_as(sphinx: SphinxModel, phones: PhoneTable, words: list[int]) -> list[tuple[int, int]]:
    """Return (phone number, senone) of each state of words said without a pause."""
    number = sphinx.definition.phones.index
    silence = sphinx.definition.silence
    row = []
    for word in words:
        form = WORDS[word]
        for place, name in enumerate(form):
            last = place == len(form) - 1
            inside = END if last else INTERNAL
            position = (SINGLE if last else BEGIN) if place == 0 else inside
            row.append((number(name), position))
    states = []
    for place, (base, position) in enumerate(row):
        left = row[place - 1][0] if place else silence
        right = row[place + 1][0] if place + 1 < len(row) else silence
        senones = sphinx.definition.senones(base, left, right, position)
        states += [(phones.number(base, position), senone) for senone in senones]
    return states


def outputs_of(fst: Fst, units: list[Unit], states: list[tuple[int, int]]) -> set[tuple[int, ...]]:
    """Return the words that the graph gives for these states, each passed through once."""
    reached = {(fst.start, ())}
    for step in [*states, None]:
        front, seen = list(reached), set(reached)
        while front:  # arcs without an input
            state, words = front.pop()
            for label, word, _, after in fst.arcs[state]:
                here = (after, (*words, word) if word else words)
                if label == 0 and here not in seen:
                    seen.add(here)
                    front.append(here)
        if step is None:
            return {words for state, words in seen if state in fst.finals}
        reached = set()
        for state, words in seen:
            for label, word, _, after in fst.arcs[state]:
                unit = units[label - 1] if label else None
                if unit and not unit.stays and (unit.phone, unit.senone) == step:
                    reached.add((after, (*words, word) if word else words))
    raise AssertionError("never reached")


@pytest.mark.parametrize("words", [[1], [2], [3], [1, 4], [3, 1, 2], [4, 3, 3]])
def test_the_states_of_words_with_their_contexts_give_the_words(
    sphinx: SphinxModel, words: list[int]
) -> None:
    fst, units, phones = build(sphinx)
    assert outputs_of(fst, units, spoken_as(sphinx, phones, words)) == {tuple(words)}


def said_whole(
    sphinx: SphinxModel, phones: PhoneTable, phrase: tuple[int, ...], pause_after: int = 0
) -> list[tuple[int, int]]:
    """Return the states of a phrase: those of its words, but to Kaldi all inside of one word.

    Args:
        pause_after: so many words there is a pause; 0 is none.
    """
    base = sphinx.definition.phones.index
    states = spoken_as(sphinx, phones, list(phrase))
    names = [name for word in phrase for name in WORDS[word]]
    positions = [BEGIN, *[INTERNAL] * (len(names) - 2), END]
    numbers = [phones.number(base(n), p) for n, p in zip(names, positions, strict=True)]
    whole = [(numbers[place // 3], senone) for place, (_, senone) in enumerate(states)]
    spoken = sum(len(WORDS[word]) for word in phrase[:pause_after])
    if not spoken:
        return whole
    inside = phones.number(base(names[spoken - 1]), INTERNAL)
    silence = sphinx.definition.plain_senones(sphinx.definition.silence)
    return [*whole[: 3 * spoken], *((inside, s) for s in silence), *whole[3 * spoken :]]


@pytest.mark.parametrize("label", sorted(PHRASES))
def test_a_phrase_is_one_word_said_at_a_stretch_or_with_a_pause(
    sphinx: SphinxModel, label: int
) -> None:
    fst, units, phones = build(sphinx)
    phrase = PHRASES[label]
    assert outputs_of(fst, units, said_whole(sphinx, phones, phrase)) == {(label,)}
    # After a word of one phone that begins a phrase there is no pause: "a - bit".
    for spoken in range(1 + (len(WORDS[phrase[0]]) == 1), len(phrase)):
        paused = said_whole(sphinx, phones, phrase, spoken)
        assert outputs_of(fst, units, paused) == {(label,)}


def test_a_phrase_that_lost_a_word_is_none(sphinx: SphinxModel) -> None:
    fst, units, phones = build(sphinx)
    short = said_whole(sphinx, phones, (3, 1))
    assert outputs_of(fst, units, short) == set()


def test_a_word_in_the_wrong_context_is_not_accepted(sphinx: SphinxModel) -> None:
    fst, units, phones = build(sphinx)
    together = spoken_as(sphinx, phones, [1, 4])
    apart = spoken_as(sphinx, phones, [1]) + spoken_as(sphinx, phones, [4])
    assert together != apart
    assert outputs_of(fst, units, apart) == set()


def test_three_phones_of_any_kind_are_an_unknown_word(sphinx: SphinxModel) -> None:
    fst, units, phones = build(sphinx)
    states = []
    for name, position in (("ZH", BEGIN), ("UH", INTERNAL), ("OY", END)):
        base = sphinx.definition.phones.index(name)
        senones = sphinx.definition.plain_senones(base)
        states += [(phones.number(base, position), senone) for senone in senones]
    assert outputs_of(fst, units, states) == {(UNKNOWN,)}
    assert outputs_of(fst, units, states[:3] + states[6:]) == set()


def test_every_state_can_be_stayed_in(sphinx: SphinxModel) -> None:
    _, units, _ = build(sphinx)
    entered = {(u.phone, u.state, u.senone) for u in units if not u.stays}
    assert entered == {(u.phone, u.state, u.senone) for u in units if u.stays}


def test_another_reader_finds_the_same_transducer(tmp_path: Path) -> None:
    fst = Fst()
    for _ in range(3):
        fst.state()
    fst.arc(0, 1, (7, 2), 0.5)
    fst.arc(0, 1, (4, 9), 1.25)
    fst.arc(1, 2, (0, 3), 0.0)
    fst.finals[2] = 0.75
    fst.save(tmp_path / "small.fst")
    found = read_fst(tmp_path / "small.fst")
    assert found.arcs == [(0, 4, 9, 1.25, 1), (0, 7, 2, 0.5, 1), (1, 0, 3, 0.0, 2)]
    assert found.start == 0
    assert found.finals == [float("inf"), float("inf"), 0.75]


def test_every_word_of_the_loop_costs_the_same(tmp_path: Path) -> None:
    one_word_loop([3, 5], 2.0).save(tmp_path / "loop.fst")
    found = read_fst(tmp_path / "loop.fst")
    assert found.arcs == [(0, 3, 3, 2.0, 0), (0, 5, 5, 2.0, 0)]
    assert found.finals == [0]


def test_words_keep_a_number_each_when_made_ready_for_lookahead(
    sphinx: SphinxModel, tmp_path: Path
) -> None:
    if shutil.which("fstconvert") is None:
        pytest.skip("fstconvert is missing (Debian: libfst-tools)")
    fst, _, _ = build(sphinx)
    renumbered = save_for_lookahead(fst, tmp_path / "HCLr.fst")
    assert set(renumbered) >= {*WORDS, *PHRASES, UNKNOWN}
    assert len(set(renumbered.values())) == len(renumbered)
    again = save_for_lookahead(fst, tmp_path / "again.fst")
    assert again == renumbered
    assert (tmp_path / "again.fst").read_bytes() == (tmp_path / "HCLr.fst").read_bytes()


def test_only_what_the_start_leads_to_is_kept() -> None:
    fst = Fst()
    for _ in range(4):
        fst.state()
    fst.start = 1
    fst.arc(1, 3, (1, 1))
    fst.arc(0, 2, (2, 2))
    fst.finals = {2: 0.0, 3: 0.5}
    kept = fst.reachable()
    assert kept.arcs == [[(1, 1, 0.0, 1)], []]
    assert kept.finals == {1: 0.5}

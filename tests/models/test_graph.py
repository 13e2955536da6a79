import shutil
from pathlib import Path

import pytest
from reading_fst import read_fst

from models.builder.fst import Fst, one_word_loop, save_for_lookahead
from models.builder.graph import GraphBuilder, GraphSettings, Unit
from models.builder.phones import PhoneTable
from models.builder.sphinx import BEGIN, END, INTERNAL, SINGLE, SphinxModel

WORDS = {1: ("S", "T", "AA", "P"), 2: ("S", "T", "EH", "P"), 3: ("AH",), 4: ("T", "AA", "P")}
UNKNOWN = 5


def build(sphinx: SphinxModel) -> tuple[Fst, list[Unit], PhoneTable]:
    phones = PhoneTable(sphinx.definition)
    builder = GraphBuilder(sphinx.definition, sphinx.transitions, phones, GraphSettings())
    number = sphinx.definition.phones.index
    builder.add_words((label, tuple(map(number, form))) for label, form in WORDS.items())
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
    assert set(renumbered) >= {*WORDS, UNKNOWN}
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

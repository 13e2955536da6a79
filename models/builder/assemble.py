"""Puts a Vosk model directory together."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.builder.acoustics import Acoustics
from models.builder.front_end import FEATURE_OPTIONS
from models.builder.fst import Fst, one_word_loop, save_for_lookahead
from models.builder.graph import GraphBuilder, GraphSettings, Unit
from models.builder.kaldi_stream import KaldiStream
from models.builder.letters import Phones
from models.builder.lexicon import UNKNOWN, Lexicon
from models.builder.phones import PhoneTable
from models.builder.phrases import PhraseChains
from models.builder.sphinx import SphinxModel
from models.builder.transitions import Tied, Transitions
from voice_guide.speech.grammar import as_one_word


@dataclass(frozen=True)
class DecodingOptions:
    """What Vosk decodes with: ``conf/model.conf``."""

    beam: float = 10.0
    lattice_beam: float = 2.0
    """With the loop of phones in the graph a wider one overruns Vosk's memory for lattices."""

    most_active: int = 2000
    least_active: int = 200
    acoustic_scale: float = 0.1

    def text(self, silences: Iterable[int]) -> str:
        """Return the file's text."""
        lines = {
            "min-active": self.least_active,
            "max-active": self.most_active,
            "beam": self.beam,
            "lattice-beam": self.lattice_beam,
            "acoustic-scale": self.acoustic_scale,
            "frame-subsampling-factor": 1,
            "frames-per-chunk": 20,
            "endpoint.silence-phones": ":".join(map(str, silences)),
            "endpoint.rule2.min-trailing-silence": 0.5,
            "endpoint.rule3.min-trailing-silence": 0.75,
            "endpoint.rule4.min-trailing-silence": 1.0,
        }
        return "".join(f"--{name}={value}\n" for name, value in lines.items())


@dataclass(frozen=True)
class Settings:
    """All that can be set about a model but its words and its network."""

    graph: GraphSettings = field(default_factory=GraphSettings)
    decoding: DecodingOptions = field(default_factory=DecodingOptions)


def write_model(
    folder: Path,
    lexicon: Lexicon,
    model: SphinxModel,
    acoustics: Acoustics,
    settings: Settings,
    *,
    phrases: Iterable[str] = (),
) -> None:
    """Write a model directory.

    Args:
        folder: where to; what is there of the same name is replaced.
        lexicon: the words, without ``[unk]``.
        model: phones, contexts and transition probabilities.
        acoustics: writes the network.
        settings: the costs.
        phrases: what becomes one word each besides, made of words of the lexicon.

    Raises:
        FileNotFoundError: ``fstconvert`` is missing.
    """
    for part in ("am", "conf", "graph/phones"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    phones = PhoneTable(model.definition)
    spoken: dict[str, tuple[tuple[Phones, ...], ...]] = {
        as_one_word(text): tuple(lexicon[word] for word in text.split()) for text in phrases
    }
    vocabulary = [*sorted(lexicon), *sorted(spoken), UNKNOWN]
    spoken |= {word: (forms,) for word, forms in lexicon.items()}
    graph, units = _graph(
        spoken,
        vocabulary,
        model,
        phones,
        acoustics=acoustics,
        settings=settings.graph,
    )
    outputs = acoustics.arrange({unit.senone for unit in units})
    transitions = Transitions(_tied(unit, outputs) for unit in units)
    labels = [
        (transitions.stay if unit.stays else transitions.leave)(_tied(unit, outputs))
        for unit in units
    ]
    _write_network(folder / "am/final.mdl", model, phones, transitions, acoustics)
    graph = _relabelled(graph, labels)
    _write_graph(folder / "graph", graph, vocabulary, transitions)
    (folder / "graph/phones/word_boundary.int").write_text(phones.word_boundary())
    (folder / "conf/fbank.conf").write_text(FEATURE_OPTIONS)
    (folder / "conf/model.conf").write_text(settings.decoding.text(phones.silences))


def _graph(
    spoken: Mapping[str, Sequence[tuple[Phones, ...]]],
    vocabulary: list[str],
    model: SphinxModel,
    phones: PhoneTable,
    *,
    acoustics: Acoustics,
    settings: GraphSettings,
) -> tuple[Fst, list[Unit]]:
    """Return the graph, and what its input labels mean, from 1; only those in use are kept."""
    base = {name: number for number, name in enumerate(model.definition.phones)}
    builder = GraphBuilder(model.definition, model.transitions, phones, settings, acoustics.tie)
    entries = [
        (label, [tuple(tuple(base[p] for p in form) for form in forms) for forms in spoken[entry]])
        for label, entry in enumerate(vocabulary[:-1], 1)
    ]
    builder.add_words(
        (label, form) for label, words in entries if len(words) == 1 for form in words[0]
    )
    chains = PhraseChains(builder, model.definition.silence)
    for label, words in entries:
        if len(words) > 1:
            chains.add(label, words)
    builder.add_silence(len(vocabulary))
    graph = builder.fst.reachable()
    used = sorted({arc[0] for arcs in graph.arcs for arc in arcs if arc[0]})
    place = {label: number for number, label in enumerate(used, 1)}
    graph = _relabelled(graph, [place.get(n, 0) for n in range(1, len(builder.units) + 1)])
    return graph, [builder.units[label - 1] for label in used]


def _tied(unit: Unit, outputs: dict[int, int]) -> Tied:
    return unit.phone, unit.state, outputs[unit.senone]


def _relabelled(fst: Fst, labels: list[int]) -> Fst:
    """Return the same transducer with its input labels, from 1, replaced."""
    fst.arcs = [[(labels[i - 1] if i else 0, o, c, n) for i, o, c, n in a] for a in fst.arcs]
    return fst


def _write_network(
    path: Path,
    model: SphinxModel,
    phones: PhoneTable,
    transitions: Transitions,
    acoustics: Acoustics,
) -> None:
    stream = KaldiStream()
    transitions.write(
        stream,
        len(phones),
        lambda phone, state: float(model.transitions[phones.base(phone), state, state]),
    )
    acoustics.network().write(stream)
    stream.save(path)


def _write_graph(folder: Path, graph: Fst, vocabulary: list[str], transitions: Transitions) -> None:
    renumbered = save_for_lookahead(graph, folder / "HCLr.fst")
    numbers = {word: renumbered[label] for label, word in enumerate(vocabulary, 1)}
    grammar = one_word_loop(sorted(numbers.values()), math.log(len(numbers)))
    grammar.save(folder / "Gr.fst")
    lines = ["<eps> 0", *(f"{w} {n}" for w, n in sorted(numbers.items(), key=lambda x: x[1]))]
    (folder / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    # Vosk wants an id of a disambiguation symbol to be there; the graph has none.
    (folder / "disambig_tid.int").write_text(f"{len(transitions) + 1}\n")

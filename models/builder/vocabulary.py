"""Which words the model is to know: from the project, from lists, from a language model."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

import voice_guide.language
from voice_guide.language.pack import load_language
from voice_guide.language.templates import normalise
from voice_guide.resources import scripts_folder
from voice_guide.script.loader import load_script
from voice_guide.session.engine import Engine
from voice_guide.speech.decoys import COMMON_WORDS, LIKE_URGENT, NOT_STOP
from voice_guide.speech.grammar import SKIP_WORDS

LISTS = Path(__file__).parent / "words"
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_LARGEST_NUMBER = 120
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case, without digits or punctuation."""
    return _WORD.findall(normalise(text))


def domain_words() -> list[str]:
    """Return the words of the lists beside this file."""
    lines = (LISTS / "domain.txt").read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in words_of(line)]


def project_words(scripts: Path | None = None) -> list[str]:
    """Return every word that the English language pack and the English scripts use, sorted.

    What is said to the user counts too: it is what people say back, and what an echo holds.

    Args:
        scripts: a folder of scripts; None takes those that come with voice_guide.
    """
    language = load_language("en")
    found = {word for phrase in language.phrases for word in phrase.text.split()}
    decoys = (*COMMON_WORDS, *NOT_STOP, *LIKE_URGENT)
    listened_for = (*language.skip_words, *SKIP_WORDS, language.address)
    for text in (*decoys, *listened_for, *_language_texts(), *script_texts(scripts)):
        found.update(words_of(text))
    for number in range(_LARGEST_NUMBER + 1):
        found.update(words_of(language.number(number)))
    return sorted(word for word in found if len(word) > 1 or word in {"a", "i"})


def command_words() -> list[str]:
    """Return the words of the phrases that can be said at any time, sorted."""
    language = load_language("en")
    texts = [phrase.text for phrase in language.phrases] + list(language.skip_words)
    texts += [text for group in language.slotted.values() for text in group]
    texts += ["up down left right on off yes no go stop back"]
    texts += [language.number(n) for n in range(1, 31)]
    return sorted({word for text in texts for word in words_of(re.sub(r"\{\w+\}", " ", text))})


def project_phrases(scripts: Path | None = None) -> list[str]:
    """Return the phrases of more than one word that the pack and the English scripts listen for.

    Without those that are made of a part of the body, a number or a step: there are thousands.

    Args:
        scripts: a folder of scripts; None takes those that come with voice_guide.
    """
    language = load_language("en")
    found = {phrase.text for phrase in language.phrases}
    for path in sorted((scripts or scripts_folder()).glob("*.yaml")):
        if path.name.endswith(".dialogue.yaml"):
            continue
        script = load_script(path).script
        if not script.language.startswith("en"):
            continue
        for phrase in Engine(script, language).every_phrase():
            if not phrase.slots and phrase.intent not in language.slotted:
                found.add(phrase.text)
    return sorted(text for text in found if " " in text)


def script_texts(scripts: Path | None = None) -> Iterator[str]:
    """Yield every text of the English scripts: phrases, names and what is read aloud."""
    for path in sorted((scripts or scripts_folder()).rglob("*.yaml")):
        script = yaml.load(path.read_text("utf-8"), Loader=_LOADER)
        if isinstance(script, dict) and str(script.get("language", "en")).startswith("en"):
            yield from _texts({k: v for k, v in script.items() if k != "sources"})


def frequent_words(words: Iterable[str], language_model: Path, count: int) -> list[str]:
    """Return those of the words that the unigrams of a Sphinx language model rank first."""
    from pocketsphinx import Config, LogMath, NGramModel  # noqa: PLC0415 - only to build

    model = NGramModel(Config(loglevel="FATAL"), LogMath(), str(language_model))
    plain = [word for word in words if len(word) > 1 or word in {"a", "i", "o"}]
    return sorted(plain, key=lambda word: (-model.prob([word]), word))[:count]


def _language_texts() -> Iterator[str]:
    folder = Path(voice_guide.language.__file__).parent / "en"
    for name in ("phrases.yaml", "prompts.yaml"):
        yield from _texts(yaml.safe_load((folder / name).read_text("utf-8")))


def _texts(node: Any) -> Iterator[str]:
    """Yield the strings of parsed YAML, but for what stands in ``{braces}``."""
    if isinstance(node, str):
        yield re.sub(r"\{[^{}]*\}|https?://\S+|\S+\.(?:html|org|com)\S*", " ", node)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)

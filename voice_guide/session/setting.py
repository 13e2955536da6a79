"""What does not change in a session: the script, the language and the program made from them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from voice_guide.language.pack import Language
from voice_guide.language.phrases import Phrase
from voice_guide.script.model import Script
from voice_guide.session.naming import naming
from voice_guide.session.program import Moment


@dataclass(frozen=True)
class Setting:
    """What does not change in a session."""

    script: Script
    language: Language
    program: tuple[Moment, ...]
    only_when_called: bool = False
    """Whether commands are only taken after the narrator's name."""

    @property
    def pressure(self) -> str | None:
        """The scale that "too hard" and "too soft" turn."""
        if "pressure" in self.script.scales:
            return "pressure"
        return next(iter(self.script.scales), None)

    def pronounced(self, text: str) -> str:
        """Return a text as it is to be spoken, with the script's words written as they sound."""
        sounds = {word.lower(): sound for word, sound in self.script.pronounce.items()}
        if self._pronounce is None:
            return text
        return self._pronounce.sub(lambda found: sounds[found.group().lower()], text)

    @cached_property
    def _pronounce(self) -> re.Pattern[str] | None:
        words = sorted(self.script.pronounce, key=len, reverse=True)
        if not words:
            return None
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)

    @cached_property
    def area_words(self) -> Mapping[str, str]:
        """The areas by all the words for them."""
        words: dict[str, str] = {}
        for area, others in self.script.areas.items():
            for name in (area, *others):
                for form in self.language.forms(name):
                    words.setdefault(form, area)
        return words

    @cached_property
    def universals(self) -> tuple[Phrase, ...]:
        """All that can be said everywhere, also what names something of the script."""
        named = naming(self.language, self.area_words, self.program)
        return (*self.language.phrases, *self.language.rarer_phrases, *named)

    @cached_property
    def usual_answers(self) -> Mapping[str, str]:
        """The answers that silence stands for, by the names under which they are kept."""
        asked = (moment.question for moment in self.program)
        questions = [question for question in asked if question is not None]
        return {q.save: q.silence for q in reversed(questions) if q.save and q.silence}

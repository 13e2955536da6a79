"""The words that a page is put together from, in the language of its script."""

from collections.abc import Iterable

from voice_guide.language.pack import Language


class Wording:
    """Says the facts of a page in one language."""

    def __init__(self, language: Language) -> None:
        """Take the words from a language pack."""
        self.language = language
        ready = next(iter(language.universals["ready"]))
        self._usual = {"ready": ready}

    def say(self, part: str, name: str, /, **values: str) -> str:
        """Return one piece of wording with its values filled in.

        Args:
            part: the part of ``page.yaml`` that it is in.
            name: its name there.
            values: what is filled in; the word for "ready" always is.
        """
        return self.language.page[part][name].format(**self._usual | values)

    def yes_or_no(self, answer: str) -> str:
        """Return an answer as it is said: "yes" in English, "ja" in German."""
        return self.language.words[answer] if answer in ("yes", "no") else answer

    def either(self, texts: Iterable[str]) -> str:
        """Return texts with "or" between all of them."""
        return f" {self.language.words['or']} ".join(texts)

    def all_of(self, texts: Iterable[str]) -> str:
        """Return texts with "and" between all of them."""
        return f" {self.language.words['and']} ".join(texts)

    def several(self, count: float, name: str) -> str:
        """Return a number of things: "1 step", "3 steps"."""
        point = self.language.page["counts"]["decimal point"]
        shown = f"{count:g}".replace(".", point)
        return self.say("counts", name if count == 1 else f"{name}s", count=shown)

    def time(self, seconds: float) -> str:
        """Return a length of time."""
        if seconds >= 60 and seconds % 60 == 0:
            return self.several(round(seconds / 60), "minute")
        if seconds > 90:
            minutes = self.several(int(seconds // 60), "minute")
            return f"{minutes} {self.several(round(seconds % 60), 'second')}"
        return self.several(round(seconds, 1), "second")

    def about(self, seconds: float) -> str:
        """Return a length of time in whole minutes."""
        minutes = round(seconds / 60)
        if not minutes:
            return self.say("counts", "less than a minute")
        return self.say("counts", "about", time=self.several(minutes, "minute"))

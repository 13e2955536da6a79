"""Vosk's published models that can listen for given phrases, by short names.

Alpha Cephei publishes no checksums. Each of those here was found, the same, in at least two public
projects that have nothing to do with each other: recipes of packages (Arch Linux has en-us-lgraph,
Yocto the Italian one) and programs that fetch the models. A model with one such witness is not
listed. They were not compared with the archives themselves: where this was written there was no
way to Alpha Cephei's server. Any other model can be installed by its address and a checksum.
"""

from dataclasses import dataclass

ADDRESS = "https://alphacephei.com/vosk/models/"
"""Where the archives are published."""


@dataclass(frozen=True)
class Published:
    """A published model."""

    archive: str
    """The name of the archive, without ".zip". The folder in it is called the same."""
    language: str
    """Its language, as language packs are called."""
    megabytes: int
    """The size of the archive."""
    sha256: str

    @property
    def address(self) -> str:
        """Where to fetch it."""
        return f"{ADDRESS}{self.archive}.zip"


PUBLISHED: dict[str, Published] = {
    "small-en-us": Published(
        "vosk-model-small-en-us-0.15",
        "en",
        41,
        "30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
    ),
    "en-us-lgraph": Published(
        "vosk-model-en-us-0.22-lgraph",
        "en",
        131,
        "d9838b4aaa82a75c4a17f5aca300eaca129aaab2a7cbf951bafbb500eb9c4334",
    ),
    "small-de": Published(
        "vosk-model-small-de-0.15",
        "de",
        46,
        "b7e53c90b1f0a38456f4cd62b366ecd58803cd97cd42b06438e2c131713d5e43",
    ),
    "small-es": Published(
        "vosk-model-small-es-0.42",
        "es",
        40,
        "09b239888f633ef2f0b4e09736e3d9936acfd810bc65d53fad45261762c6511f",
    ),
    "small-fr": Published(
        "vosk-model-small-fr-0.22",
        "fr",
        42,
        "cabf6180e177eb9b3a9a9d43a437bd5e549f3a7d09525e5d69a3fed787be12ad",
    ),
    "small-it": Published(
        "vosk-model-small-it-0.22",
        "it",
        50,
        "9ec65e75861d1c6c2e457cccd932705340dcdf233f5b239f00733b4de0bf3267",
    ),
    "small-nl": Published(
        "vosk-model-small-nl-0.22",
        "nl",
        40,
        "039811c3b829de64e4f123a9f684a53784005b212a346ac0b899dc7efce2ed0a",
    ),
    "small-pl": Published(
        "vosk-model-small-pl-0.22",
        "pl",
        53,
        "c4cd16498ea544f446f9e9a55cbd602b71cfe5a2b6f2b0834d81e1b6fce15f0d",
    ),
    "small-pt": Published(
        "vosk-model-small-pt-0.3",
        "pt",
        32,
        "6e1ce909032e1afa7a88e68a3d628ecafff302bdf195befab308826c395e93b7",
    ),
    "small-ru": Published(
        "vosk-model-small-ru-0.22",
        "ru",
        46,
        "961d5ff98a17f4aa6de69864d0aa71fa5bac682301d2b5d17a3f24c5c99a46d4",
    ),
}
"""By the names that are typed."""


def find(name: str) -> tuple[str, Published] | None:
    """Return a published model by its short name or by the name of its archive."""
    plain = name.removesuffix(".zip")
    for short, published in PUBLISHED.items():
        if plain in (short, published.archive):
            return short, published
    return None

"""The file and its form: E01 to E09, W01 to W09."""

from voice_guide.script.codes.code import error, warning

FILE = error(
    "E01",
    "The file cannot be read as a script",
    """The file is not there, is a folder, is empty, is larger than 1 MB, or is not UTF-8 text.
    Give the path of a script, or the name of one that comes with voice_guide, and save it as
    UTF-8.""",
)
YAML = error(
    "E02",
    "The YAML is wrong",
    """The file cannot be taken apart into keys and values. Most often the indentation does not
    fit the lines above, or a text needs quotes because it has ": " in it or begins with a mark
    such as [ or {.""",
)
YAML_EXTRA = error(
    "E03",
    "A part of YAML that scripts do not have",
    """Anchors (&name), aliases (*name), tags (!!name) and several documents in one file are
    refused: a script never needs them, and a few lines of aliases can blow up to gigabytes.
    Write the value out, or put the text in quotes.""",
)
UNKNOWN_KEY = error(
    "E04",
    "A key that is not known here",
    """Most often a spelling mistake, or a key that belongs one level higher or lower. An unknown
    key would be ignored in silence, and what it asks for would never happen.""",
)
TWICE = error(
    "E05",
    "A key that is there twice",
    """Only one of the two could count. Keep one of them, or make a list of what is under both.""",
)
MISSING_KEY = error(
    "E06",
    "A key that is needed is missing",
    """For example, a script needs a title and steps, and every step needs a name.""",
)
WRONG_VALUE = error(
    "E07",
    "A value that cannot be here",
    """The value has the wrong shape (a text where a list belongs), is empty, too long, or is not
    among those that are possible. Durations need a unit: "90 s", "5 min".""",
)
NO_LANGUAGE = error(
    "E08",
    "There is no language pack for this language",
    """The narrator's own sentences, and what can be said everywhere, come from a language pack.
    Set 'language:' to one that there is.""",
)
INCLUDE = error(
    "E09",
    "A part that cannot be included",
    """Parts are YAML files in the folder of the script, or in a folder in it: no "..", no absolute
    paths, no links that lead out. A part begins with "format: 1" and "part:" with its name.
    Together a script and its parts can be 1 MB, 30 files, and 4 deep.""",
)
SWITCHES_NOTHING_OFF = warning(
    "W01",
    "A comment that switches nothing off",
    """"# check: off W41" counts for its own line, or for the line below when it stands alone. There
    is no such finding there: it may have been mended. Remove the comment.""",
)

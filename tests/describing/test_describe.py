"""A script as a page: what is on it, and that each form of it is well formed."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from voice_guide.describing import as_html, as_markdown, as_text, describe
from voice_guide.language.pack import load_language
from voice_guide.script import bundled_scripts, find_script, load_script, parse_script

SCRIPT = """\
format: 1
title: Tea & <quiet>
about: A cup of tea.
needs: [a cup, tea]
scales: {strength: {levels: [weak, strong], start: weak}}
areas: [neck]
limits: {per_day: 5 min, rest_days: 1}
before:
  - ask: Is the water hot?
    yes:
    no: {end: Then heat it first.}
steps:
  - name: Pour it
    say: Pour the water, [pause 2 s] for {strength} tea.
    for: 90 s
    cues: [{at: 20 s, say: Slowly.}]
  - name: Turn to the {side}
    each: [left, right]
    area: neck
    say: "Turn to the {side}. *Not* far."
    reps: 5
  - name: Taste it
    when: {warm: yes}
    ask: How is it?
    answers:
      "[too] weak": {turn: {strength: up}, say: Wait a little.}
      good:
    silence: good
replies:
  - hear: "[some] more (tea|water)"
    say: Take some.
    hold: until ready
  - hear: I burned my hand
    stop: Put it under cold water.
after:
  - ask: How warm is it?
    number: 0-10
    save: warm
"""


@pytest.fixture(scope="module")
def page():
    script = parse_script(SCRIPT, Path("tea.yaml")).script
    return describe(script, load_language("en"), 200.0)


@pytest.fixture(scope="module")
def text(page):
    return " ".join(as_text(page).split())


@pytest.mark.parametrize(
    "fact",
    [
        "Tea & <quiet> =====",
        "It takes: about 3 minutes",
        "It has: 3 steps and 3 questions",
        "You need: a cup, tea",
        "The strength can be: weak, strong. It begins with weak",
        "At most on one day: 5 minutes",
        '"Is the water hot?" - yes: the session goes on - no: the session ends: "Then heat it',
        '1. Pour it "Pour the water, for weak tea."',
        'How long: 90 seconds - After 20 seconds: "Slowly."',
        "2. Turn to the left / right",
        "How often: 5 times, counted aloud, 20 seconds in all",
        "Part of the body: neck. If it is sore, the step is left out",
        "3. Taste it Only if warm is yes.",
        'too weak, weak: the narrator says "Wait a little."; more strength from here on',
        "nothing: it is taken as good",
        "a number from 0 to 10: the session goes on",
        'some more tea, some more water, more tea, more water: the narrator says "Take some.";',
        'i burned my hand: the session stops: "Put it under cold water."',
        "stop: stop,",
        "it hurts:",
    ],
)
def test_what_is_said_and_answered_and_how_long_it_takes(text, fact):
    assert fact in text


GERMAN = """\
format: 1
language: de
title: Tee
scales: {stärke: {levels: [schwach, stark], start: schwach}}
areas: [nacken]
before: [{ask: Ist das Wasser heiß?, yes: , no: {end: Dann mach es heiß.}}]
steps:
  - {name: Ziehen, say: Lass den Tee ziehen., for: 90.5 s, cues: [{at: 20 s, say: Ruhig.}]}
  - name: Kosten
    area: nacken
    when: {warm: yes}
    unless: {nacken: sore}
    ask: Wie ist er?
    answers: {zu schwach: {turn: {stärke: up}}, gut: {go to: the end}}
    silence: gut
    until: ready
after: [{ask: Wie warm?, number: 0-10, save: warm}]
"""


def test_the_page_of_a_german_script_is_in_german():
    page = describe(parse_script(GERMAN, Path("tee.yaml")).script, load_language("de"), 200.0)
    text = " ".join(as_text(page).split())
    for fact in (
        "Dauer: etwa 3 Min. - Umfang: 2 Schritte und 3 Fragen",
        '"Ist das Wasser heiß?" - ja: die Sitzung geht weiter - nein: die Sitzung endet:',
        "Wie lange: 1 Min. 30 Sek.",
        "Nur wenn warm ja ist, nicht wenn nacken schmerzhaft ist.",
        "zu schwach: von da an mehr stärke",
        "die Sitzung geht weiter mit „die Fragen nach dem letzten Schritt“",
        "bis jemand „fertig“ sagt",
        "eine Zahl von 0 bis 10",
        "Kribbeln: es kribbelt",
    ):
        assert fact in text, text
    assert not re.search(r"\b(the|is|if|and|or|minutes|question|session|step)\b", text), text
    assert '<html lang="de">' in as_html(page)


def test_no_line_of_the_text_is_wider_than_a_terminal(page):
    assert max(len(line) for line in as_text(page).splitlines()) <= 80


def test_markdown_takes_nothing_of_the_script_for_its_own(page):
    html = MarkdownIt().render(as_markdown(page))
    assert "<em>" not in html and "*Not* far" in html
    assert "<h1>Tea &amp; &lt;quiet&gt;</h1>" in html
    assert html.count("<h3>") == 3 and "<ol>" not in html


class _Outline(HTMLParser):
    """Collects the headings of a page, and whatever it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.loads: list[str] = []
        self.open: list[str] = []
        self.language = ""

    def handle_starttag(self, tag, attrs):
        if tag == "meta":
            return
        self.open.append(tag)
        self.loads += [name for name, _ in attrs if name in ("src", "href")]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.language = dict(attrs)["lang"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", bundled_scripts())
def test_html_is_well_formed_and_loads_nothing(name):
    script = load_script(find_script(name)).script
    outline = _Outline()
    outline.feed(as_html(describe(script, load_language(script.language), 60.0)))
    assert outline.open == [] and outline.loads == [] and outline.language == "en"
    assert outline.headings[0] == 1 and outline.headings.count(1) == 1
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)


def test_html_escapes_what_a_script_says(page):
    html = as_html(page)
    assert "Tea &amp; &lt;quiet&gt;" in html and "<quiet>" not in html

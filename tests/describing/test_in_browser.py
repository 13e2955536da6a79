"""The page in a real browser."""

import os

import pytest
from browser import axe, browser, missing_parts

from voice_guide.describing import as_html, describe
from voice_guide.language.pack import load_language
from voice_guide.script import find_script, load_script


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    if missing := missing_parts():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the tests in a browser must run in CI, but {missing}", pytrace=False)
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp("browser")
    script = load_script(find_script("back_massage")).script
    page = as_html(describe(script, load_language("en"), 1000.0))
    (folder / "page.html").write_text(page, "utf-8")
    with browser(folder) as window:
        window.open(folder / "page.html")
        yield window


def test_it_is_shown_without_a_complaint_and_loads_nothing(window):
    assert window.console() == []
    assert window.run("return performance.getEntriesByType('resource').length") == 0


def test_it_is_readable_at_the_width_of_a_phone(window):
    window.resize(360, 740)
    assert window.run("return document.documentElement.scrollWidth") <= 360


def test_axe_finds_nothing_serious(window):
    window.run(axe())
    found = window.wait_for("axe.run().then(arguments[0], e => arguments[0]({violations: [e]}))")
    serious = [one for one in found["violations"] if one.get("impact") in ("serious", "critical")]
    assert serious == []

"""The report in a real browser."""

import os

import pytest
from browser import axe, browser, missing_parts
from test_report import played, report

__all__ = ["played"]

pytest.importorskip("matplotlib")
PHONE = (360, 740)


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    if missing := missing_parts():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the tests in a browser must run in CI, but {missing}", pytrace=False)
        pytest.skip(missing)
    with browser(tmp_path_factory.mktemp("browser")) as window:
        yield window


@pytest.fixture(params=["one session", "all sessions"])
def shown(request, played, tmp_path, window):
    report(tmp_path, *(["3"] if request.param == "one session" else []))
    window.open(tmp_path / "report.html")
    return window


def test_it_is_rendered_without_a_complaint(shown):
    assert shown.console() == []
    pictures = shown.run(
        "return [...document.querySelectorAll('figure svg')]"
        ".map(svg => [svg.getBoundingClientRect().width, svg.querySelectorAll('text').length])"
    )
    assert pictures
    assert all(width > 300 and texts > 2 for width, texts in pictures)
    assert shown.run("return performance.getEntriesByType('resource').length") == 0


def test_it_is_readable_at_the_width_of_a_phone(shown):
    shown.resize(*PHONE)
    width, text = shown.run(
        "return [document.documentElement.scrollWidth,"
        " parseFloat(getComputedStyle(document.querySelector('td')).fontSize)]"
    )
    assert width <= PHONE[0], "the page scrolls sideways"
    assert text >= 16
    small = shown.run(
        "return Math.min(...[...document.querySelectorAll('figure svg text')]"
        ".map(text => text.getBoundingClientRect().height))"
    )
    assert small >= 12, "the words in a picture are too small to read"


def test_axe_finds_nothing_serious(shown):
    shown.run(axe())
    found = shown.wait_for("axe.run().then(arguments[0], e => arguments[0]({violations: [e]}))")
    serious = [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical", None)
    ]
    assert serious == []
    assert len(found["passes"]) > 10

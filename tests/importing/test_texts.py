"""Drafts of whole texts: our own of eleven kinds, and the articles beside the repository."""

from pathlib import Path

import pytest

TEXTS = sorted(path.name for path in (Path(__file__).parent / "texts").iterdir())
ARTICLES = Path(__file__).parents[3] / "shared" / "articles"


def article(number: str) -> str:
    found = sorted(ARTICLES.glob(f"{number}*.txt"))
    if not found:
        pytest.skip(f"the articles are not there: {ARTICLES}")
    return found[0].read_text("utf-8")


def test_there_are_texts_of_many_kinds():
    assert len(TEXTS) >= 10


@pytest.mark.parametrize("name", TEXTS)
def test_a_draft_has_no_errors_and_says_where_its_author_must_choose(imported, name):
    draft = imported(name)
    assert [f.message for f in draft.findings if f.severity == "error"] == []
    assert draft.text.count("# decide:") == draft.draft.decisions
    assert all(step.say or step.ask for step in draft.script.steps)


STEPS = {
    "recipe.md": 6,
    "knee_exercise.txt": 4,
    "hair_wash.html": 8,
    "nosebleed.txt": 6,
    "tea_ceremony.txt": 11,
    "breathing_break.md": 5,
    "foot_care.txt": 5,
    "shoulder_stretch.txt": 5,
    "planting.md": 5,
    "transfer.txt": 8,
    "hand_massage.html": 6,
    "dressing.txt": 7,
    "foot_bath.md": 5,
    "morning_routine.txt": 5,
}


@pytest.mark.parametrize("name", TEXTS)
def test_each_bullet_becomes_a_step(imported, name):
    assert len(imported(name).script.steps) == STEPS[name]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("recipe.md", "Grandmother's oat pancakes"),
        ("knee_exercise.txt", "Knee strengthening at home"),
        ("hair_wash.html", "Washing somebody's hair in bed"),
        ("foot_care.txt", "Daily foot care for people with diabetes"),
        ("transfer.txt", "Helping somebody from the bed to a chair"),
    ],
)
def test_the_title_is_that_of_the_text(imported, name, title):
    assert imported(name).script.title == title


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("recipe.md", ("2 cups of oat flour", "a little butter")),
        ("knee_exercise.txt", ("a firm chair",)),
        ("hair_wash.html", ("an inflatable basin", "three towels")),
        ("planting.md", ("a pot with holes", "a young plant")),
        ("tea_ceremony.txt", ("a tea bowl", "a bamboo whisk")),
    ],
)
def test_what_is_needed_is_listed(imported, name, needs):
    assert set(needs) <= set(imported(name).script.needs)


@pytest.mark.parametrize(
    ("name", "step", "seconds"),
    [
        ("recipe.md", "Add the eggs", 120),
        ("recipe.md", "Pour a ladle", 90),
        ("nosebleed.txt", "Keep pinching", 600),
        ("tea_ceremony.txt", "Whisk quickly", 20),
        ("tea_ceremony.txt", "Let the kettle", 300),
        ("shoulder_stretch.txt", "Hold the stretch", 30),
        ("hand_massage.html", "Make small circles", 30),
        ("transfer.txt", "Wait for one minute", 60),
        ("hair_wash.html", "Massage the shampoo", 60),
        ("breathing_break.md", "Breathe out", 180),
    ],
)
def test_times_are_recognised(imported, name, step, seconds):
    found = next(s for s in imported(name).script.steps if s.name.startswith(step))
    assert found.for_ == seconds


@pytest.mark.parametrize(
    ("name", "step", "reps"),
    [
        ("knee_exercise.txt", "Slowly straighten", 10),
        ("knee_exercise.txt", "Stand behind", 12),
        ("shoulder_stretch.txt", "Roll your shoulders", 10),
        ("hand_massage.html", "Stroke the back", 10),
    ],
)
def test_counts_are_recognised(imported, name, step, reps):
    found = next(s for s in imported(name).script.steps if s.name.startswith(step))
    assert found.reps == reps


def test_both_sides_become_each(imported):
    steps = imported("knee_exercise.txt").script.steps
    assert [step.each for step in steps if step.each] == [("left", "right")]


@pytest.mark.parametrize(
    ("name", "heard", "told"),
    [
        ("knee_exercise.txt", "very strong pain", "See a doctor"),
        ("hair_wash.html", "very dizzy", "Lower the head of the bed and call a nurse"),
        ("nosebleed.txt", "there is blood", "Call an ambulance"),
        ("shoulder_stretch.txt", "numb", "Do nothing more for now"),
        ("transfer.txt", "dizzy", "Let them sit down again"),
        ("hand_massage.html", "something is wrong", "Stopped"),
        ("foot_care.txt", "the skin has changed", "Call your nurse"),
    ],
)
def test_warnings_become_stop_signs(imported, name, heard, told):
    stops = [reply for reply in imported(name).script.replies if reply.stop]
    assert any(heard in " ".join(r.hear) and told in (r.stop or "") for r in stops)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("knee_exercise.txt", "Have you had a knee operation in the last six weeks?"),
        ("hair_wash.html", "Look at the scalp. Are there any sores?"),
        ("foot_care.txt", "Do you have an open wound on the foot?"),
        ("transfer.txt", "Check that the brakes of the wheelchair are on. Is it so?"),
    ],
)
def test_what_speaks_against_it_is_asked_before(imported, name, question):
    assert question in [asked.ask for asked in imported(name).script.before]


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("hair_wash.html", "Ask the person if it is warm enough."),
        ("transfer.txt", "Ask the person whether they feel strong enough to stand."),
        ("hand_massage.html", "Ask them how the pressure feels."),
        ("tea_ceremony.txt", "Ask your guest how it tastes."),
    ],
)
def test_ask_the_person_becomes_a_question(imported, name, question):
    assert any((step.ask or "").startswith(question) for step in imported(name).script.steps)


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("recipe.md", ("subscribe", "fibre", "apple cake", "in our family")),
        ("hair_wash.html", ("account", "cookies", "book now", "track()")),
        ("tea_ceremony.txt", ("monks", "centuries")),
        ("shoulder_stretch.txt", ("office workers", "example.org", "studio")),
        ("hand_massage.html", ("20%", "if you agree")),
        ("planting.md", ("happy plant",)),
        ("foot_care.txt", ("slowly",)),
    ],
)
def test_advertisement_and_filler_are_left_out(imported, name, left_out):
    words = imported(name).all_words
    assert [part for part in left_out if part in words] == []


def test_limits_are_recognised(imported):
    stretch = imported("shoulder_stretch.txt").script.limits
    assert stretch is not None and stretch.per_day == 15 * 60
    knee = imported("knee_exercise.txt").script.limits
    assert knee is not None and knee.rest_day_if == "still sore"


@pytest.mark.parametrize("number", ["000", "002"])
def test_an_article_of_the_web_becomes_a_draft_without_errors(imported, number):
    draft = imported(article(number))
    assert [f.message for f in draft.findings if f.severity == "error"] == []
    assert "lotion" in " ".join(draft.script.needs)
    assert len([step for step in draft.script.steps if step.ask]) == 2
    assert any("pain" in (step.ask or "") for step in draft.script.steps)
    assert "more lotion" in draft.heard
    assert draft.script.scales["pressure"].start == "light"
    words = draft.all_words
    filler = ("london", "mesa", "cortisol", "immunity", "desk", "http", "992", "benefit")
    assert [part for part in filler if part in words] == []


def test_the_ball_of_the_article_keeps_its_limits_and_its_doctor(imported):
    draft = imported(article("000"))
    limits = draft.script.limits
    assert limits is not None and limits.per_day == 300
    assert limits.rest_day_if == "still stiff or sore"
    stops = " ".join(reply.stop or "" for reply in draft.script.replies)
    assert "See a doctor immediately" in stops and "very strong pain" in draft.heard
    assert "is it a session of its own?" in draft.text


def test_the_other_article_keeps_its_warnings(imported):
    draft = imported(article("002"))
    assert [asked.ask for asked in draft.script.before] == [
        "Look at the skin. Is there any redness?"
    ]
    assert "numb" in draft.heard and "tingling" in draft.heard
    assert any("no more lotions" in (reply.stop or "") for reply in draft.script.replies)


def test_how_often_it_is_done_belongs_to_the_step_before(imported):
    steps = imported("morning_routine.txt").script.steps
    assert [(step.name, step.reps) for step in steps if step.reps] == [("Breathe in", 10)]
    assert (steps[2].say or "").endswith("Do this ten times.")


def test_what_speaks_against_it_is_asked_and_not_told_in_the_middle(imported):
    draft = imported("morning_routine.txt")
    (asked,) = draft.script.before
    assert asked.ask == "Is any of this so: your wrists hurt or you're pregnant past 20 weeks?"
    assert asked.yes.end and not any("pregnant" in said for said in draft.said)
    assert "comments" not in draft.all_words


def test_what_to_get_is_what_is_needed(imported):
    draft = imported("foot_bath.md")
    assert draft.script.needs == ("a basin", "warm water", "a towel", "2 tbsp salt")
    assert draft.script.steps[0].name == "Fill the basin half full"


def test_what_is_written_short_is_spoken_whole(imported):
    draft = imported("dressing.txt")
    assert "seconds with soap." in draft.said[0]
    assert {"tape", "warm water"} <= set(draft.script.needs)
    assert [reply.stop for reply in draft.script.replies] == ["Stopped. Call the nurse!"]

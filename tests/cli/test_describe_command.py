"""``voice-guide describe`` as a user types it."""


def test_a_script_is_told_as_text(here):
    result = here("describe", "short.yaml")
    assert result.exit_code == 0
    assert result.stdout.startswith("Short\n=====\n")
    assert "It takes: less than a minute" in result.stdout
    assert "good: the session goes on" in result.stdout


def test_the_form_follows_the_name_of_the_file(here, user):
    result = here("describe", "breathing", "--output", "page.html")
    assert result.exit_code == 0 and "Written to page.html" in result.stdout
    assert (user.folder / "page.html").read_text().startswith("<!DOCTYPE html>")
    here("describe", "breathing", "--output", "page.md", "--no-render")
    assert (user.folder / "page.md").read_text().startswith("# ")
    told = here("describe", "breathing", "--format", "markdown", "--no-render").stdout
    assert told == (user.folder / "page.md").read_text()


def test_a_file_that_is_there_is_not_written_over(here, user):
    (user.folder / "page.md").write_text("mine")
    result = here("describe", "breathing", "--output", "page.md")
    assert result.exit_code == 1 and "is there already" in result.stderr
    assert (user.folder / "page.md").read_text() == "mine"


def test_a_script_with_errors_is_told_as_play_tells_it(here):
    result = here("describe", "broken.yaml")
    assert result.exit_code == 1 and "broken.yaml:3:1" in result.stderr


def test_a_form_that_there_is_not_is_refused_before_anything_is_written(here, user):
    result = here("describe", "breathing", "--output", "page.pdf")
    assert result.exit_code == 1 and ".txt, .md or .html" in result.stderr
    assert not (user.folder / "page.pdf").exists()
    assert here("describe", "breathing", "-o", "page.x", "--format", "text").exit_code == 0

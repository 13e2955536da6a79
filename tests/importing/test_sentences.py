"""Single sentences: what they are, and what is found in them."""

import pytest

from voice_guide.importing import quantities
from voice_guide.importing.asking import question_of, screening_of
from voice_guide.importing.kinds import Kind, kind_of
from voice_guide.importing.plain_text import blocks_of_text
from voice_guide.importing.sentences import imperative_form, split_sentences
from voice_guide.importing.wording import short, step_name
from voice_guide.script.tree import TreeReader
from voice_guide.script.yaml_text import scalar


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Put a towel on the bed.", Kind.DO),
        ("Slowly lift the leg.", Kind.DO),
        ("Using a roller, move it up and down.", Kind.DO),
        ("You can then rub the oil in.", Kind.DO),
        ("Massage is good for everybody.", Kind.FILLER),
        ("Massage of the back warms the muscles.", Kind.FILLER),
        ("Massage Smith is the best in town.", Kind.FILLER),
        ("Lower back pain can have many causes.", Kind.FILLER),
        ("Enjoy!", Kind.FILLER),
        ("555 010", Kind.FILLER),
        ("Do not press on the spine.", Kind.CARE),
        ("If the oil is cold, warm it first.", Kind.CARE),
        ("Stop if it hurts.", Kind.STOP),
        ("If you feel faint, call a doctor.", Kind.STOP),
        ("When the arm goes white, stop at once.", Kind.STOP),
        ("You can stop the effects of sitting.", Kind.FILLER),
        ("Ask the person whether it feels good.", Kind.ASK),
        ("Check if the pressure is too hard.", Kind.ASK),
        ("Do not do this if you have a fever.", Kind.SCREEN),
        ("Talk to your doctor first if you are pregnant.", Kind.SCREEN),
        ("Take more water when you need it.", Kind.REFILL),
        ("Use the ball for no more than five minutes a day.", Kind.LIMIT),
        ("Do the exercise twice a week.", Kind.LIMIT),
        ("Book now and save $5.", Kind.ADVERTISEMENT),
        ("Call (555) 010-2030 for a massage.", Kind.ADVERTISEMENT),
        ("Our therapists offer a free course in our studio team.", Kind.ADVERTISEMENT),
    ],
)
def test_what_a_sentence_is(sentence, kind):
    assert kind_of(sentence) is kind


@pytest.mark.parametrize(
    ("sentence", "seconds"),
    [
        ("Hold it for twenty seconds.", 20),
        ("Hold for 10-15 seconds.", 15),
        ("Bake it for half an hour.", 1800),
        ("Let it stand for 1 hour.", 3600),
        ("Knead the dough for 90 s.", 90),
        ("Hold it for a minute.", 60),
        ("After five minutes, turn it over.", None),
        ("Do this every two minutes.", None),
        ("As a start, breathe in.", None),
        ("Lie in a circle. As you do so, rest.", None),
        ("In the last ten minutes nothing happened.", None),
    ],
)
def test_how_long(sentence, seconds):
    found = quantities.duration(sentence)
    assert (found.high if found else None) == seconds


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("Repeat ten times.", 10),
        ("Do 8 to 12 slow repetitions.", 12),
        ("Do this three times a day.", None),
        ("Sometimes it helps.", None),
    ],
)
def test_how_often(sentence, times):
    found = quantities.count(sentence)
    assert (found.high if found else None) == times


@pytest.mark.parametrize(
    ("sentence", "seconds"),
    [
        ("Use it for no more than five minutes a day.", 300),
        ("Every day, roll for no more than 10 minutes.", 600),
        ("Practise up to 1 hour per day.", 3600),
        ("Roll for no more than five minutes.", None),
    ],
)
def test_how_much_a_day(sentence, seconds):
    assert quantities.limit_a_day(sentence) == seconds


def test_sides():
    assert quantities.sides("Do the same with the other arm.")
    assert quantities.sides("Hold it on each side.")
    assert not quantities.sides("Put a hand on either side of the spine.")
    assert not quantities.sides("Use both hands.")


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("Step 3: Then, you can turn it over.", "Turn it over."),
        ("Next, make sure to dry it.", "Dry it."),
        ("TIP: Please warm it.", "Warm it."),
    ],
)
def test_words_that_only_lead_in_are_taken_off(sentence, plain):
    assert imperative_form(sentence) == plain


def test_sentences_end_where_they_end():
    text = 'Add 1.5 l, e.g. of milk. Stir! "Is it warm?" Good.'
    assert split_sentences(text) == ["Add 1.5 l, e.g. of milk.", "Stir!", '"Is it warm?', "Good."]


def test_a_long_sentence_is_made_short():
    reason = "so that the muscles of the person who lies in front of you can get warm and let go"
    assert short(f"Rub the back slowly with both hands {reason}.") == [
        "Rub the back slowly with both hands."
    ]
    long = "Put the " + "very " * 18 + "old pan on the stove, and then pour " + "some " * 12 + "oil"
    assert len(short(long)) == 2 and all(len(part.split()) <= 30 for part in short(long))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Put a little warm lotion on your hands.", "Put a little warm lotion"),
        ("You can rub it in, and rest.", "Rub it in"),
        ("Breathe.", "Breathe"),
    ],
)
def test_a_step_is_called_by_how_it_begins(sentence, name):
    assert step_name(sentence) == name


def test_questions_get_answers_that_fit():
    assert question_of("Ask if the pressure is right.").about == "pressure"
    assert question_of("Ask where it hurts.").about == "pain"
    assert question_of("Ask how it feels.").about == "feeling"
    assert question_of("Ask if they are warm.").about == "other"


@pytest.mark.parametrize(
    ("sentence", "question", "ends_at"),
    [
        ("Do not do this if you have had surgery.", "Have you had surgery?", "yes"),
        ("Avoid this if you are pregnant.", "Are you pregnant?", "yes"),
        ("If you have a fever, see a doctor first.", "Do you have a fever?", "yes"),
        ("Before you start, check the skin for wounds.", "Are there any wounds?", None),
        ("Before you begin, check that the floor is dry.", "Is it so?", "no"),
    ],
)
def test_screening_becomes_a_question_with_an_end(sentence, question, ends_at):
    found = screening_of(sentence)
    assert found.ask.endswith(question) and found.ends_at == ends_at


def test_plain_text_in_its_parts():
    text = "A Title\n\nYou need:\n- a cup\n* a pan\n\n1) Warm\n   it.\n(b) Eat.\n\nA text\nhere.\n"
    assert [(block.kind, block.text) for block in blocks_of_text(text)] == [
        ("title", "A Title"),
        ("heading", "You need"),
        ("item", "a cup"),
        ("item", "a pan"),
        ("item", "Warm it."),
        ("item", "Eat."),
        ("paragraph", "A text here."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "a: b",
        "- a",
        "it's",
        'say "yes"',
        "both ' and \"",
        "a # b",
        "yes",
        "\\",
        "100 %",
    ],
)
def test_every_text_is_written_so_that_it_is_read_back(text):
    tree = TreeReader(f"key: {scalar(text)}\nlist: [{scalar(text, inside=True)}, b]\n")
    assert tree.errors == [] and tree.data == {"key": text, "list": [text, "b"]}

"""What people say, and what is heard of it: E30 to E39, W30 to W39."""

from voice_guide.script.codes.code import error, warning

BAD_TEMPLATE = error(
    "E30",
    "A phrase that cannot be read",
    """[...] is optional, (a|b) is one or the other; every bracket needs its counterpart, and one
    line can stand for 200 phrases at most.""",
)
NOT_HEARD = error(
    "E31",
    "A word that the speech model does not know",
    """The recogniser leaves out such a word without a message, so the phrase is never heard. Say
    it in other words, or use a speech model with more of them. It can be switched off for a script
    that is meant for another speech model.""",
    can_be_off=True,
)
SAME_WORDS = error(
    "E32",
    "The same words mean two things",
    """Both can be said at the same time, and only one of them can count. Choose other words.""",
)
TAKES_OVER_SAFETY = error(
    "E33",
    "A phrase that always means something else",
    """Stop, pause, end and the words for pain and danger mean the same in every session, so that
    everybody can rely on them. No script can take them over. Choose other words.""",
)
HIDES_STOP_SIGN = error(
    "E34",
    "A phrase that hides a stop sign",
    """A reply of the whole script stops or ends the session at these words, and here they would
    mean something else. Who says them must always be able to rely on it. Choose other words.""",
)
TAKES_OVER_COMMAND = warning(
    "W30",
    "A phrase that hides a command",
    """With this reply the words no longer do what they do in every other session. Choose other
    words, unless that is meant.""",
)
HEARS_ITSELF = warning(
    "W31",
    "The narrator says a command",
    """The narrator's voice comes back through the microphone, and could be taken for a person who
    says this. Say it in other words, or inside a longer clause.""",
)
HIDES_REPLY = warning(
    "W32",
    "A phrase that hides a reply",
    """An answer comes before the replies of its step, and those before the replies of the script,
    so the same words mean something else here. If that is meant, switch the warning off.""",
)
SOUNDS_ALIKE = warning(
    "W33",
    "Two phrases that sound alike",
    """Both can be said at the same time, mean different things, and differ only in sounds that are
    easily confused, such as "light" and "right", or "more" and "sore". A weighted edit distance
    over their phones tells. Choose words that differ in more than one sound.""",
)
STEP_NOT_NAMED = warning(
    "W34",
    "A step that nobody can skip to",
    """People go to a step by its name: "skip to the neck". This name has a word that the speech
    model does not know. The step is reached in its turn all the same. Call it by other words, or
    switch the warning off.""",
)

"""How an utterance is decoded, and what a phrase must win by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DecodingSettings:
    """How an utterance is decoded."""

    floor_db: float = -70.0
    """Noise at this level (dB of full scale) is mixed in: exact digital silence, which no room
    has, comes back as ``[unk]`` otherwise."""

    level_db: float = -3.0
    """The peak that an utterance is brought to for the second look ..."""

    level_floor_db: float = -62.0
    """... and the noise that is mixed in then."""

    doubtful: float = 0.3
    """A phrase with a word of less confidence is not acted on, unless it is expected."""

    look_again_s: float = 1.7
    """Utterances up to this long, pre-roll and hangover included, get a second look."""

    margin: float = -1.0
    """By how much (natural logarithm of likelihood) a phrase must beat any sounds at all. A phrase
    can win in the grammar because nothing in it fits better: "snowboy" comes out as "slower"."""

    whole_margin: float = -1.2
    """The same for a phrase that is one word to the model. Each word that is begun has its cost,
    and such a phrase begins but one."""

    words_margin: float = -1.5
    """By how much a phrase must beat any words of the model, each as likely beforehand as all of
    it. "Goat" by a person, which is no phrase, was "go to the next step", but fits "goat" by 2.5
    better; "otter" was "harder" (3.8), "added" was "I'm ready" (5.3) ..."""

    words_margin_short: float = -5.0
    """... where it has one syllable, as it is written: there is often another word that differs in
    one sound, and people's "yes" loses to "guess" by 3, their "right" to "bright" by 2 ..."""

    words_margin_in_noise: float = -5.0
    """... and where noise hides much of it: there "again" and the noise behind it fit "against"."""

    quiet_db: float = 28.0
    """The contrast of an utterance where it is quiet: a voice 20 dB over a kitchen's noise has 25
    to 30 dB ..."""

    noisy_db: float = 20.0
    """... and where it is noisy: 10 dB over it in a room, 15 to 21. Between them it is between."""

    urgent_margin: float = -1.2
    """For what is urgent, which must not be missed, over any sounds beside words like it. To be any
    sounds costs 2.3 there, so it may lose to them by 3.5."""

    stop_margin: float = 1.95
    """The same for "stop" where it is looked for alone, over any sounds, three short words and what
    sounds like it: to be any sounds costs 1.4 there. Of 280 by people, clean to 5 dB, two had
    between this and 3."""

    stop_margin_in_echo: float = 1.45
    """The same where it may begin with the narrator's own echo: as well as any sounds."""

    clearly: float = 2.0
    """What is less by this is clearly no "stop": a quarter of a second of quiet behind it changes
    the margin by less than 1 (231 of people's, "stop" and other words)."""

    ending_margin: float = -1.0
    """The same for a "stop" behind other speech that was recognised there ..."""

    long_ending_margin: float = -1.75
    """... and where it has several words, of which hardly anything else ends with: "ow, stop it" by
    two voices had -1.6 and -1.7, "stop listening" in noise -1.8. What is not there has -2.6."""

    refused_ending_margin: float = 2.0
    """... and where it was all that was recognised, and does not fit all of the sound. "Hey, stop
    that" by four voices had 2.4 and more; the beginning of "stop if the skin turns red", which is
    "stop it" so far, -0.4 to 1.8."""

    no_other_odds: float = -1.0
    """An urgent phrase of several words that loses to any sounds is one all the same with such odds
    ..."""

    no_other_words: float = 3.0
    """... if no other words fit nearly as well: a neural voice's "stop it", that no training heard,
    loses by 4.5 to 5.8, has odds of -0.6 and 0.4, and wins by 4 over any words. In 43 minutes of
    reading no urgent one that was refused had odds over -6."""

    ending_odds: float = 2.0
    """Odds (natural logarithm) of the phrase check for a "stop" that was recognised behind other
    speech, in noise, with which it counts, however little it wins by."""

    ending_with_others: float = 1.0
    """A "stop" at the end of talk that was not recognised, where it is quiet: the odds (natural
    logarithm) of the phrase check, twice those of the check of ends, and what it wins by there over
    any words where that is less than 0, are so much together. Of 20 by people whom nothing was
    trained on that the checks are asked about, and that fit at all, nine have less, -8.1 to 0.1; of
    ends of 2.9 hours of talk "patched up" and "wakes up" have 0.7, the next -0.8; one by an actor
    that has 6.6 is a "stop" to the recogniser as well."""

    ending_fits: float = 0.0
    """It must win by so much there over any sounds, too. Of those 20 the eleven that are heard win
    by 2.3 and more; "rooftops", of which both checks are sure, loses by 4 to 7, "ripped off" by
    5.9."""

    noisy_ending_odds: float = -0.4
    """The same in noise, where the words tell less: the odds of the check of ends alone ..."""

    noisy_ending_with_margin: float = 0.7
    """... and together with 0.3 of what it wins by there over any sounds. Of "stop" by people
    behind orders in noise of 10 dB that it is asked about one has less (0.0); an order's end has
    -0.1. At a limit that lets as many ends by actors pass in such noise, two an hour, 83 of 138
    have more; before it learnt ends that are like a "stop", 78."""

    refused_ending_odds: float = -3.0
    """A "stop" that was recognised at the end of talk, in noise, is none where the check of ends
    has lower odds: "... shot" has -4.1 and -5.0, people's in noise of 10 dB -0.6 and more ..."""

    quiet_refused_ending_odds: float = -1.5
    """... and where it is quiet. Of 37 by people none has less than -1.3 ..."""

    heard_ending_fits: float = 5.2
    """A single "stop" that was recognised there, where it is quiet, and that the phrase check hears
    there, must win over any sounds by so much in the last 0.35, 0.45 or 0.55 s: the best counts, by
    either end of the voice. Of 207 calls by 69 people behind orders 105 were; three of them win by
    less in the first two (0.5, 2.4, 4.1) and were not heard before either, the next by 5.7. "Stuff"
    by 13 synthetic voices wins by 5.3 at most. A "stop" that was stretched to 0.6 s lacks its "st"
    in the first two: three of 22 won by 2.5 to 4.8, with the third by 5.7 to 7.3 ..."""

    sure_ending_odds: float = 4.5
    """... and then it is one if the check of ends has more than 0, and both checks so much
    together, whatever it wins by over all of the sound: six of those 207 win by -2.0 to 0.7."""

    ending_behind_s: float = 1.0
    """A "stop" that was not recognised is looked for so in utterances that are as long at least,
    pre-roll included: a single word, which may be "top" or "stuff", has looks of its own."""

    quiet_ending_margin: float = 1.5
    """A single "stop" that was recognised there, where it is quiet, must win by so much ... Of
    those 207 the ones that are heard so win by 1.7 and more, "stuff" by 1.4 at most. (It was 1
    when ends of actors' talk were looked at: three of 44 people's behind it, clean and in noise of
    10 dB, win by less, and six of eight ends that came out as one.)"""

    ending_with_odds: float = 2.9
    """... and by so much together with its odds: the other two of those eight have 0.5, 2.2 ..."""

    ending_margin_counts: float = 1.5
    """... and where there is a check of ends, so much times what it wins by, its odds, and those of
    that check ..."""

    ending_with_check: float = 6.2
    """... are so much together. Of 26 by people behind orders, whom nothing was trained on, one has
    less (4.7), the next 7.2; a synthetic "can you stop" has 6.8. A reading's "in scope" has 5.6,
    "snoopy poster" 4.6."""

    doubted_ending_odds: float = -3.0
    """A "stop" of several words that was recognised there with lower odds, where it is quiet, must
    win by more. "Most of it" by synthetic voices, which comes out as "stop it", has -3.4 to -8.5;
    of "stop it" in 30 calls by synthetic voices one had less than -2 ..."""

    doubted_ending_margin: float = 2.0
    """... than any sounds, by so much, and by no less than it lacks in odds. "Most of it" wins by
    1.3 at most; "got a gun", which came out as "stop that", by 3.0 with odds of -4.6. Of 96 such
    ends of calls by synthetic voices two have less than -3, and win by 3.9 (-3.8) and 11 (-3.7)."""

    ending_lasts_s: float = 0.235
    """Either takes as long at least: people's take 0.33 s and more (55 of them, behind orders),
    said 1.25 times as fast in noise of 10 dB 0.28 (22), behind actors' talk 0.24 and more (44). The
    end of "blister" takes 0.17, an actor's "system" (by all words of the model) 0.22."""

    unheard_ending_margin: float = 2.5
    """... and for one that was not ..."""

    unheard_long_ending_margin: float = -0.3
    """... but has several words. Of 20 calls such as "hey, stop that" by four voices 15 had 0.3 and
    more, the others -2.5, which is not at all; so had 22 orders, 30 animals and 60 other words."""

    ending_s: float = 2.0
    """So much of the end of an utterance is looked at for a "stop" that was not recognised."""

    one_breath_s: float = 4.0
    """Utterances up to this long that are no phrase may be two: "yes, but softer"."""

    recut_s: float = 0.06
    """An utterance that is no phrase is looked at again where it is loud, if that begins or ends
    elsewhere by more than this: noise ran into it, or covered its beginning."""

    recut_longest_s: float = 2.2
    """Not where it is longer, pre-roll and hangover included: decoding takes time, in which nothing
    else is heard, and most phrases are shorter."""

    recut_margin: float = 5.0
    """The margin of what is found then. Right phrases have 11 to 14, words that are no phrase up to
    2 (people's of parts 0 and 2, in noise); "a little butter for the pan" was "a little quieter" by
    3.8."""

    none_odds: float = -2.5
    """Where the phrase check has lower odds that it is any phrase at all, and it is quiet, an
    utterance that is no phrase is not looked at again where it is loud. Of 300 right phrases by
    synthetic voices where it is quiet, that found one, with -1.7; more than half of what actors say
    in two seconds has less."""

    not_sayable: float = 0.2
    """To the phrase check, a phrase that cannot be said now is so much less likely than another: a
    "stop" is like an "up", which no session listens for."""

    refused_odds: float = -1.5
    """What the phrase check (``phrase_check.py``) takes for a single word with lower odds (natural
    logarithm) is none, where it is quiet. Of 300 words by people whom nothing was trained on the
    lowest that was right had -1.1; in noise phrases by synthetic voices have as little as -6."""

    doubted_odds: float = -2.0
    """A phrase of several words that the check has lower odds for, where it is quiet, is held
    against any words of the model, urgent ones, too ..."""

    over_words_with_odds: float = -2.0
    """... and refused where the odds and what it wins by over those are together less than this.
    What an actor said, and came out as "start over", had -9.6; of 204 looks at right phrases by 19
    synthetic voices where it is quiet, a third of them in a room, none had less than 0.6 ..."""

    word_with_odds: float = -3.5
    """... and the same for a single word, whatever its odds. Where it is quiet, 297 of 302 right
    ones by people whom nothing was trained on have more, and all of 146 by synthetic voices (-2.2
    at least); "goat" that came out as "go" has -9.9, "hut" as "harder" -10.6, the letter "F" as
    "end" -5.8, "dog" as "go" -3.6."""

    urgent_with_odds: float = -6.5
    """... and the same for urgent phrases. An actor's "slightly" (by all words of the model) was
    "stop please" with -8.3. Of 232 looks at right ones one had less than -5.6: a "hang on" in a
    room."""

    over_words_counts: float = 0.4
    """Of what a phrase of several words wins by over those, so much counts beside its odds, too:
    long phrases win by 20 and more, and so does what only sounds like one ..."""

    over_words_most: float = 12.0
    """... where that is no more than this ..."""

    several_weighed: float = -5.0
    """... and both must be so much together. Of 467 looks at right phrases by 19 synthetic voices
    where it is quiet, one has -5.0, none less; what an actor said, and came out as "start over",
    has -6.5."""

    urgent_weighed: float = -4.8
    """The same for urgent phrases: of 58 one has less (-5.9, the next -4.4). What actors said in 37
    minutes, and came out as "wait a moment" and "stop please", has -5.2 and -6.3."""

    fits_anyway: float = 10.0
    """What wins by so much over any sounds is not refused so: "stop the session" by a synthetic
    voice wins by 24, with odds of -10. Of 227 phrases that 4.9 hours of reading came out as, with
    odds under -2, none wins: the best loses by 1."""

    unsure_odds: float = -1.0
    """A phrase of several words that is no "stop", where it is quiet and the check has lower odds
    for it ..."""

    unsure_margin: float = 3.0
    """... must win by so much over any sounds. Of 335 looks at right ones by 15 synthetic voices,
    half of them in a room, 184 have such odds, and two of those win by less (0.3, -0.2), the
    next by 4.7. "Why more a", which came out as "one more time", wins by -1.1 to 1.8, "it weighed a
    million" as "it wait a minute on" by 0.2 to 2.1."""

    reverberant_db: float = 12.0
    """Where a voice never falls by so much in 0.04 s, a room answers it, and the check has low odds
    for what is right, too. Of 140 phrases by synthetic voices 5 % fall by less than 25 dB, in a
    room of 0.6 s, or of 0.4 s and from far, three of four by no more than this; of 100 "stop" by
    people 5 % fall by less than 13, of 150 orders none by less than 15 ..."""

    in_a_room_weighed: float = 1.5
    """... so what is refused there for its odds, and is not urgent, counts all the same if they and
    what it wins by, over any sounds and over other words, are so much together. Of 330 phrases
    by 15 synthetic voices, 110 in each of three such rooms, seven that were right would have been
    refused, of which five have 1.6 and more; of 258 times another word by people 18, of which the
    best has 0.8."""

    stop_with_odds: float = 3.0
    """A "stop" that was looked for alone counts with less than ``stop_margin``, too, where margin
    and odds are so much together, and what fits as well is no word like it. Of 207 by people whom
    nothing was trained on, clean to 5 dB, four more are heard. "Stuff" by synthetic voices has odds
    of 4 and a margin of 0.3, under "stuff" ..."""

    early_odds: float = -1.0
    """An urgent phrase that an utterance is so far waits with lower odds for the end of the voice,
    and is heard then in any case. Of 27 "stop" by people whom nothing was trained on, clean to
    5 dB, two had less; "stand", which goes on as "behind the chair", had -1.6, "stop if" that was
    "stop it" so far -3.9."""

    early_several_odds: float = 0.0
    """The same where it has several words: "stop if ...", which was "stop it" so far, had -1.0 at
    most."""

    alone_odds: float = -2.5
    """The same for a "stop" that was looked for alone, a moment after it. 0.13 s of what an actor
    said, "sweet" by all words of the model, were one, with -3.3 ..."""

    alone_odds_quiet: float = -1.0
    """... and where it is quiet: the "snap" of a synthetic voice, which goes on as "crackle", has
    -1.2. Of 56 "stop" by people whom nothing was trained on the lowest has -0.7 there; in noise of
    5 dB six of 38 have less than -1."""

    found_odds: float = 1.0
    """What came out as no phrase is one that the check takes it for with these odds ..."""

    found_margin: float = -6.0
    """... if it fits at least so well, against any sounds."""

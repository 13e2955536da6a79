"""One utterance on its way through the recogniser."""

import json
from dataclasses import replace

import numpy as np

from voice_guide.audio.format import Samples, samples
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.decoys import LIKE_URGENT, NOT_STOP
from voice_guide.speech.grammar import UNKNOWN, Grammar, Phrase
from voice_guide.speech.kaldi_messages import kaldi_messages
from voice_guide.speech.looks import Decoded, Looks, pcm
from voice_guide.speech.loud_part import loud_part
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.second_opinion import STOP, SecondOpinion
from voice_guide.speech.stop_ending import StopEnding
from voice_guide.speech.tones import is_tone
from voice_guide.speech.word_contest import WordContest

_NOT_STOP = (*NOT_STOP, UNKNOWN) * 270 + LIKE_URGENT
"""What "stop", looked for alone, is compared with. Each of the words that sound like it is 270
times less likely beforehand than the others: it has to win over "stop" by 5 or more. People's
"stop" lose to any word by 3.4 at most; an American's "star" wins by 10, "seconds" over "stop it" by
11."""

_NOT_URGENT = (UNKNOWN,) * 6 + LIKE_URGENT
"""What other looks for the urgent are compared with; to these words it may lose by as much."""


class Utterance:
    """Takes an utterance block by block and says what it is so far, and in the end."""

    def __init__(
        self,
        model: SpeechModel,
        grammar: Grammar,
        settings: DecodingSettings,
        start: int,
        before: Samples | None = None,
    ) -> None:
        """Begin.

        Args:
            model: the speech model.
            grammar: what can be said; it stays the same to the end of the utterance.
            settings: how to decode.
            start: position of the first sample, since the stream began.
            before: what was heard right before that, if the voice may have begun there.
        """
        self._model = model
        self._grammar = grammar
        self._settings = settings
        self.start = start
        self._before = np.zeros(0, np.float32) if before is None else before
        self.over_echo = False
        """It began while the narrator's echo could be heard, so it may begin with that."""
        self._sound: list[Samples] = []
        self._noise = np.random.default_rng(0)
        self._recognizer = model.recognizer(grammar.vosk_json())
        self._looks_so_far: Looks | None = None
        self._opinion_so_far: SecondOpinion | None = None
        self._knows_unknown = model.has_word(UNKNOWN)
        self._sure: Decoded | None = None
        self._clearly_no_stop = False
        self._voice_end: int | None = None

    @property
    def length(self) -> int:
        """Samples taken so far."""
        return sum(map(len, self._sound))

    @property
    def is_tone(self) -> bool:
        """Whether it is a beep and not a voice."""
        return bool(self._sound) and is_tone(np.concatenate(self._sound))

    def accept(self, sound: Samples) -> Phrase | None:
        """Take the next samples, shape (n,). Return the phrase that all of it is so far."""
        self._sound.append(sound)
        self._looks_so_far = self._opinion_so_far = None
        self._recognizer.AcceptWaveform(pcm(sound, self._settings.floor_db, self._noise))
        return self._meaning(json.loads(self._recognizer.PartialResult())["partial"])

    def stop_so_far(self) -> Decoded | None:
        """Return "stop" if that, urgent, is surely all that has been said so far, or None."""
        self._clearly_no_stop = False
        if self.length > samples(self._settings.look_again_s) or self._grammar.closed:
            return None
        words = self._grammar.words_only()
        urgent = tuple(phrase for phrase in words.phrases if phrase.urgent)
        stop = self._stop_alone(replace(words, phrases=urgent))
        if stop is None or self._opinion is None:
            return stop
        settings, quiet = self._settings, self._opinion.quiet
        least = settings.alone_odds_quiet if quiet else settings.alone_odds
        return None if self._opinion.doubts(stop.phrases[0], least) else stop

    def is_already(self, phrase: Phrase) -> bool:
        """Whether an urgent phrase counts that the utterance is so far, before its end."""
        if self.is_tone or not self.convinces(Decoded(phrase.text, (), (phrase,))):
            return False
        settings, several = self._settings, " " in phrase.text
        least = settings.early_several_odds if several else settings.early_odds
        return self._opinion is None or not self._opinion.doubts(phrase, least)

    def convinces(self, decoded: Decoded) -> bool:
        """Whether what was heard is what it came out as, by all that is asked."""
        return self._fits_best(decoded) and not self._refused(decoded)

    def _fits_best(self, decoded: Decoded) -> bool:
        """Whether what was heard fits clearly better than any other sounds or words would.

        What is urgent and comes after the narrator's own echo is only the end of the sound, and
        convinces in any case.
        """
        urgent = any(phrase.urgent for phrase in decoded.phrases)
        if self._grammar.closed or (urgent and self.over_echo) or decoded is self._sure:
            return True
        settings, text = self._settings, decoded.text
        if not self._grammar.matches(text):
            return self._ending.convinces(decoded)
        said, margin = self._to_fit(text)
        if not urgent:
            return self._looks.clear_win(said, margin)
        over_words = self._looks.margin(said, others=_NOT_URGENT) >= settings.urgent_margin
        if over_words and (said == text or self._looks.margin(said) >= margin):
            return True
        return " " in decoded.phrases[0].text and self._fits_otherwise(decoded.phrases[0])

    def _fits_otherwise(self, phrase: Phrase) -> bool:
        """Whether an urgent phrase of several words is one, though it loses to any sounds."""
        if self._opinion is not None and self._contest(self._opinion).clearly_won_by(phrase):
            return True
        ending = f"{UNKNOWN} {phrase.text}"
        wins = self._looks.margin(ending) >= self._settings.refused_ending_margin
        return phrase.intent == STOP and wins

    def _to_fit(self, text: str) -> tuple[str, float]:
        """Return a phrase as the model has it, and by how much it must beat any sounds."""
        settings, whole = self._settings, text in self._grammar.wholes
        return self._grammar.as_said(text), settings.whole_margin if whole else settings.margin

    def finish(self, voice_end: int | None = None, *, looked_for_stop: bool = False) -> Decoded:
        """Return the result. Nothing can be added after this.

        Args:
            voice_end: position where the voice ended.
            looked_for_stop: nothing but quiet came since ``stop_so_far``. It is not looked for
                again where it was far from fitting.
        """
        self._voice_end = voice_end
        self._clearly_no_stop &= looked_for_stop
        result = self._convincing()
        if self._grammar.closed:
            return self._chosen() or result
        if result.phrases or self.over_echo:
            return result
        return self._recut() or self._found() or result

    def _convincing(self) -> Decoded:
        """Return the result, without phrases if it does not convince."""
        result = self._best_look()
        if result.phrases and not self.convinces(result):
            return replace(result, phrases=())
        return result

    def _refused(self, result: Decoded, looks: Looks | None = None) -> bool:
        """Whether the phrase check has it that this is no phrase, looked at so."""
        if self._grammar.closed or self._opinion is None:
            return False
        contest = self._contest(self._opinion, looks)
        refused = self._opinion.refuses(result) or contest.lost_by(result)
        return refused and not contest.won_in_a_room(result)

    def _chosen(self) -> Decoded | None:
        """Return what the phrase check is sure of, where it must be one of the phrases."""
        phrase = None if self._opinion is None else self._opinion.found()
        if phrase is None or self._opinion is None:
            return None
        return self._opinion.decoded(phrase, self.start)

    def _found(self) -> Decoded | None:
        """Return what the phrase check takes it for, if that is sure and fits at all."""
        found = self._chosen()
        if found is None:
            return None
        [phrase] = found.phrases
        if phrase.intent == STOP and " " not in phrase.text:
            return None  # it has a look of its own
        if self._refused(found):
            return None
        said, _ = self._to_fit(phrase.text)
        return found if self._looks.margin(said) >= self._settings.found_margin else None

    def _recut(self) -> Decoded | None:
        """Look at the loud part alone, if that is another: it counts if it is several words.

        Noise that runs into the voice, or that hides its beginning from the voice activity, makes a
        phrase come out with a word too many or too few: "five undo that". A single word that is
        cut out of other speech could be part of anything. It takes a while, and hardly ever finds
        something where it is quiet: not where the phrase check has it that there is nothing, then.
        """
        if self.length > samples(self._settings.recut_longest_s):
            return None
        if self._opinion is not None and self._opinion.clearly_none:
            return None
        sound, earlier = np.concatenate([self._before, *self._sound]), len(self._before)
        begin, end = loud_part(sound, earlier)
        if max(abs(begin - earlier), abs(end - len(sound))) < samples(self._settings.recut_s):
            return None
        start, understand = self.start - earlier + begin, self._grammar.matches
        looks = Looks(self._model, self._settings, sound[begin:end], start, understand)
        for found in looks.decode(self._grammar, *self._whole_phrases()):
            if found.phrases and " " in found.text and found.confidence >= self._settings.doubtful:
                said, _ = self._to_fit(found.text)
                wins = looks.clear_win(said, self._settings.recut_margin)
                return found if wins and not self._refused(found, looks) else None
        return None

    def _best_look(self) -> Decoded:
        """Return the first of several looks that gives a phrase."""
        first = self._first_look()
        doubtful = first.confidence < self._settings.doubtful and not self._grammar.closed
        if doubtful and not self._expected(first):
            first = replace(first, phrases=())
        stopped = self._ending.recognised(first)
        if not first.phrases and stopped is not None and self.convinces(stopped):
            return stopped  # at once: the other looks take a second
        if self.length <= samples(self._settings.look_again_s):
            first = self._second_look(first)
        if not first.phrases:
            first = self._other_looks(first)
        return first if first.phrases else self._with_stop_at_its_end(first)

    def _with_stop_at_its_end(self, first: Decoded) -> Decoded:
        """Let a "stop" count that comes right behind other speech, with no pause between."""
        ending = self._ending
        found = ending.found(first)
        if found.phrases:
            return found
        heard = ending.heard_by_check(first)
        self._sure = heard or self._sure
        return heard or first

    def _first_look(self) -> Decoded:
        """Return the result of what was decoded block by block; anew if it was overdriven."""
        one_breath = self.length <= samples(self._settings.one_breath_s)
        if one_breath and self._looks.overdriven:
            return self._looks.decode(self._grammar)[0]
        with kaldi_messages():
            result = json.loads(self._recognizer.FinalResult())
        return self._looks.decoded(result)

    def _second_look(self, first: Decoded) -> Decoded:
        """Look at a short utterance again for "stop", and for an answer to the open question.

        In the whole grammar everything competes: a short "stop" comes back as the "step" of
        "next step", and in noise as "slower". Nearly every one is found by listening for stop
        alone, which wins over whatever was heard first. The single words alone without decoys give
        most other short commands, but they also take many another word for one: so they count only
        for an answer to the open question, which is expected.
        """
        if any(phrase.intent == STOP for phrase in first.phrases):
            return first
        words = self._grammar.words_only()
        closed = self._grammar.closed or self._clearly_no_stop
        alone = None if closed else self._stop_alone(words)
        if alone is not None:
            return alone
        if not first.phrases and any(phrase.scope == "question" for phrase in words.phrases):
            [second] = self._looks.decode(words.without_decoys())
            if self._expected(second):
                return second
        return first

    def _other_looks(self, first: Decoded) -> Decoded:
        """Look at what was no phrase: among single words, and for phrases as wholes.

        Of the single words only what is urgent counts; where it is quiet that was heard before. A
        phrase that has lost a word to noise is none: "at all" instead of "not at all". With the
        wholes go two phrases with a word between, and the address.
        """
        words, wholes = [self._grammar.words_only()], self._whole_phrases()
        quiet = self._opinion is not None and self._opinion.quiet
        if quiet or self.length > samples(self._settings.look_again_s) or not words[0].phrases:
            words = []
        if self.length > samples(self._settings.one_breath_s):
            wholes = []
        if not words and not wholes:
            return first
        found = self._looks.decode(*words, *wholes)
        for single in found[: len(words)]:
            if any(phrase.urgent for phrase in single.phrases):
                return single
        for whole in found[len(words) :]:
            # Single words had their look: here they are what other speech comes out as.
            doubtful = whole.confidence < self._settings.doubtful or " " not in whole.text
            if whole.phrases and not doubtful and self.convinces(whole):
                return whole
        return first

    def _whole_phrases(self) -> list[Grammar]:
        """Return the grammar with phrases as wholes, if there is something to join or to be one."""
        grammar = replace(self._grammar, said_whole=True, in_one_breath=True)
        return [] if grammar.closed or not (grammar.wholes or grammar.connecting) else [grammar]

    def _stop_alone(self, words: Grammar) -> Decoded | None:
        """Listen for stop and nothing else, and at the same time for what is like it.

        Not in one list: there a "stop" is found before all of it was said.
        """
        stops = [phrase.text for phrase in words.phrases if phrase.intent == STOP]
        if not stops:
            return None
        found, other = self._looks.fits(tuple(stops), _NOT_STOP)
        phrase = self._meaning(found.text)
        if phrase is None or phrase.intent != STOP:
            return None
        easy = self.over_echo or not self._knows_unknown
        needed = self._settings.stop_margin_in_echo if easy else self._settings.stop_margin
        margin = found.likelihood - other.likelihood
        self._clearly_no_stop = margin < needed - self._settings.clearly
        if margin < needed and not self._agreed(phrase, margin, other.text):
            return None
        self._sure = Decoded(found.text, self._looks.words(found.words), (phrase,))
        return self._sure

    def _agreed(self, stop: Phrase, margin: float, other: str) -> bool:
        """Whether the phrase check makes up for what a "stop" lacks, and no word like it is it."""
        if self._opinion is None or other in LIKE_URGENT:
            return False
        return margin + self._opinion.odds(stop) >= self._settings.stop_with_odds

    @staticmethod
    def _expected(decoded: Decoded) -> bool:
        """Whether all of it answers the open question."""
        scopes = {phrase.scope for phrase in decoded.phrases}
        return scopes == {"question"}

    @property
    def _looks(self) -> Looks:
        """What all of it is looked at with, as long as nothing is added."""
        if self._looks_so_far is None:
            sound = np.concatenate(self._sound)
            self._looks_so_far = Looks(
                self._model, self._settings, sound, self.start, self._understood
            )
        return self._looks_so_far

    def _contest(self, opinion: SecondOpinion, looks: Looks | None = None) -> WordContest:
        """What holds a phrase against other words."""
        return WordContest(self._grammar, self._settings, looks or self._looks, opinion)

    @property
    def _ending(self) -> StopEnding:
        """What looks for a "stop" behind other speech."""
        return StopEnding(
            self._grammar,
            self._settings,
            self._looks,
            self._opinion,
            start=self.start,
            length=self.length,
            voice_end=self._voice_end,
            knows_unknown=self._knows_unknown,
        )

    @property
    def _opinion(self) -> SecondOpinion | None:
        """What the phrase check says of all of it; None where it cannot be asked."""
        check = self._model.phrase_check
        if check is None or self.over_echo:
            return None
        if self._opinion_so_far is None:
            sound = np.concatenate(self._sound)
            self._opinion_so_far = SecondOpinion(
                check, self._grammar, self._settings, sound, self._model.stop_check
            )
        return self._opinion_so_far

    def _understood(self, text: str) -> tuple[Phrase, ...]:
        phrase = self._meaning(text)
        return self._grammar.matches(text) if phrase is None else (phrase,)

    def _meaning(self, text: str) -> Phrase | None:
        phrase = self._grammar.match(text)
        return self._grammar.ending(text) if phrase is None and self.over_echo else phrase

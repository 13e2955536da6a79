"""From the parts of a text to a draft of a script."""

import re
from collections.abc import Iterable

from voice_guide.importing import quantities
from voice_guide.importing.asking import question_of, screening_of
from voice_guide.importing.blocks import Block
from voice_guide.importing.body import find_areas
from voice_guide.importing.draft import Draft, DraftStep
from voice_guide.importing.kinds import Kind, kind_of
from voice_guide.importing.needs import needs_in, things_in
from voice_guide.importing.sections import Section, sections
from voice_guide.importing.sentences import ended, imperative_form, split_sentences
from voice_guide.importing.signs import HearablePhrases, refill, stop_signs
from voice_guide.importing.wording import short, step_name

_BUT_IF = re.compile(r",?\s+but,?\s+(?=(?:if|when|stop)\b)", re.IGNORECASE)
_AGAIN = re.compile(r"(?:repeat|do the same|do this again)\b", re.IGNORECASE)
_SO_OFTEN = re.compile(r"do (?:this|that|it|these)\b(?! again)", re.IGNORECASE)
"""What a sentence begins with that counts how often the one before it is done."""
_PLAIN_HEADING = re.compile(
    r"\b(?:how to|how can|how do|steps?|method|instructions?|directions?|procedure|before you)\b",
    re.IGNORECASE,
)
_MOST_STEPS = 900
_MOST_QUESTIONS = 30
_LONGEST_TEXT = 1200
"""Characters of what is said in one step."""

_QUESTION_NAMES = {
    "pressure": "Check the pressure",
    "pain": "Ask about pain",
    "feeling": "Ask how it feels",
    "other": "Ask the person",
    "screening": "Ask before",
}
_INSTRUCTIVE = 0.3
"""The part of a paragraph's sentences that must be instructions for it to be taken as some."""


def build(blocks: Iterable[Block], name: str, phrases: HearablePhrases) -> Draft:
    """Return the draft of a script.

    Args:
        blocks: the parts of the text.
        name: what the script is called if the text has no title.
        phrases: chooses what can be heard.
    """
    parts = list(sections(blocks))
    title = next((part.title for part in parts if part.title), None)
    draft = Draft(
        (title or name.replace("_", " ").replace("-", " ").capitalize())[:80], title or name
    )
    builder = _Builder(draft, phrases)
    for part in parts:
        builder.take(part)
    builder.finish()
    return draft


def _is_full(texts: list[str]) -> bool:
    return sum(map(len, texts)) > _LONGEST_TEXT


class _Builder:
    """Puts a draft together, sentence by sentence."""

    def __init__(self, draft: Draft, phrases: HearablePhrases) -> None:
        self._draft = draft
        self._phrases = phrases
        self._signs: list[list[str]] = []
        self._cautions: list[str] = []
        self._part: str | None = None
        self._has_list = False
        self._was_listed = False

    def take(self, section: Section) -> None:
        """Take a section of the text."""
        if section.kind == "nothing":
            self._draft.left_out += [block.text for block in section.blocks]
            return
        if section.kind == "needs":
            self._has_list = True
            for block in section.blocks:
                self._draft.needs += needs_in(block.text)
            return
        heading = section.heading or ""
        is_part = self._draft.steps and heading and not _PLAIN_HEADING.search(heading)
        self._part = heading if is_part else None
        for block in section.blocks:
            self._take_block(block)

    def _take_block(self, block: Block) -> None:
        sentences = [
            part[:1].upper() + part[1:]
            for sentence in split_sentences(block.text)
            for part in _BUT_IF.split(sentence)
        ]
        kinds = [
            kind_of(sentence, numbered=block.numbered and number == 0)
            for number, sentence in enumerate(sentences)
        ]
        if block.kind == "paragraph":
            useful = sum(kind is not Kind.FILLER for kind in kinds)
            useful += any(needs_in(sentence, only_if_told=True) for sentence in sentences)
            if useful < _INSTRUCTIVE * len(kinds) and kinds[0] is not Kind.DO:
                self._draft.left_out += sentences
                return
        step: DraftStep | None = None
        stopping = False
        for sentence, kind in zip(sentences, kinds, strict=True):
            if len(self._draft.steps) >= _MOST_STEPS:
                self._draft.left_out.append(sentence)
            elif listed := needs_in(sentence, only_if_told=True):
                self._draft.needs += listed
            elif kind is Kind.DO and stopping:
                self._signs[-1].append(sentence)
            elif kind is Kind.DO:
                step = self._do(sentence, block, step)
            else:
                step = self._other(sentence, kind, step)
                stopping = kind is Kind.STOP

    def _do(self, sentence: str, block: Block, step: DraftStep | None) -> DraftStep:
        """Take something to do. Return the step that it belongs to."""
        if self._counts(sentence):
            step = self._draft.steps[-1]
            self._extend(step, sentence)
        elif _AGAIN.match(sentence) and self._draft.steps and step is None:
            step = self._draft.steps[-1]
            self._extend(step, sentence)
            step.notes.append(f"what is repeated? The text says: {sentence}")
        elif step is None or block.kind == "paragraph" or _is_full(step.say):
            step = self._new_step(sentence, listed=block.kind == "item")
        else:
            self._extend(step, sentence)
        return step

    def _counts(self, sentence: str) -> bool:
        """Whether a sentence says how often the step before it is done: "do this ten times"."""
        if not self._draft.steps or not _SO_OFTEN.match(sentence):
            return False
        last = self._draft.steps[-1]
        counted = quantities.count(sentence) is not None
        return counted and last.reps is None and last.question is None

    def _other(self, sentence: str, kind: Kind, step: DraftStep | None) -> DraftStep | None:
        """Take a sentence that is nothing to do. Return the step that what follows belongs to."""
        draft = self._draft
        if kind is Kind.STOP:
            self._signs.append([sentence])
        elif kind is Kind.SCREEN and len(draft.before) < _MOST_QUESTIONS:
            draft.before.append(screening_of(sentence))
        elif kind is Kind.LIMIT:
            self._limit(sentence)
        elif kind is Kind.ASK:
            return self._ask(sentence)
        elif kind is Kind.REFILL and (reply := refill(sentence, self._phrases)):
            draft.replies.append(reply)
        elif kind is Kind.CARE or kind is Kind.REFILL:
            self._caution(sentence, step)
        else:
            draft.left_out.append(sentence)
        return step

    def _new_step(self, sentence: str, *, listed: bool) -> DraftStep:
        step = DraftStep(self._name(sentence), say=self._cautions, part=self._part)
        self._part, self._cautions = None, []
        if self._was_listed and not listed and not step.part:
            step.notes.append("what follows stood outside of the list: is it a session of its own?")
        self._was_listed = listed
        self._draft.steps.append(step)
        self._extend(step, sentence)
        return step

    def _extend(self, step: DraftStep, sentence: str) -> None:
        step.say += short(sentence)
        found = quantities.duration(sentence)
        if found is not None:
            step.seconds = (step.seconds or 0.0) + found.high
            if found.low != found.high:
                step.notes.append(f"how long? The text says {found.text}")
        counted = quantities.count(sentence)
        if counted is not None:
            step.reps = round(counted.high)
            if counted.low != counted.high:
                step.notes.append(f"how often? The text says {counted.text}")
        step.both_sides = step.both_sides or quantities.sides(sentence)

    def _ask(self, sentence: str) -> DraftStep:
        question = question_of(sentence)
        step = DraftStep(self._name(_QUESTION_NAMES[question.about]), part=self._part)
        step.question = question
        step.say, self._cautions, self._part = self._cautions, [], None
        self._draft.steps.append(step)
        return step

    def _caution(self, sentence: str, step: DraftStep | None) -> None:
        """Put what not to do where it is needed: into an answer, a step, or the next step."""
        step = step or (self._draft.steps[-1] if self._draft.steps else None)
        if _is_full(self._cautions if step is None else step.say):
            self._draft.left_out.append(sentence)
        elif step is None:
            self._cautions += short(sentence)
        elif step.question is not None and step.question.about == "pain":
            said = [step.question.yes] if step.question.yes else []
            step.question.yes = " ".join([*said, *short(sentence)])[:_LONGEST_TEXT]
        elif step.question is not None:
            self._cautions += short(sentence)
        else:
            step.say += short(sentence)

    def _limit(self, sentence: str) -> None:
        draft = self._draft
        per_day = quantities.limit_a_day(sentence)
        if per_day is not None:
            if draft.per_day is None:
                draft.notes.append(f"is this limit meant for all of the session? {sentence}")
            draft.per_day = min(per_day, draft.per_day or per_day)
        draft.rest_day_if = quantities.rest_day(sentence) or draft.rest_day_if
        if per_day is None and (often := quantities.how_often(sentence)):
            draft.notes.append(f'the text says "{often}": are there days of rest in that?')

    def _name(self, sentence: str) -> str:
        taken = {step.name.lower() for step in self._draft.steps}
        name = step_name(sentence) or "Go on"
        if name.lower() not in taken:
            return name
        return next(f"{name} {n}" for n in range(2, 2000) if f"{name} {n}".lower() not in taken)

    def finish(self) -> None:
        """Bring together what the whole text was needed for."""
        draft = self._draft
        draft.replies += stop_signs(self._signs, self._phrases)
        if self._cautions and draft.steps:
            draft.steps[-1].say += self._cautions
        find_areas(draft, self._phrases)
        told = " ".join(ended(imperative_form(text)) for step in draft.steps for text in step.say)
        if not self._has_list:
            known = " ".join(draft.needs)
            draft.needs += [thing for thing in things_in(told) if thing not in known]
            if draft.needs:
                draft.notes.append("is this all that is needed? The text has no list of it")
        draft.needs = list(dict.fromkeys(need[:80] for need in draft.needs))[:40]

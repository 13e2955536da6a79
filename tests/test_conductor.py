"""The conductor with a real player, a real voice and a simulated room, sample by sample."""

import threading

import numpy as np
import pytest

from tests.conducting import FIRST, STEPS, TEXT, Session, is_sound, voice
from voice_guide.audio.device import Exchange
from voice_guide.audio.earcons import Earcon, earcon
from voice_guide.audio.format import BLOCK, RATE, Samples, gain
from voice_guide.audio.player import DUCK_DB
from voice_guide.audio.room import SimulatedRoom
from voice_guide.session import actions, events
from voice_guide.speech.hearing import Heard, SpeechEnded, SpeechStarted


def with_earcon(narration: Samples, name: Earcon) -> Samples:
    sound = narration.copy()
    sound[: len(earcon(name))] += earcon(name)
    return sound


def test_stop_silences_the_line_within_one_block_of_the_decision():
    session = Session(steps=STEPS)
    at, _ = session.run_until(actions.Say, text=FIRST)
    session.run(1.5)
    assert is_sound(session.played(at), voice().render(TEXT).samples)
    session.hear("stop")
    stopped, _ = session.run_until(actions.Halted)
    session.run(1.0)
    answer = voice().render("Stopped. Say resume, or end.").samples
    assert is_sound(session.played(stopped), with_earcon(answer, Earcon.PAUSED)), (
        "nothing of the line is left behind the fade"
    )


def test_a_held_narrator_is_silent_and_then_repeats_the_sentence_that_was_cut():
    session = Session(steps=STEPS)
    session.run_until(actions.Say, text=FIRST)
    narration = voice().render(TEXT)
    second = narration.sentence_start(len(narration.samples))
    session.run(second / RATE + 1.0)
    session.conductor.hold(True)
    held = session.conductor.now
    session.run(3.0)
    assert not session.played(held).any(), "nothing of the line is spent while nobody hears it"
    session.conductor.hold(False)
    at = session.conductor.now
    session.run_until(events.NarrationFinished)
    assert is_sound(session.played(at), narration.samples[second:])


def test_stop_over_the_goodbye_is_silence_and_nothing_is_said_any_more():
    session = Session(steps=[{"name": "Rest", "say": "Rest.", "for": "3 s"}])
    session.run_until(actions.Say, text="Goodbye")
    session.run(0.5)
    session.hear("stop")
    at, _ = session.run_until(actions.Ended)
    session.conductor.ring_out()
    assert is_sound(session.played(at), np.pad(earcon(Earcon.ENDED), (0, RATE)))


def test_no_time_runs_while_the_session_is_stopped():
    session = Session(steps=[{"name": "Rest", "say": "Rest.", "for": "10 s"}])
    session.run_until(events.NarrationFinished, line="")
    session.run_until(actions.StartTimer, timer="wait")
    session.run(4.0)
    session.hear("stop")
    session.run_until(actions.Halted)
    seen = len(session.told)
    session.run(60.0)
    assert not [what for _, what in session.told[seen:] if isinstance(what, events.TimerFired)]
    session.hear("resume")
    session.run_until(actions.Resumed)
    _, timer = session.run_until(actions.StartTimer, timer="wait")
    assert 5.8 < timer.seconds < 6.2


@pytest.mark.parametrize(("after", "sentence"), [(1.2, "Lay"), (4.5, "Then")])
def test_a_line_that_was_cut_goes_on_from_the_start_of_its_sentence(after, sentence):
    session = Session(steps=STEPS)
    session.run_until(actions.Say, text=FIRST)
    session.run(after)
    session.hear("stop")
    session.run_until(actions.Halted)
    session.run(3.0)
    session.hear("resume")
    at, again = session.run_until(actions.Say, text=FIRST)
    assert again.again
    session.run(1.5)
    narration = voice().render(TEXT)
    start = next(word.at for word in narration.words if word.text == sentence)
    assert is_sound(session.played(at), narration.samples[start:])


def test_a_line_that_goes_on_at_another_pace_goes_on_with_the_same_sentence():
    session = Session(steps=STEPS)
    session.run_until(actions.Say, text=FIRST)
    second = next(word.at for word in voice().render(TEXT).words if word.text == "Then")
    session.run(second / RATE + 0.2)
    session.hear("speak slower")
    _, turned = session.run_until(actions.TurnRate)
    at, _ = session.run_until(actions.Say, text=FIRST)
    session.run(1.5)
    slower = voice().paced(turned.factor).render(TEXT)
    start = next(word.at for word in slower.words if word.text == "Then")
    assert is_sound(session.played(at), slower.samples[start:])


def test_the_narrator_is_ducked_while_somebody_speaks():
    session = Session(steps=STEPS)
    at, _ = session.run_until(actions.Say, text=FIRST)
    session.run(0.5)
    session.ears.next.append(SpeechStarted(0))
    session.conductor.tick()
    ducked = session.conductor.now
    session.run(1.0)
    session.ears.next.append(SpeechEnded(0))
    session.conductor.tick()
    up = session.conductor.now
    session.run(1.0)
    line = voice().render(TEXT).samples
    so_far = [round((moment - at) * RATE) for moment in (ducked, up)]
    low = session.played(ducked)[: so_far[1] - so_far[0]]
    assert is_sound(low, line[so_far[0] :] * gain(DUCK_DB), 2 * BLOCK)
    assert is_sound(session.played(up), line[so_far[1] :], 2 * BLOCK)


def test_speech_that_leads_to_nothing_ducks_for_two_seconds_at_most():
    session = Session(steps=STEPS)
    at, _ = session.run_until(actions.Say, text=FIRST)
    session.run(0.5)
    session.ears.next.append(SpeechStarted(0))
    session.conductor.tick()
    session.run(2.0)
    up = session.conductor.now
    session.run(1.0)
    line = voice().render(TEXT).samples
    before = round((up - 0.5 - at) * RATE)
    assert is_sound(session.played(up - 0.5)[: RATE // 2], line[before:] * gain(DUCK_DB), 0)
    assert is_sound(session.played(up), line[round((up - at) * RATE) :], 2 * BLOCK)


def test_quieter_turns_the_narrator_down():
    session = Session(steps=STEPS)
    session.run_until(actions.Say, text=FIRST)
    session.hear("quieter")
    _, turned = session.run_until(actions.TurnVolume)
    at, _ = session.run_until(actions.Say, text=FIRST)
    session.run(1.0)
    assert turned.decibels < 0
    line = voice().render(TEXT).samples
    assert is_sound(session.played(at), line * gain(turned.decibels))


def test_timers_count_the_devices_samples():
    session = Session(steps=[{"name": "Rest", "say": "Rest.", "for": "7 s"}])
    session.run_until(actions.StepBegan, name="Rest")
    begun, timer = session.run_until(actions.StartTimer, timer="wait")
    fired, _ = session.run_until(events.TimerFired, timer="wait")
    late = round((fired - begun - timer.seconds) * RATE)
    assert 0 <= late < BLOCK


class Late:
    """A device whose first block is not number 0, and which loses a second of sound."""

    def __init__(self, room: SimulatedRoom, first: int = 700, lost_at: int = 100) -> None:
        self._room = room
        self._first = first
        self._lost_at = lost_at
        self.hush = room.hush

    def exchange(self, loudspeaker: Samples) -> Exchange:
        told = self._room.exchange(loudspeaker)
        lost = 50 if told.index >= self._lost_at else 0
        return Exchange(told.index + self._first + lost, told.microphone, told.reference)


def test_the_session_begins_at_zero_and_lost_sound_is_time_that_passed():
    session = Session(device=Late, steps=STEPS)
    session.run(1.0)
    assert session.conductor.now == 1.0
    session.run(2.0)
    assert session.conductor.now == 4.0


def test_the_end_of_what_was_heard_is_in_session_time():
    session = Session(device=Late, steps=STEPS)
    session.run(1.0)
    first = 700 * BLOCK
    decided = first + RATE
    session.ears.next.append(
        Heard("stop", "stop", "universal", 0.9, (), decided - 8000, decided - 4000, decided, True)
    )
    at, heard = session.run_until(events.Heard)
    assert heard.speech_end == 0.75 and heard.confidence == 0.9 and at == heard.at


def test_a_key_is_obeyed_with_the_next_block_from_any_thread():
    session = Session(steps=STEPS)
    session.run_until(actions.Say, text=FIRST)
    before = session.conductor.now
    thread = threading.Thread(target=session.conductor.command, args=("stop",))
    thread.start()
    thread.join()
    session.conductor.tick()
    at, _ = next(told for told in session.told if isinstance(told[1], actions.Halted))
    assert at == pytest.approx(before + BLOCK / RATE)
    heard = [what for _, what in session.told if isinstance(what, events.Heard)]
    assert [(one.intent, one.text, one.speech_end) for one in heard] == [("stop", "", None)]


def test_a_key_to_listen_opens_the_ears_and_ducks_the_narrator_until_somebody_has_spoken():
    session = Session(steps=STEPS)
    at, _ = session.run_until(actions.Say, text=FIRST)
    session.run(1.0)
    session.conductor.listen_now()
    session.conductor.tick()
    assert session.ears.opened == 1
    pressed = session.conductor.now
    session.run(3.0)
    low = session.played(pressed + 1.0)[:RATE]
    line = voice().render(TEXT).samples[round((pressed + 1.0 - at) * RATE) :]
    assert is_sound(low, line * gain(DUCK_DB), 0)
    session.ears.next.append(SpeechEnded(0))
    session.conductor.tick()
    up = session.conductor.now
    session.run(0.5)
    line = voice().render(TEXT).samples[round((up - at) * RATE) :]
    assert is_sound(session.played(up), line, 2 * BLOCK)


def test_a_key_that_is_held_down_makes_one_sound():
    session = Session(steps=[{"name": "Rest", "for": "60 s"}])
    session.run(20.0)
    began = session.conductor.now
    for _ in range(20):
        session.conductor.listen_now()
        session.run(0.1)
    sound = earcon(Earcon.LISTENING)
    played = session.played(began)[BLOCK : BLOCK + 2 * RATE]
    assert is_sound(played, np.pad(sound, (0, 2 * RATE))), "and silence behind it"
    assert session.ears.opened == 20


def test_the_way_of_listening_reaches_the_ears():
    session = Session(steps=STEPS)
    session.run_until(actions.Say, text=FIRST)
    session.hear("push")
    session.run_until(actions.SetMode)
    assert session.ears.modes == ["push"]


def test_the_ears_listen_for_the_answers_while_a_question_is_open():
    question = {
        "name": "Ask",
        "ask": "Good, or strange?",
        "answers": {"good": {}, "strange": {}},
        "silence": "good",
    }
    session = Session(steps=[*STEPS, question])
    session.run_until(actions.StepBegan, name="Glide")
    assert "strange" not in {phrase.text for phrase in session.ears.grammars[-1].phrases}
    session.conductor.command("next")
    session.run_until(actions.QuestionOpened)
    session.conductor.tick()
    heard = {phrase.text for phrase in session.ears.grammars[-1].phrases}
    assert {"good", "strange", "stop"} <= heard


def test_a_session_alone_runs_to_its_end_and_lets_the_last_sound_ring_out():
    session = Session(steps=[{"name": "Rest", "say": "Rest.", "for": "3 s"}])
    session.conductor.run()
    assert session.conductor.state.ended
    at, ended = session.told[-1]
    assert isinstance(ended, actions.Ended) and ended.reason == "finished"
    last = session.played(at)
    chord = earcon(Earcon.ENDED)
    assert np.abs(last[: len(chord)] - chord).max() < 1e-3 and not last[len(chord) :].any()


def talk_over(session: Session, seconds: float, **told) -> float:
    """Let somebody talk over the narrator. Return the session time when that was over."""
    session.ears.next.append(SpeechStarted(0))
    session.run(seconds)
    session.ears.next.append(SpeechEnded(0, **told))
    session.conductor.tick()
    return session.conductor.now


def test_what_somebody_has_talked_over_is_said_again_from_its_sentence_but_once():
    session = Session(steps=STEPS)
    session.run_until(actions.Say, text=FIRST)
    session.run(1.5)
    again = talk_over(session, 4.0)
    line = voice().render(TEXT).samples
    session.run(1.0)
    assert is_sound(session.played(again), line, 2 * BLOCK), "where they began, not where they end"
    over = talk_over(session, 2.0)
    session.run(0.5)
    so_far = line[round((over - again) * RATE) :]
    assert is_sound(session.played(over), so_far, 2 * BLOCK), "it goes on"


@pytest.mark.parametrize(("seconds", "own"), [(0.9, False), (3.0, True)], ids=["cough", "its own"])
def test_a_cough_or_its_own_voice_covers_nothing(seconds, own):
    session = Session(steps=STEPS)
    at, _ = session.run_until(actions.Say, text=FIRST)
    session.run(1.5)
    over = talk_over(session, seconds, own=own)
    session.run(1.0)
    line = voice().render(TEXT).samples
    assert is_sound(session.played(over), line[round((over - at) * RATE) :], 2 * BLOCK)


def test_a_line_whose_end_was_covered_is_said_again_when_the_talk_is_over():
    session = Session(steps=STEPS)
    session.run_until(actions.Say, text=FIRST)
    narration = voice().render(TEXT)
    session.run(narration.seconds - 2.0)
    again = talk_over(session, 3.5)
    session.run(1.0)
    start = next(word.at for word in narration.words if word.text == "Then")
    assert is_sound(session.played(again), narration.samples[start:])


def test_a_line_whose_end_only_its_own_voice_seemed_to_cover_is_not_said_again():
    session = Session(steps=STEPS)
    session.run_until(actions.Say, text=FIRST)
    session.run(voice().render(TEXT).seconds - 2.0)
    talk_over(session, 3.5, own=True)
    session.run(3.0)
    said = [what.text for _, what in session.told if isinstance(what, actions.Say)]
    assert said.count(TEXT) == 1

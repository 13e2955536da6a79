import numpy as np
import pytest

from voice_guide.audio.fade import FADE
from voice_guide.audio.format import BLOCK, RATE, Samples, gain
from voice_guide.audio.player import DUCK_DB, GAIN_RANGE_DB, Player


def tone(seconds: float = 1.0, level: float = 0.5, pitch: float = 200.0) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * pitch * time)).astype(np.float32)


def pull(player: Player, blocks: int) -> Samples:
    return np.concatenate([player.pull() for _ in range(blocks)])


def rms_db(sound: Samples) -> float:
    return float(10 * np.log10(np.mean(sound**2)))


def test_an_idle_player_gives_silence():
    player = Player()
    block = player.pull()
    assert block.shape == (BLOCK,)
    assert block.dtype == np.float32
    assert not block.any()
    assert player.position is None
    assert player.tag is None


def test_a_clip_is_played_unchanged_and_then_reported_once():
    clip = tone(0.05)
    player = Player()
    player.say("step", clip)
    played = pull(player, 2)
    assert player.finished() == []
    assert player.position == 2 * BLOCK
    played = np.concatenate([played, pull(player, 2)])
    assert np.allclose(played[: len(clip)], clip, atol=1e-6)
    assert not played[len(clip) :].any()
    assert player.finished() == ["step"]
    assert player.finished() == []
    assert player.position is None


def test_a_clip_goes_on_from_where_it_was_cut_without_a_click():
    clip = tone(1.0)
    player = Player()
    player.say("step", clip)
    pull(player, 10)
    cut_at = player.position
    player.hush()
    player.say("step", clip, start=cut_at)
    pull(player, 1)
    assert player.position == cut_at + BLOCK
    fresh = Player()
    fresh.say("step", clip, start=20)
    played = fresh.pull()
    assert abs(played[0]) < 0.01
    assert np.allclose(played[FADE:], clip[20 + FADE : 20 + BLOCK], atol=1e-6)


def test_a_start_beyond_the_end_just_ends():
    player = Player()
    player.say("step", tone(0.1), start=10**9)
    assert not player.pull().any()
    assert player.finished() == ["step"]


def test_a_new_clip_replaces_the_old_one():
    player = Player()
    player.say("old", tone(1.0))
    pull(player, 3)
    player.say("new", np.zeros(BLOCK, np.float32))
    played = player.pull()
    assert not played[FADE:].any()
    assert player.finished() == ["new"]


def test_hush_is_digital_silence_within_the_next_block():
    player = Player()
    player.say("step", tone(5.0))
    player.earcon(tone(0.2, pitch=700.0))
    pull(player, 3)
    player.hush()
    assert not player.pull()[FADE:].any()
    assert not pull(player, 50).any()
    assert player.finished() == []
    assert player.position is None


@pytest.mark.parametrize("cut", ["hush", "say"])
def test_a_cut_fades_and_does_not_click(cut):
    player = Player()
    player.say("step", np.full(RATE, 0.5, np.float32))
    before = pull(player, 3)
    if cut == "hush":
        player.hush()
    else:
        player.say("other", np.zeros(RATE, np.float32))
    assert np.abs(np.diff(np.concatenate([before, player.pull()]))).max() < 0.05


def test_hush_twice_and_hush_when_idle_are_harmless():
    player = Player()
    player.hush()
    player.say("step", tone())
    pull(player, 2)
    player.hush()
    player.hush()
    assert np.abs(player.pull()).max() <= 0.5
    assert not player.pull().any()


def test_what_is_said_after_hush_is_heard():
    player = Player()
    player.say("step", tone())
    pull(player, 2)
    player.hush()
    clip = tone(0.02)
    player.say("stopped", clip)
    assert np.allclose(player.pull()[FADE:], clip[FADE:BLOCK], atol=1e-6)
    pull(player, 1)
    assert player.finished() == ["stopped"]


def test_ducking_lowers_the_narration_but_not_an_earcon():
    player = Player()
    player.say("step", tone(5.0))
    normal = rms_db(pull(player, 10))
    player.duck(True)
    pull(player, 2)
    assert rms_db(pull(player, 10)) == pytest.approx(normal + DUCK_DB, abs=0.2)
    player.duck(False)
    pull(player, 2)
    assert rms_db(pull(player, 10)) == pytest.approx(normal, abs=0.2)

    only_earcon = Player()
    only_earcon.duck(True)
    pull(only_earcon, 3)
    only_earcon.earcon(tone(0.2))
    assert rms_db(pull(only_earcon, 5)) == pytest.approx(normal, abs=0.2)


def test_ducking_does_not_jump():
    player = Player()
    player.say("step", np.full(RATE, 0.5, np.float32))
    before = pull(player, 2)
    player.duck(True)
    ramp = np.concatenate([before, pull(player, 4)])
    assert np.abs(np.diff(ramp)).max() < 0.002


def test_ducking_goes_on_from_what_is_queued_for_the_device():
    player = Player()
    player.say("step", np.full(RATE, 0.5, np.float32))
    pull(player, 2)
    player.duck(True, at_once=True)
    assert np.allclose(pull(player, 1), 0.5 * 10 ** (DUCK_DB / 20), atol=1e-6)
    assert not player.up
    player.duck(False)
    pull(player, 2)
    assert player.up


def test_an_earcon_is_mixed_over_the_narration():
    clip, sound = tone(1.0, 0.3), tone(0.05, 0.2, 900.0)
    player = Player()
    player.say("step", clip)
    player.earcon(sound)
    played = pull(player, 5)
    expected = clip[: len(played)].copy()
    expected[: len(sound)] += sound
    assert np.allclose(played, expected, atol=1e-5)


def test_narration_begins_where_the_lead_in_ends():
    player = Player()
    lead, clip = tone(0.05, pitch=900.0), tone(0.2)
    player.lead_in(lead)
    player.say("step", clip)
    played = pull(player, 10)
    assert np.allclose(played[: len(lead)], lead, atol=1e-6)
    assert np.allclose(played[len(lead) :][: len(clip)], clip[: len(played) - len(lead)], atol=1e-6)
    assert player.finished() == []
    pull(player, 3)
    assert player.finished() == ["step"]


def test_silence_in_the_lead_in_ends_it():
    player = Player()
    player.lead_in(tone(0.5, pitch=900.0))
    player.say("step", tone(0.5))
    pull(player, 2)
    player.hush()
    assert not player.pull()[FADE:].any()
    clip = tone(0.1)
    player.say("answer", clip)
    assert np.allclose(pull(player, 4), clip[: 4 * BLOCK], atol=1e-6)


def test_louder_and_quieter():
    player = Player(gain_db=-6.0)
    clip = tone(0.1)
    player.say("step", clip)
    assert np.allclose(player.pull(), clip[:BLOCK] * gain(-6.0), atol=1e-6)
    player.gain_db += 6.0
    pull(player, 1)
    assert np.allclose(player.pull(), clip[2 * BLOCK : 3 * BLOCK], atol=1e-6)


def test_the_volume_stays_in_its_range():
    player = Player()
    player.gain_db = 99.0
    assert player.gain_db == GAIN_RANGE_DB[1]
    player.gain_db = -99.0
    assert player.gain_db == GAIN_RANGE_DB[0]


def test_nothing_goes_over_full_scale():
    player = Player(gain_db=12.0)
    player.say("step", tone(1.0, level=1.0))
    for _ in range(5):
        player.earcon(tone(0.5, level=1.0))
    assert np.abs(pull(player, 20)).max() <= 1.0
    player.say("other", tone(1.0, level=1.0))
    player.hush()
    assert np.abs(player.pull()).max() <= 1.0


def test_a_clip_given_to_the_player_is_left_as_it_was():
    clip = tone(0.1)
    copy = clip.copy()
    player = Player()
    player.say("step", clip, start=100)
    pull(player, 5)
    assert np.array_equal(clip, copy)

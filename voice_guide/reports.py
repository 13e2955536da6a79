"""What the ears report, as events of the session."""

from voice_guide.audio.format import seconds
from voice_guide.ears import Deaf, HearsAgain, Measured, Report
from voice_guide.session import events
from voice_guide.speech.hearing import SpeechEnded, SpeechStarted


def as_event(told: Report, at: float, ahead: int) -> events.Event:
    """Return a report as an event.

    Args:
        told: the report.
        at: session time, seconds.
        ahead: samples that the ears' count is ahead of the session's.
    """
    match told:
        case SpeechStarted():
            return events.SpeechBegan(at)
        case SpeechEnded(_, own):
            return events.SpeechOver(at, person=not own)
        case Deaf(for_good):
            return events.Lost(at, "hearing" if for_good else "ears")
        case HearsAgain():
            return events.Back(at, "ears")
        case Measured(room):
            return events.RoomMeasured(
                at,
                round(room.noise_db, 1),
                round(room.narrator_db, 1),
                room.echo,
                room.delay_s,
                None if room.attenuation_db is None else round(room.attenuation_db, 1),
            )
    return events.Heard(
        at,
        told.intent,
        told.scope,
        told.text,
        told.confidence,
        seconds(told.speech_end - ahead),
        told.slots,
        told.more,
    )

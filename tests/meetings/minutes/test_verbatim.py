"""The verbatim record: whose words are whose, under which item, in which paragraphs."""

from datetime import UTC, datetime, timedelta

from convenor.meetings.floor import Wish, turns
from convenor.meetings.minutes import Caption, Verbatim, Voice, Wording, record_of, verbatim_of
from tests.meetings.minutes.sample import Meeting

TEN = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)  # in Geneva


def said(at: int, text: str, by: str = "", day: str = "d1") -> Caption:
    """Give a line so many seconds after ten."""
    return Caption(TEN + timedelta(seconds=at), text, by, day)


def heard(held: Meeting, *lines: Caption, english: Wording, days: set[str] | None = None) -> Verbatim:
    """Give the verbatim record of a meeting."""
    return verbatim_of(record_of(held.sources()), lines, english, days=days)


def told(record: Verbatim) -> list[tuple[str, tuple[str, ...]]]:
    """Give who said what."""
    return [(one.name, one.paragraphs) for one in record.utterances()]


def opened() -> Meeting:
    """Open the first day at ten with item 1; Ana speaks from 10:00:10 to 10:01:40."""
    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    held.later(10)
    held.speak("ana", 90)
    return held


def test_what_is_said_in_a_turn_is_the_speakers_and_else_the_chairs(english: Wording):
    lines = (
        said(5, "Welcome."),
        said(10, "Thank you."),
        said(99, "I am done."),
        said(100, "Next."),
        said(130, "Well."),
    )

    assert told(heard(opened(), *lines, english=english)) == [
        ("The Chair", ("Welcome.",)),
        ("Ana Díaz (Red Andina)", ("Thank you.", "I am done.")),
        ("The Chair", ("Next.", "Well.")),
    ]


def test_before_the_opening_and_in_a_break_nobody_is_known(english: Wording):
    record = heard(opened(), said(-60, "Is this on?"), english=english)

    assert [(one.voice, one.name) for one in record.utterances()] == [
        (Voice.UNKNOWN, "Unidentified speaker"),
        (Voice.SPEAKER, "Ana Díaz (Red Andina)"),
    ]


def test_a_name_in_the_captions_counts_outside_a_turn_and_within_where_it_is_somebody_elses(english: Wording):
    lines = (
        said(2, "Good morning.", "CHAIR AMOUR"),
        said(20, "I begin.", "ANA DÍAZ"),
        said(30, "One moment, please.", "CHAIR AMOUR"),
        said(40, "I go on.", "MS. DÍAZ"),
    )

    assert told(heard(opened(), *lines, english=english)) == [
        ("CHAIR AMOUR", ("Good morning.",)),
        ("Ana Díaz (Red Andina)", ("I begin.",)),
        ("CHAIR AMOUR", ("One moment, please.",)),
        ("Ana Díaz (Red Andina)", ("I go on.",)),
    ]


def test_a_point_of_order_cuts_into_a_turn_that_then_goes_on(english: Wording):
    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    held.ask("ana")
    turn = held.next()
    held.later(30)
    held.ask("ben", Wish.POINT_OF_ORDER)
    order = held.next()
    held.later(30)
    held.do(turns.end_turn)
    held.later(30)
    held.do(turns.end_turn)
    lines = (said(10, "I say"), said(40, "Point of order!"), said(70, "As I said"))

    record = heard(held, *lines, english=english)

    assert [(one.key, one.person) for one in record.utterances()] == [
        (f"turn:{turn}", "ana"),
        (f"turn:{order}", "ben"),
        (f"turn:{turn}:2", "ana"),
    ]


def test_a_turn_without_words_is_there_and_a_meeting_without_captions_has_nothing(english: Wording):
    assert told(heard(opened(), said(5, "Welcome."), english=english)) == [
        ("The Chair", ("Welcome.",)),
        ("Ana Díaz (Red Andina)", ()),
    ]
    assert heard(opened(), english=english).sittings == ()


def test_paragraphs_end_with_a_silence_or_when_they_are_long(english: Wording):
    sentence = "x" * 400 + "."
    lines = (said(11, "A,"), said(17, "b."), said(23, "C."), said(24, sentence), said(25, sentence), said(26, "D."))

    paragraphs = heard(opened(), *lines, english=english).sittings[0].utterances[0].paragraphs

    assert paragraphs == ("A, b.", f"C. {sentence} {sentence}", "D.")


def test_it_is_parted_by_day_and_item(english: Wording):
    held = opened()
    held.later(20)
    held.take("i2")
    record = heard(held, said(5, "One."), said(125, "Two."), english=english)

    assert [(one.date, one.label, one.heading) for one in record.sittings] == [
        ("12 June 2017", "1.", "Opening"),
        ("12 June 2017", "2.", "Sessions and main sessions"),
    ]


def test_days_that_a_reader_may_not_see_are_left_out(english: Wording):
    lines = (said(5, "Open."), said(86_400, "Closed.", day="d2"))

    assert [one.day for one in heard(opened(), *lines, english=english, days={"d1"}).sittings] == ["d1"]
    assert heard(opened(), *lines, english=english, days=set()).sittings == ()

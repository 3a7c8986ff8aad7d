"""The summary report: every paragraph of a whole meeting in its exact words, and its laws."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from convenor.meetings.clock import plan_of
from convenor.meetings.floor import Channel, days, items
from convenor.meetings.floor.actuals import actuals
from convenor.meetings.floor.minuting import Fate, Sort, Whose
from convenor.meetings.minutes import Does, Paragraph, Report, Say, Section, Wording, numbered, record_of, report_of
from convenor.meetings.minutes_words import wording_in
from convenor.meetings.timing import taken_along
from tests.meetings.minutes.sample import AGENDA, ZONE, Meeting

ENGLISH = wording_in("en")


def said(report: Report, section: str) -> list[str]:
    """Give the words of a section."""
    return [one.text for part in report.sections if part.key == section for one in part.paragraphs]


def told(held: Meeting) -> Report:
    """Give the report of a meeting."""
    return report_of(record_of(held.sources()), ENGLISH)


def test_it_is_headed_with_the_meeting_its_dates_its_place_and_its_chair(report: Report):
    assert report.title == "Summary report: First open consultations"
    assert report.lines == (
        "12–13 June 2017, Geneva",
        "Chair: Lynn Amour",
        "Times are those of Europe/Zurich.",
    )


def test_a_day_says_when_it_was_opened_and_closed_and_what_was_planned_where_that_differs(report: Report):
    assert said(report, "opening") == [
        "The meeting of 12 June 2017 was opened at 10:12 and closed at 17:40. It had been planned for 10:00–18:00.",
        "The meeting of 13 June 2017 was opened at 10:00 and closed at 12:30.",
        "3 people took part (committee member: 2; guest: 1).",
    ]


def test_an_item_that_began_late_says_why(report: Report):
    assert said(report, "item:i1") == [
        (
            "The Committee began its consideration of agenda item 1, “Opening”, at 10:12 on 12 June 2017. This "
            "had been planned for 10:00 (reason for the delay: Day 1 was opened late)."
        ),
        "Statements were made by Ana Díaz (Red Andina).",
        "It was announced: The recordings are published on the day after.",
    ]


def test_an_objection_and_the_adoption_after_it_stand_in_order_with_the_action_as_it_was_corrected(report: Report):
    assert said(report, "item:i2") == [
        (
            "The Committee began its consideration of agenda item 2, “Sessions and main sessions”, at 10:30 on 12 June "
            "2017."
        ),
        "The item was introduced by Ana Díaz.",
        "The Committee had before it the following: List of sessions, version 3.",
        "Statements were made by Ben Okoro (Ministry of ICT, online).",
        "Questions were asked by Cem Aydın (Türkiye).",
        "Replies were given by Ana Díaz (Red Andina).",
        "Dee Nguyễn (Saigon Lab) proposed: Hold one main session on trade. This was agreed.",
        (
            "The following was put to the meeting for adoption: The list of main sessions as in version 3. An "
            "objection was raised by Ben Okoro (Ministry of ICT)."
        ),
        (
            "The Committee adopted without objection: The list of main sessions as in version 3. The objection "
            "that had been raised earlier was not maintained."
        ),
        (
            "Action 1: Publish the list of main sessions with their rooms. Responsible: Sam Lee (Secretariat). "
            "Due by 3 July 2017."
        ),
        "The consideration of the item was suspended at 11:00.",
    ]


def test_a_sub_item_is_called_by_both_labels_and_an_anonymous_check_names_nobody(report: Report):
    assert said(report, "item:i2a") == [
        "The Committee began its consideration of agenda item 2 a), “Main sessions”, at 11:00 on 12 June 2017.",
        (
            "The sense of the room was taken on the following: Six main sessions. The answers were as follows: "
            "support 5, can live with it 4, object 1. By stakeholder group: Civil Society (support 5, object "
            "1); Government (can live with it 4). The answers were given anonymously."
        ),
        (
            "The Committee agreed as follows, on a condition: Six main sessions are held. The condition is: Rooms are "
            "confirmed by 1 July."
        ),
    ]


def test_an_item_that_goes_on_after_lunch_is_suspended_and_resumed(report: Report):
    assert said(report, "item:i4") == [
        "The Committee began its consideration of agenda item 4, “Budget”, at 12:40 on 12 June 2017.",
        "The consideration of the item was suspended at 13:05.",
        "The Committee resumed its consideration of the item at 15:05 on 12 June 2017.",
        (
            "The Committee took note of the following: The budget as circulated. The decision rested on a check of the "
            "sense of the room. The answers were as follows: support 1, can live with it 1, object 1. By stakeholder "
            "group: Civil Society (support 1); Government (can live with it 1); Private Sector (object 1)."
        ),
        "The Committee agreed as follows: “Rules of 2017”.",
    ]


def test_what_was_put_off_or_not_taken_up_says_so(report: Report):
    assert said(report, "item:i2b") == []  # a part of what was
    assert said(report, "item:i6") == ["The Committee deferred the consideration of the item."]

    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    held.do(partial(items.postpone_item, item="i3", to="b3"))
    held.do(days.close_day)
    held.at("10:00", 13).open("d2")
    held.do(days.close_day)

    assert said(told(held), "item:i3") == [
        "The Committee deferred the consideration of the item to 10:00 on 13 June 2017."
    ]
    assert said(told(held), "item:i4") == ["The item was not taken up."]


def test_an_item_says_that_it_waited_for_a_guest():
    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    held.at("11:00").take("i2")
    held.at("12:00").do(items.close_item)
    held.at("12:40").take("i3")

    assert said(told(held), "item:i3") == [
        (
            "The Committee began its consideration of agenda item 3, “Host country”, at 12:40 on 12 June 2017. "
            "This had been planned for 12:00 (reason for the delay: the host could be present only from 12:30)."
        ),
    ]


def test_the_closing_parts_say_again_what_stands_above_under_the_same_numbers(report: Report):
    numbers = {one.key: one.number for one in report.paragraphs() if not one.repeats}
    closing = {
        part.key: [(one.number, one.text) for one in part.paragraphs]
        for part in report.sections
        if part.key in ("announcements", "decisions", "next_steps")
    }

    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    assert [number for number, _text in closing["decisions"]] == [15, 20, 26, 27]
    assert closing["announcements"] == [(6, "It was announced: The recordings are published on the day after.")]
    assert closing["next_steps"] == [  # what is due first stands first
        (29, "Action 2: Send the letters of invitation. Responsible: Ana Díaz (Red Andina). Due by 20 June 2017."),
        (
            16,
            (
                "Action 1: Publish the list of main sessions with their rooms. Responsible: Sam Lee "
                "(Secretariat). Due by 3 July 2017."
            ),
        ),
    ]


def test_closing_parts_without_anything_say_so():
    report = told(Meeting())

    assert [said(report, key) for key in ("announcements", "decisions", "next_steps")] == [
        ["No announcements were made."],
        ["No decisions were taken."],
        ["No actions were agreed."],
    ]


def test_what_was_withdrawn_is_not_told_and_numbers_stay():
    held = Meeting().at("10:00")
    held.open("d1")
    first = held.minute(Sort.ACTION, "Book the rooms")
    held.minute(Sort.ACTION, "Print the badges", owner="Secretariat", whose=Whose(due="2017-07-01"))
    held.settle(first, Fate.WITHDRAWN)

    assert said(told(held), "next_steps") == [
        "Action 2: Print the badges. Responsible: Secretariat. Due by 1 July 2017."
    ]


def test_a_proposal_says_what_became_of_it():
    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    action = held.minute(Sort.ACTION, "Ask the host")
    for fate, words in ((Fate.ACTION, ""), (Fate.DECLINED, "There is no time"), (Fate.WITHDRAWN, "")):
        proposal = held.minute(Sort.PROPOSAL, "Meet on Sunday", owner="a remote hub")
        held.settle(proposal, fate, words, by_entry=action if fate is Fate.ACTION else 0)
    held.minute(Sort.PROPOSAL, "Meet at night?")

    assert said(told(held), "item:i1")[2:] == [
        "a remote hub proposed: Meet on Sunday. This was taken up as action 1.",
        "a remote hub proposed: Meet on Sunday. This was not taken up. There is no time.",
        "It was proposed: Meet at night?",
    ]


def test_who_was_erased_is_not_named():
    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    held.speak("gone", 60)

    assert said(told(held), "item:i1")[1] == "Statements were made by a participant who is not named."


def test_the_timetable_sets_what_was_held_beside_what_was_planned(report: Report):
    assert [annex.rows for annex in report.annexes if annex.key == "timetable"] == [
        (
            ("Day 1: 12 June 2017", "10:00–18:00", "10:12–17:40"),
            ("1. Opening", "10:00–11:00", "10:12–10:30"),
            ("2. Sessions and main sessions", "11:00–12:00", "10:30–11:00"),
            ("\u2003a) Main sessions", "11:00–11:30", "11:00–11:50"),
            ("\u2003b) Open forums", "11:30–12:00", "–"),
            ("3. Host country", "12:00–13:00", "11:50–12:40"),
            ("Lunch", "13:00–15:00", "13:05–15:05"),
            ("4. Budget", "15:00–18:00", "12:40–13:05, 15:05–17:40"),
            ("Day 2: 13 June 2017", "10:00–14:00", "10:00–12:30"),
            ("Next steps", "10:00–13:00", "10:00–12:30"),
            ("6. Any other business", "13:00–14:00", "–"),
        )
    ]


def test_the_timetable_of_a_meeting_held_on_another_date_sets_it_beside_the_printed_times(english: Wording):
    held = Meeting().at("10:30")
    held.now += timedelta(days=30)
    held.open("d1")
    held.take("i1")
    printed = plan_of(AGENDA, ZONE)
    taken = taken_along(printed, actuals(held.entries))
    report = report_of(record_of(held.sources(plan=taken, printed=printed)), english)

    assert report.annexes[0].rows[:2] == (
        ("Day 1: 12 June 2017", "10:00–18:00", "10:30–"),
        ("1. Opening", "10:00–11:00", "10:30–"),
    )
    assert said(report, "item:i1")[0].endswith(
        "at 10:30 on 12 July 2017. This had been planned for 10:00 (reason for the delay: Day 1 was opened late)."
    )


@pytest.mark.parametrize(("language", "words"), [("en", "13 June 2017 was opened late"), ("zh-hans", "2017年6月13日")])
def test_a_day_without_a_label_is_named_by_its_date_in_words(language: str, words: str):
    held = Meeting().at("10:30")
    held.now += timedelta(days=1)
    held.open("d2")
    held.take("i5")
    bare = replace(AGENDA, days=tuple(replace(day, label=None) for day in AGENDA.days))
    report = report_of(record_of(replace(held.sources(), agenda=bare)), wording_in(language))

    text = said(report, "item:i5")[0]
    assert (words in text, "2017-06-13" in text) == (True, False)


def test_participants_stand_by_capacity_and_those_who_are_not_listed_are_counted(report: Report):
    annex = next(one for one in report.annexes if one.key == "participants")

    assert annex.rows == (
        ("Ana Díaz", "Red Andina", "Peru", "committee member", "1, 2 (online)"),
        ("Ben Okoro", "Ministry of ICT", "Nigeria", "committee member", "1 (online)"),
        ("Sam Lee", "Secretariat", "", "secretariat", ""),
        ("Cem Aydın", "", "Türkiye", "observer", ""),
    )
    assert annex.notes == ("1 more person took part who is not named here.",)


def test_an_extract_holds_an_item_with_its_sub_items_under_the_numbers_of_the_whole(report: Report):
    extract = report.of_item("i2")

    assert [part.key for part in extract.sections] == ["item:i2", "item:i2a", "item:i2b"]
    assert [one.number for one in extract.paragraphs()] == list(range(7, 21))
    assert report.of_item("i99").sections == ()


def test_a_repeated_paragraph_follows_the_words_of_its_own_and_goes_with_it():
    own = Paragraph("decision:3", "As edited.", Does.DECIDES)
    again = Paragraph("again:decision:3", "As derived.", Does.DECIDES, repeats="decision:3")
    report = Report(
        "T", "en", "UTC", None, sections=(Section("i", "I", paragraphs=(own,)), Section("d", "D", paragraphs=(again,)))
    )
    removed = replace(report, sections=report.sections[1:])

    assert [(one.text, one.number) for one in numbered(report).paragraphs()] == [("As edited.", 1), ("As edited.", 1)]
    assert list(numbered(removed).paragraphs()) == []


def test_items_stand_in_the_official_wording_and_order(report: Report):
    printed = [item.title for day in AGENDA.days for block in day.blocks for top in block.items for item in top.walk()]

    assert [one.heading for one in report.sections if one.item] == [title for title in printed if title != "Lunch"]


def test_names_of_the_other_direction_are_closed_off_so_that_brackets_stand_where_the_sentence_has_them():
    held = Meeting().at("10:00")
    held.open("d1")
    held.take("i1")
    held.speak("ben", 60, seat=Channel.ONLINE)
    arabic = wording_in("ar")
    sentences = {**arabic.sentences, Say.STATEMENTS: "أدلى ببيانات %(names)s.", Say.PERSON: "%(name)s (%(notes)s)"}
    report = report_of(record_of(held.sources()), replace(arabic, sentences=sentences))

    mark = "\u200f"
    assert said(report, "item:i1")[1] == (
        f"أدلى ببيانات Ben Okoro{mark} (Ministry of ICT{mark}، {arabic.channels['online']})."
    )
    assert "\u200e" not in str(told(held))  # nothing is marked where all runs in one direction

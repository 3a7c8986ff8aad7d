"""Actions on agendas: a meeting is made once and whole; corrections are entries of the journal."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist

from convenor.cycle.models import Cycle, Forum
from convenor.meetings import actions
from convenor.meetings.actions import NewForum, hand_in, make_meeting
from convenor.meetings.agenda import to_interchange
from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import AgendaDraft, Audience, Block, Continuation, Day, Doubt, Item, Meeting
from convenor.meetings.storing import agenda_of
from convenor.people.models import Person, RoleTerm
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence, verify
from convenor.shared.journal.models import Entry
from tests.meetings.conftest import NOW, TITLE

pytestmark = pytest.mark.django_db
GOLD = json.loads((Path(__file__).parent / "reader" / "00_seed.json").read_text("utf-8"))


def _said(cycle: Cycle) -> list[str]:
    return [sentence(entry) for entry in Entry.objects.filter(scope=cycle.scope).order_by("number")]


def test_the_stored_agenda_is_the_agenda_as_read(june: Meeting):
    assert to_interchange(agenda_of(june, days_of(june))) == GOLD


def test_audience_purpose_and_source_are_stored(june: Meeting, seed: str):
    assert [day.audience for day in june.days.all()] == [
        Audience.OPEN, Audience.MEMBERS_OBSERVERS, Audience.MEMBERS_OBSERVERS,
    ]  # fmt: skip
    assert june.purpose.startswith("The purpose of the second round of IGF open consultations")
    assert june.purpose.endswith("Internet Governance related fora.")
    assert june.source.split() == seed.split()


def test_the_doubts_of_june_are_stored_with_their_words(june: Meeting):
    doubts = [(doubt.code, june.source[doubt.start : doubt.end]) for doubt in june.doubts.all()]

    assert doubts == [
        ("lost_label", "Welcome from MAG Chair"),
        ("dangling_word", "and"),
        ("lost_label", "Opening Statements"),
        ("continued_other_day", "(continued below)"),
        ("lost_label", "Continue and finalize workshop selection"),
        ("continued_other_item", "(continued below)"),
    ]


def test_the_links_of_june_are_stored_with_the_words_they_come_from(june: Meeting):
    links = Continuation.objects.filter(later__block__day__meeting=june)

    assert [(str(link.earlier), str(link.later), link.words) for link in links] == [
        (
            "2 Overview of workshop proposal evaluations,",
            "3 Continue workshop selection",
            "Continue workshop selection",
        ),
        (
            "3 Continue workshop selection",
            "Continue and finalize workshop selection",
            "Continue and finalize workshop selection",
        ),
    ]


def test_two_clicks_make_one_meeting(june: Meeting, draft: AgendaDraft, cycle: Cycle, secretary: Person):
    again = make_meeting(draft, into=cycle, title="Other", zone="UTC", by=secretary, at=NOW)

    assert again == june
    assert Meeting.objects.count() == 1
    assert _said(cycle) == [f"The agenda of “{TITLE}” was read in as a draft."]


def test_a_meeting_is_named_by_its_month_and_the_next_one_by_a_number(seed: str, cycle: Cycle, secretary: Person):
    made = [
        make_meeting(hand_in(seed, by=secretary, at=NOW), into=cycle, title="M", zone="UTC", by=secretary, at=NOW)
        for _round in range(3)
    ]

    assert [meeting.slug for meeting in made] == ["june", "june-2", "june-3"]


def test_a_new_forum_starts_with_its_meeting(draft: AgendaDraft, secretary: Person):
    forum = NewForum("Forum of the Example Islands", draft.handed_in_at.date(), draft.handed_in_at.date())
    meeting = make_meeting(draft, into=forum, title="First", zone="Pacific/Apia", by=secretary, at=NOW)
    again = make_meeting(draft, into=forum, title="First", zone="Pacific/Apia", by=secretary, at=NOW)

    assert again == meeting
    assert Forum.objects.filter(name="Forum of the Example Islands").count() == 1
    assert meeting.cycle.zone == meeting.zone == "Pacific/Apia"
    assert meeting.cycle.rule_set.name == "National forum (light)"
    assert RoleTerm.objects.filter(person=secretary, forum=meeting.cycle.forum.slug, role="secretariat").count() == 1
    assert len(_said(meeting.cycle)) == 2


def test_a_text_without_items_makes_no_meeting_and_no_forum(secretary: Person):
    draft = hand_in("Dear all,\nsee you soon.", by=secretary, at=NOW)
    forum = NewForum("Nothing", NOW.date(), NOW.date())

    with pytest.raises(Refused, match="“Hello” was not made: no agenda item was found"):
        make_meeting(draft, into=forum, title="Hello", zone="UTC", by=secretary, at=NOW)
    draft.refresh_from_db()
    assert draft.text == "Dear all,\nsee you soon."
    assert not Forum.objects.filter(name="Nothing").exists()


def test_long_words_of_a_hostile_agenda_are_cut_to_their_columns(cycle: Cycle, secretary: Person):
    heading, place = "H" * 900, "P" * 900
    text = f"Day 1: 12 June 2017 - {heading}\nRoom {place}\n10:00 - 11:00\t1. Opening\n11:00 - 24:00\t2. Night\n"
    meeting = make_meeting(
        hand_in(text, by=secretary, at=NOW), into=cycle, title="T" * 900, zone="UTC", by=secretary, at=NOW
    )

    assert len(meeting.title) == 300
    assert all(len(day.heading) <= 300 and len(day.place) <= 300 and len(day.label) <= 60 for day in Day.objects.all())
    assert max(len(item.label) for item in Item.objects.all()) <= 20


def test_undoing_a_link_is_an_entry_and_happens_once(june: Meeting, cycle: Cycle, secretary: Person):
    link = Continuation.objects.first()
    assert link is not None
    before = Meeting.objects.get().sequence

    actions.undo_continuation(link, by=secretary, at=NOW)
    actions.undo_continuation(link, by=secretary, at=NOW)
    link.refresh_from_db()
    assert (link.undone_at, link.undone_by) == (NOW, secretary)
    assert Meeting.objects.get().sequence == before + 1

    actions.redo_continuation(link, by=secretary, at=NOW)
    actions.redo_continuation(link, by=secretary, at=NOW)
    link.refresh_from_db()
    assert (link.undone_at, link.undone_by) == (None, None)
    assert _said(cycle)[1:] == [
        "“Continue workshop selection” no longer continues “Overview of workshop proposal evaluations,”.",
        "“Continue workshop selection” continues “Overview of workshop proposal evaluations,” again.",
    ]
    assert verify(cycle.scope).is_whole


def test_settling_a_doubt_is_an_entry_and_can_be_reopened(june: Meeting, cycle: Cycle, secretary: Person):
    doubt = june.doubts.order_by("pk")[1]

    actions.settle_doubt(doubt, by=secretary, at=NOW)
    actions.settle_doubt(doubt, by=secretary, at=NOW)
    doubt.refresh_from_db()
    assert (doubt.settled_at, doubt.settled_by) == (NOW, secretary)

    actions.reopen_doubt(doubt, by=secretary, at=NOW)
    actions.reopen_doubt(doubt, by=secretary, at=NOW)
    doubt.refresh_from_db()
    assert (doubt.settled_at, doubt.settled_by) == (None, None)
    assert _said(cycle)[1:] == [
        f"Open point 2 of “{TITLE}” is settled: the document stays as printed.",
        f"Open point 2 of “{TITLE}” is open again.",
    ]


def test_a_year_goes_with_its_meetings(june: Meeting, draft: AgendaDraft, cycle: Cycle):
    cycle.delete()

    assert [model.objects.count() for model in (Meeting, Day, Block, Item, Continuation, Doubt)] == [0] * 6
    draft.refresh_from_db()
    assert draft.meeting is None
    with pytest.raises(ObjectDoesNotExist):
        june.refresh_from_db()

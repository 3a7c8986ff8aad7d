"""Decisions in the database: their words, their entries in the journal, and anonymous answers that lead to nobody."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from convenor.cycle.models import Cycle, Forum
from convenor.meetings.floor import items
from convenor.meetings.floor.state import About, Answer, CountEnd, Outcome
from convenor.meetings.floor_actions import steer
from convenor.meetings.floor_decision_actions import (
    adopt,
    answer_check,
    answered,
    begin_check,
    begin_count,
    close_check,
    decide,
    object_to,
    page_of,
)
from convenor.meetings.floor_log import entries_of, first_fault, setting_of, state_of
from convenor.meetings.floor_models import FloorAnswered, FloorEntry, FloorTally
from convenor.meetings.models import Item, Meeting
from convenor.people.models import Organisation, Person
from convenor.proposals.models import Proposal
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry as JournalEntry
from tests.meetings.conftest import NOW

People = Callable[..., Person]
LATER = NOW + timedelta(seconds=12)


@pytest.fixture
def item(opened: Meeting, chair: Person) -> Item:
    """Take the first item up."""
    key = setting_of(opened, state_of(opened), at=NOW).items[0]
    steer(opened, partial(items.take_up, item=key), by=chair, at=NOW, expected=1)
    return Item.objects.get(pk=int(key[1:]))


@pytest.fixture
def proposal(cycle: Cycle, chair: Person) -> Proposal:
    """Give a proposal of the year."""
    return proposed(cycle, chair, number=7, title="Cables of the Pacific")


def proposed(cycle: Cycle, owner: Person, *, number: int, title: str) -> Proposal:
    """Make a proposal."""
    body, _made = Organisation.objects.get_or_create(name="Institute of Cables")
    said = {"theme": "access", "format": "panel", "minutes": 90}
    return Proposal.objects.create(cycle=cycle, number=number, title=title, owner=owner, organisation=body, **said)


def journal(verb: str) -> list[str]:
    """Say what the journal has of a kind."""
    return [sentence(one) for one in JournalEntry.objects.filter(verb=verb)]


def mark(meeting: Meeting) -> int:
    """Give what the chair sees."""
    return state_of(meeting).mark


def test_silence_adopts_and_the_journal_says_what(opened: Meeting, item: Item, proposal: Proposal, chair: Person):
    about = About("proposals.proposal", proposal.pk)
    words = "The proposal is accepted for 90 minutes."
    begin_count(opened, by=chair, at=NOW, expected=mark(opened), about=about, words=words)
    with pytest.raises(Refused, match="it is counted to 2 of 6"):
        adopt(opened, by=chair, at=NOW + timedelta(seconds=5), expected=mark(opened))
    seen = mark(opened)

    for _ in range(2):  # the message comes twice
        adopt(opened, by=chair, at=LATER, expected=seen, token="adopt-1")

    assert [one.outcome.value for one in state_of(opened).decisions] == ["adopted"]
    assert journal("floor.decided") == [f"“{opened.title}” decided on “{proposal}”: adopted without objection. {words}"]


def test_an_objection_stops_the_count(opened: Meeting, item: Item, chair: Person, somebody: People):
    dee = somebody("Dee Lo")
    count = begin_count(opened, by=chair, at=NOW, expected=mark(opened), words="All is well.").sequence
    object_to(opened, count, by=dee, at=LATER)

    ended = state_of(opened).counts[0]
    assert (ended.end, ended.objector) == (CountEnd.OBJECTED, str(dee.key))
    with pytest.raises(Refused, match="this count has ended"):
        object_to(opened, count, by=dee, at=LATER)
    assert journal("floor.decided") == []


def test_a_condition_is_said_and_kept_beside_the_log(opened: Meeting, item: Item, chair: Person):
    with pytest.raises(Refused, match="the condition is missing"):
        decide(opened, Outcome.AGREED_ON_CONDITION, by=chair, at=NOW, expected=mark(opened), condition=" ")
    decide(
        opened, Outcome.AGREED_ON_CONDITION, by=chair, at=NOW, expected=mark(opened), words="Merge both.",
        condition="Ana Silva reports by July.",
    )  # fmt: skip

    assert journal("floor.decided") == [
        f"“{opened.title}” decided on “{item}”: agreed on a condition. Merge both. Ana Silva reports by July."
    ]
    assert all("Silva" not in str(entry.values) for entry in entries_of(opened))
    assert dict(FloorEntry.objects.get(kind="decided").words.values_list("field", "text")) == {
        "condition": "Ana Silva reports by July.",
        "proposal": "Merge both.",
    }


def test_what_is_noted_or_deferred_without_words(opened: Meeting, item: Item, chair: Person):
    for outcome in (Outcome.NOTED, Outcome.DEFERRED, Outcome.AGREED):
        decide(opened, outcome, by=chair, at=NOW, expected=mark(opened))

    assert journal("floor.decided") == [
        f"“{opened.title}” decided on “{item}”: {word}." for word in ("noted", "deferred", "agreed")
    ]
    with pytest.raises(Refused, match="4000 are allowed"):
        decide(opened, Outcome.NOTED, by=chair, at=NOW, expected=mark(opened), words="x" * 4001)


def test_a_decision_is_bound_to_what_is_of_this_forum(
    opened: Meeting, item: Item, proposal: Proposal, chair: Person, cycle: Cycle
):
    other = Forum.objects.create(slug="far", name="Far Forum")
    far = Cycle.objects.create(
        forum=other, slug="2017", name="Far 2017", place="Far", zone="UTC", starts_on=cycle.starts_on,
        ends_on=cycle.ends_on, rule_set=cycle.rule_set,
    )  # fmt: skip
    strange = proposed(far, chair, number=1, title="Far")

    for about in (About("proposals.proposal", strange.pk), About("proposals.proposal", 0), About("no.such", 1)):
        with pytest.raises(Refused, match="is not here any more"):
            decide(opened, Outcome.NOTED, by=chair, at=NOW, expected=mark(opened), about=about)
    found = [
        page_of(opened, About(kind, pk))
        for kind, pk in (
            ("proposals.proposal", proposal.pk),
            ("meetings.item", item.pk),
            ("cycle.ruleset", cycle.rule_set_id),
        )
    ]
    assert [page.url if page else None for page in found] == [
        "/igf/2017/proposals/7/",
        f"/igf/2017/meetings/june/#item-{item.pk}",
        "/igf/2017/rules/",
    ]


def test_a_named_check_is_in_the_log_by_person(opened: Meeting, item: Item, chair: Person, somebody: People):
    check = begin_check(opened, by=chair, at=NOW, expected=mark(opened), is_anonymous=False).sequence
    ana, ben = somebody("Ana Silva", group="civ"), somebody("Ben Kane", group="gov")
    answer_check(opened, check, Answer.OBJECT, by=ana, at=NOW)
    answer_check(opened, check, Answer.SUPPORT, by=ana, at=NOW)
    answer_check(opened, check, Answer.LIVE_WITH, by=ben, at=NOW)
    close_check(opened, by=chair, at=LATER, expected=mark(opened))

    assert state_of(opened).checks[0].numbers == {"civ": {"support": 1}, "gov": {"live_with": 1}}
    assert journal("floor.checked") == [
        f"Sense of the room in “{opened.title}”: 1 support, 1 can live with it, 0 object."
    ]
    with pytest.raises(Refused, match="this check has ended"):
        answer_check(opened, check, Answer.SUPPORT, by=ben, at=LATER)


def anonymous(opened: Meeting, chair: Person, people: list[tuple[Person, Answer]]) -> int:
    """Hold an anonymous check up to its last answer."""
    check = begin_check(opened, by=chair, at=NOW, expected=mark(opened), is_anonymous=True).sequence
    for person, answer in people:
        answer_check(opened, check, answer, by=person, at=NOW)
    return check


def crowd(somebody: People) -> list[tuple[Person, Answer]]:
    """Give five people of two groups with their answers."""
    said = [("civ", Answer.SUPPORT), ("civ", Answer.OBJECT), ("civ", Answer.SUPPORT), ("gov", Answer.LIVE_WITH)]
    return [(somebody(f"Person Number{at}", group=group), one) for at, (group, one) in enumerate(said)]


def test_while_an_anonymous_check_runs_only_who_has_answered_is_known(
    opened: Meeting, item: Item, chair: Person, somebody: People
):
    people = crowd(somebody)
    before = mark(opened)
    check = anonymous(opened, chair, people)

    assert [entry.kind.value for entry in entries_of(opened) if entry.sequence > before] == ["check_begun"]
    assert answered(opened, check) == 4
    assert sorted(FloorAnswered.objects.values_list("person_key", flat=True)) == sorted(
        str(person.key) for person, _answer in people
    )
    assert [field.name for field in FloorAnswered._meta.fields] == ["id", "meeting", "check_number", "person_key"]
    assert [field.name for field in FloorTally._meta.fields] == [
        "id",
        "meeting",
        "check_number",
        "group",
        "answer",
        "count",
    ]
    assert FloorTally.objects.count() == 18  # for every group and answer, before the first and after the last
    with pytest.raises(Refused, match="you have answered"):
        answer_check(opened, check, Answer.OBJECT, by=people[0][0], at=NOW)


def test_the_rows_of_an_anonymous_check_do_not_depend_on_the_order_of_answers(
    opened: Meeting, item: Item, chair: Person, somebody: People
):
    people = crowd(somebody)

    def tables() -> tuple[list[object], list[object]]:
        return (
            list(FloorTally.objects.order_by("pk").values_list("group", "answer", "count")),
            list(FloorAnswered.objects.order_by("pk").values_list("person_key", flat=True)),
        )

    seen = []
    for order in (people, list(reversed(people))):
        check = anonymous(opened, chair, order)
        tally = tables()[0]
        close_check(opened, by=chair, at=LATER, expected=mark(opened))
        seen.append((tally, tables()[1]))
        FloorAnswered.objects.filter(check_number=check).delete()

    assert seen[0] == seen[1]
    assert seen[0][1] == sorted(str(person.key) for person, _answer in people)


def test_the_numbers_of_an_anonymous_check_are_told_when_it_is_closed_and_small_groups_together(
    opened: Meeting, item: Item, chair: Person, somebody: People
):
    anonymous(opened, chair, crowd(somebody))
    close_check(opened, by=chair, at=LATER, expected=mark(opened))

    assert state_of(opened).checks[0].numbers == {"others": {"support": 2, "object": 1, "live_with": 1}}
    assert (FloorTally.objects.count(), FloorAnswered.objects.count(), first_fault(opened)) == (0, 4, None)
    assert journal("floor.checked") == [
        f"Sense of the room in “{opened.title}”: 2 support, 1 can live with it, 1 object."
    ]


def test_of_two_anonymous_answers_nothing_is_told(opened: Meeting, item: Item, chair: Person, somebody: People):
    anonymous(opened, chair, crowd(somebody)[:2])
    close_check(opened, by=chair, at=LATER, expected=mark(opened))

    assert state_of(opened).checks[0].numbers == {}
    assert journal("floor.checked") == [
        f"Sense of the room in “{opened.title}”: too few answered for anything to be told."
    ]

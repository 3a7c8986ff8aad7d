"""A request is asked, changed, withdrawn, placed on the agenda, declined."""

from datetime import timedelta

import pytest

from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import Item, Meeting
from convenor.meetings.requests.actions import MOST_REQUESTS, Placing, Where, ask, change, decline, place, withdraw
from convenor.meetings.requests.forms import items_of
from convenor.meetings.requests.models import NEXT, SlotRequest, State
from convenor.meetings.storing import agenda_of
from convenor.people.models import Person
from convenor.people.privacy import HOLDINGS
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from convenor.shared.mail.models import Mail
from tests.meetings.requests.conftest import AT, PAPER, UNTIL, wanted

pytestmark = pytest.mark.django_db


def test_every_state_has_a_row():
    assert set(NEXT) == set(State)


def test_asking_sends_a_receipt(asked: SlotRequest, asker: Person):
    mail = Mail.objects.get()

    assert (asked.state, asked.title, asked.documents) == (State.OPEN, "Access for all", [PAPER])
    assert (mail.to, mail.kind) == (asker.email, "meetings.request-received")


@pytest.mark.parametrize(
    ("until", "sentence"),
    [(None, "takes no requests now"), (AT - timedelta(minutes=1), "closed on 20 May 2100, 10:59 Europe/Zurich")],
)
def test_outside_its_dates_nothing_is_asked_or_changed(
    meeting: Meeting, asked: SlotRequest, asker: Person, until, sentence
):
    Meeting.objects.update(requests_until=until)
    with pytest.raises(Refused, match=sentence):
        ask(meeting, wanted(), by=asker, at=AT)
    with pytest.raises(Refused, match=sentence):
        change(asked, wanted(title="Other"), at=AT)

    assert list(SlotRequest.objects.values_list("title", flat=True)) == ["Access for all"]


def test_the_stated_minute_still_counts(meeting: Meeting, asker: Person):
    ask(meeting, wanted(), by=asker, at=UNTIL + timedelta(seconds=59))


def test_one_person_asks_for_so_much_and_no_more(meeting: Meeting, asker: Person, secretary: Person):
    for _time in range(MOST_REQUESTS):
        ask(meeting, wanted(), by=asker, at=AT)
    with pytest.raises(Refused, match="10 of yours are here already"):
        ask(meeting, wanted(), by=asker, at=AT)
    ask(meeting, wanted(), by=secretary, at=AT)


def test_a_day_of_another_meeting_is_no_day(meeting: Meeting, asker: Person):
    other = Meeting.objects.create(cycle=meeting.cycle, slug="m", title="M", zone="UTC", created_at=AT)
    strange, own = other.days.create(order=0), meeting.days.last()

    assert ask(meeting, wanted(day=strange.pk), by=asker, at=AT).day is None
    assert ask(meeting, wanted(day=own.pk), by=asker, at=AT).day == own


def test_what_was_withdrawn_is_asked_again(asked: SlotRequest):
    withdraw(asked)
    with pytest.raises(Refused, match="your request is: withdrawn"):
        withdraw(asked)
    change(asked, wanted(minutes=20), at=AT)

    asked.refresh_from_db()
    assert (asked.state, asked.minutes, Mail.objects.count()) == (State.OPEN, 20, 2)


def titles_beside(meeting: Meeting, item: Item) -> list[str]:
    """Give the titles of an item's level, in order."""
    rows = Item.objects.filter(block=item.block, parent=item.parent).order_by("order")
    return list(rows.values_list("title", flat=True))


def placing(item: Item, where: Where) -> Placing:
    """Place it with what the form proposes."""
    return Placing(item.pk, where, "Cable Union: Access for all", 15, "Ana Diallo", "You open the day.")


@pytest.mark.parametrize("where", list(Where))
def test_a_request_is_placed_and_nothing_else_moves(
    meeting: Meeting, asked: SlotRequest, secretary: Person, where: Where
):
    chosen = items_of(meeting)[2]
    before, keys = titles_beside(meeting, chosen), set(Item.objects.values_list("pk", flat=True))
    sequence = meeting.sequence
    item = place(asked, placing(chosen, where), by=secretary, at=AT)

    assert (item.title, item.minutes, item.presenters, item.documents) == (
        "Cable Union: Access for all", 15, ["Ana Diallo"], [PAPER]
    )  # fmt: skip
    assert set(Item.objects.values_list("pk", flat=True)) == keys | {item.pk}
    if where == Where.UNDER:
        assert item.parent == chosen
        assert titles_beside(meeting, item)[-1] == item.title
    else:
        at = before.index(chosen.title) + (where == Where.AFTER)
        assert titles_beside(meeting, chosen) == [*before[:at], item.title, *before[at:]]
    meeting.refresh_from_db()
    assert meeting.sequence == sequence + 1
    agenda_of(meeting, days_of(meeting))  # still an agenda

    asked.refresh_from_db()
    assert (asked.state, asked.item, asked.decided_by) == (State.PLACED, item, secretary)
    mail = Mail.objects.latest("pk")
    assert mail.kind == "meetings.request-placed"
    assert [part in mail.text for part in ("You open the day.", "15 minutes", f"#item-{item.pk}")] == [True] * 3
    assert Entry.objects.latest("pk").verb == "request.placed"
    with pytest.raises(Refused, match="is: on the agenda"):
        place(asked, placing(chosen, where), by=secretary, at=AT)


def test_the_first_of_a_block_can_come_after_a_request(meeting: Meeting, asked: SlotRequest, secretary: Person):
    first = items_of(meeting)[0]
    item = place(asked, placing(first, Where.BEFORE), by=secretary, at=AT)

    assert titles_beside(meeting, first)[:2] == [item.title, first.title]


def test_an_item_that_is_gone_or_of_another_meeting_takes_nothing(
    meeting: Meeting, asked: SlotRequest, secretary: Person
):
    gone = items_of(meeting)[0]
    Item.objects.filter(pk=gone.pk).delete()
    with pytest.raises(Refused, match="no longer on the agenda"):
        place(asked, placing(gone, Where.AFTER), by=secretary, at=AT)

    assert SlotRequest.objects.get().state == State.OPEN


def test_what_was_taken_off_the_agenda_says_so_and_can_be_placed_again(
    meeting: Meeting, asked: SlotRequest, secretary: Person
):
    first = items_of(meeting)[0]
    place(asked, placing(first, Where.AFTER), by=secretary, at=AT).delete()

    asked.refresh_from_db()
    assert (asked.stands, asked.can_be_placed) == ("taken off the agenda", True)
    with pytest.raises(Refused, match="is: taken off the agenda"):
        decline(asked, "No.", by=secretary, at=AT)
    place(asked, placing(first, Where.AFTER), by=secretary, at=AT)
    asked.refresh_from_db()
    assert (asked.stands, asked.can_be_placed) == ("on the agenda", False)


def test_declining_needs_a_sentence_and_can_be_thought_better_of(
    meeting: Meeting, asked: SlotRequest, secretary: Person
):
    with pytest.raises(Refused, match="say in a sentence why"):
        decline(asked, "", by=secretary, at=AT)
    decline(asked, "The day is full.", by=secretary, at=AT)

    asked.refresh_from_db()
    assert (asked.state, asked.sentence) == (State.DECLINED, "The day is full.")
    assert "The day is full." in Mail.objects.latest("pk").text
    place(asked, placing(items_of(meeting)[0], Where.UNDER), by=secretary, at=AT)


def test_a_download_holds_what_was_asked_and_erasing_leaves_what_is_placed(
    meeting: Meeting, asker: Person, secretary: Person
):
    kept, gone = (ask(meeting, wanted(title=title), by=asker, at=AT) for title in ("Kept", "Gone"))
    place(kept, placing(items_of(meeting)[0], Where.UNDER), by=secretary, at=AT)
    mine = HOLDINGS["meeting-requests"]

    assert [row["title"] for row in mine.rows(asker)] == ["Kept", "Gone"]
    mine.erase(mine.find(asker), AT)
    assert list(SlotRequest.objects.values_list("pk", "asked_by", "about", "speaker")) == [(kept.pk, None, "", "")]
    assert not SlotRequest.objects.filter(pk=gone.pk).exists()

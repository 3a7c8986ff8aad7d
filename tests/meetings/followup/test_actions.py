"""What a meeting asks for becomes action items: from the log or by hand, reported, reminded of, carried on."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from icalendar import Calendar

from convenor.meetings.agenda_page import days_of
from convenor.meetings.editor.arising import MOST_SHOWN, title
from convenor.meetings.editor.kinds import KINDS
from convenor.meetings.editor.starting import start_meeting
from convenor.meetings.floor.minuting import Fate, Sort, Whose
from convenor.meetings.floor.minuting import settle as settle_at_floor
from convenor.meetings.floor_actions import enter as enter_at_floor
from convenor.meetings.followup.actions import Wanted, change, enter, settle
from convenor.meetings.followup.calendar import calendar_of_actions
from convenor.meetings.followup.models import NEXT, ActionItem, State
from convenor.meetings.followup.reminding import remind, reminders_by
from convenor.meetings.minutes.noting import OWNER, WORDS
from convenor.meetings.models import Meeting
from convenor.meetings.storing import agenda_of
from convenor.people.models import Person
from convenor.people.privacy import HOLDINGS
from convenor.shared.errors import Refused
from convenor.shared.mail.models import Mail
from tests.meetings.followup.conftest import DUE, minuted
from tests.meetings.record.conftest import OPENED

pytestmark = pytest.mark.django_db
LATER = datetime(2100, 6, 20, 9, 0, tzinfo=UTC)


def test_every_state_has_a_row():
    assert set(NEXT) == set(State)


def test_what_is_minuted_as_an_action_is_one_and_its_owner_told(held: Meeting, chair: Person, owner: Person):
    entry = minuted(held, chair, "Publish the call.", person=str(owner.key), due="2100-06-30")
    minuted(held, chair, "The room is free.", sort=Sort.NOTE)

    row = ActionItem.objects.get()
    assert (row.entry, row.number, row.what, row.owner, row.due) == (
        entry.sequence, 1, "Publish the call.", owner, DUE,
    )  # fmt: skip
    assert row.item is not None
    assert row.item.label == "4"
    assert list(Mail.objects.filter(kind="meetings.action-given").values_list("to", flat=True)) == [owner.email]


def test_what_the_floor_corrects_or_withdraws_follows(held: Meeting, chair: Person):
    entry = minuted(held, chair, "Publish the cal.", owner="Secretariat")
    correct = partial(settle_at_floor, minuted=entry.sequence, fate=Fate.CORRECTED, whose=Whose("", "2100-07-01"))
    enter_at_floor(held, correct, by=chair, at=OPENED, words={WORDS: "Publish the call.", OWNER: "Host"})
    row = ActionItem.objects.get()
    assert (row.what, row.owner_words, row.due, row.sequence) == ("Publish the call.", "Host", date(2100, 7, 1), 1)

    withdraw = partial(settle_at_floor, minuted=entry.sequence, fate=Fate.WITHDRAWN)
    enter_at_floor(held, withdraw, by=chair, at=OPENED)
    row.refresh_from_db()
    assert (row.state, row.sentence, row.steps.count()) == (State.DROPPED, "Withdrawn at the floor.", 3)


def test_a_correction_at_the_floor_leaves_what_was_changed_on_the_page(held: Meeting, chair: Person, owner: Person):
    entry = minuted(held, chair, "Publish the cal.", owner="Secretariat")
    change(ActionItem.objects.get(), Wanted("Publish the cal.", owner=owner, due=DUE), by=chair, at=OPENED)
    correct = partial(settle_at_floor, minuted=entry.sequence, fate=Fate.CORRECTED)
    enter_at_floor(held, correct, by=chair, at=OPENED, words={WORDS: "Publish the call.", OWNER: "Secretariat"})

    row = ActionItem.objects.get()
    assert (row.what, row.owner, row.owner_words, row.due) == ("Publish the call.", owner, "", DUE)

    given_on = partial(settle_at_floor, minuted=entry.sequence, fate=Fate.CORRECTED, whose=Whose(str(chair.key), ""))
    enter_at_floor(held, given_on, by=chair, at=OPENED, words={WORDS: "Publish the call."})
    row.refresh_from_db()
    assert (row.owner, row.owner_words, row.due) == (chair, "", DUE)


def test_an_action_item_says_what_and_by_whom(held: Meeting, chair: Person):
    with pytest.raises(Refused, match="what is to be done"):
        enter(held, Wanted(" ", owner_words="Host"), by=chair, at=OPENED)
    with pytest.raises(Refused, match="who does it"):
        enter(held, Wanted("Something."), by=chair, at=OPENED)

    assert ActionItem.objects.count() == 0


def test_it_is_done_with_or_without_a_sentence_and_dropped_only_with_one(action: ActionItem, owner: Person):
    settle(action, State.DONE, "", by=owner, at=LATER)
    with pytest.raises(Refused, match="say in a sentence why"):
        settle(action, State.OPEN, "", by=owner, at=LATER)
    settle(action, State.OPEN, "One page is missing.", by=owner, at=LATER)
    settle(action, State.DROPPED, "The call was cancelled.", by=owner, at=LATER)
    with pytest.raises(Refused, match="dropped"):
        settle(action, State.DONE, "", by=owner, at=LATER)

    action.refresh_from_db()
    assert (action.state, action.sequence) == (State.DROPPED, 3)
    assert [step.state for step in action.steps.all()] == ["open", "done", "open", "dropped"]


def test_the_steps_say_what_was_changed_and_a_new_owner_is_told(action: ActionItem, chair: Person):
    wanted = Wanted(action.what, owner=chair, due=DUE + timedelta(days=1))
    change(action, wanted, by=chair, at=LATER)
    change(action, wanted, by=chair, at=LATER)  # nothing is changed by the same

    assert [step.note for step in action.steps.all()] == ["", "Changed: by whom, until when."]
    assert chair.email in set(Mail.objects.filter(kind="meetings.action-given").values_list("to", flat=True))


@pytest.mark.parametrize(("day", "count"), [(22, 0), (23, 1), (30, 1), (31, 2)])
def test_how_many_reminders_there_are_by_a_day(day: int, count: int):
    assert reminders_by(DUE, date(2100, 6, 1) + timedelta(days=day - 1)) == count
    assert reminders_by(None, date(2100, 6, day % 31 or 30)) == 0


def test_owners_are_reminded_once_before_and_once_after(action: ActionItem, owner: Person):
    def reminded(day: datetime) -> int:
        remind({}, at=day, report=lambda *_said: None)
        remind({}, at=day, report=lambda *_said: None)
        return Mail.objects.filter(kind="meetings.action-due", to=owner.email).count()

    moments = (22, 12), (22, 22), (24, 0), (30, 12), (30, 22)  # 22:30 is the next day in Geneva
    assert [reminded(datetime(2100, 6, day, hour, 30, tzinfo=UTC)) for day, hour in moments] == [0, 1, 1, 1, 2]
    settle(action, State.DONE, "", by=owner, at=LATER)
    assert reminded(datetime(2100, 7, 9, tzinfo=UTC)) == 2


def test_the_calendar_keeps_the_identifier_and_counts_changes(action: ActionItem, owner: Person):
    def event(*, as_tasks: bool = False) -> dict[str, str]:
        rows = ActionItem.objects.select_related("owner", "meeting__cycle__forum")
        calendar = Calendar.from_ical(calendar_of_actions(action.meeting.cycle, rows, as_tasks=as_tasks))
        (found,) = calendar.subcomponents
        return {name: found[name].to_ical().decode() for name in found}

    before = event()
    settle(action, State.DONE, "It is public.", by=owner, at=LATER)
    after, task = event(), event(as_tasks=True)

    assert (before["DTSTART"], before["SEQUENCE"], before["STATUS"]) == ("21000630", "0", "CONFIRMED")
    assert before["SUMMARY"] == "Publish the call for main sessions. (Ana Diallo)"
    assert (after["UID"], after["SEQUENCE"], after["SUMMARY"][:5]) == (before["UID"], "1", "Done:")
    assert (task["STATUS"], task["DUE"], task["COMPLETED"]) == ("COMPLETED", "21000630", "21000620T090000Z")


def started(held: Meeting, source: Meeting | str, chair: Person, on: date) -> list[tuple[str, list[str]]]:
    """Start a meeting; give the items of its first block with those under them."""
    kind = KINDS[source] if isinstance(source, str) else source
    meeting = start_meeting(
        held.cycle, kind, title="Call of July", first_day=on, zone="UTC", by=chair, at=LATER
    )  # fmt: skip
    block = agenda_of(meeting, days_of(meeting)).days[0].blocks[0]
    return [(item.title, [child.title for child in item.children]) for item in block.items]


def test_open_action_items_come_first_on_the_next_agenda(action: ActionItem, held: Meeting, chair: Person):
    done = enter(held, Wanted("Done already.", owner_words="Host"), by=chair, at=OPENED)
    settle(done, State.DONE, "", by=chair, at=LATER)

    assert started(held, "call", chair, date(2100, 7, 4)) == [
        ("Opening by the chair", []),
        ("Adoption of the agenda", []),
        (title(), ["Publish the call for main sessions. (Ana Diallo, due 30 June 2100)"]),
    ]
    july = Meeting.objects.latest("pk")
    settle(action, State.DONE, "", by=chair, at=LATER)
    enter(july, Wanted("Book the rooms.", owner_words="Host"), by=chair, at=LATER)
    assert started(held, july, chair, date(2100, 8, 4))[2] == (title(), ["Book the rooms. (Host)"])


def test_many_open_action_items_are_summed_up_and_none_leave_no_item(held: Meeting, chair: Person):
    assert [name for name, _under in started(held, "call", chair, date(2100, 7, 4))] == [
        "Opening by the chair", "Adoption of the agenda",
    ]  # fmt: skip
    for number in range(MOST_SHOWN + 3):
        enter(held, Wanted(f"Task {number}.", owner_words="Host"), by=chair, at=OPENED)

    under = started(held, "call", chair, date(2100, 8, 4))[2][1]
    assert (len(under), under[-1]) == (MOST_SHOWN + 1, "3 more action items")


def test_erasing_somebody_leaves_the_action_item_without_an_owner(action: ActionItem, owner: Person):
    holding = HOLDINGS["action-items"]
    assert [row["what"] for row in holding.rows(owner)] == [action.what]

    holding.erase(holding.find(owner), LATER)

    action.refresh_from_db()
    assert (action.owner, action.whose, action.what) == (None, "", "Publish the call for main sessions.")

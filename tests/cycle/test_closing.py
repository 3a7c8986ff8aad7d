"""Deadlines of a year: set, extended with a reason, refused, kept in their history, and shown."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.utils import translation

from convenor.cycle.actions import set_phases
from convenor.cycle.closing import closings_of, set_deadline, stated, states_of, window_of
from convenor.cycle.deadlines import Closed, Grace, Open, Window
from convenor.cycle.models import Cycle, Deadline, Phase, RuleSet
from convenor.cycle.phases import Span
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry

APRIL = datetime(2017, 4, 20, 12, 0, tzinfo=UTC)
LAST_MINUTE = time(23, 59)
AS = Callable[[Role], Client]


@pytest.fixture
def call(cycle: Cycle) -> Phase:
    """Give the call of 2017."""
    return cycle.phases.get(kind="call")


@pytest.fixture
def secretary(person_as: Callable[[Role], Person]) -> Person:
    """Give the secretariat's person."""
    return person_as(Role.SECRETARIAT)


def state_it(call: Phase, by: Person, on: date, *, reason: str = "", at: datetime = APRIL) -> Deadline:
    """Set the deadline of the call to the last minute of a day eleven hours west of Greenwich."""
    return set_deadline(call, on=on, clock=LAST_MINUTE, zone="UTC-11", reason=reason, by=by, at=at)


def test_a_deadline_is_stated_in_its_zone_and_in_utc_and_the_phase_follows(call: Phase, secretary: Person):
    deadline = state_it(call, secretary, date(2017, 5, 3))

    call.refresh_from_db()
    assert stated(deadline) == "3 May 2017, 23:59 UTC\u221211 = 4 May 2017, 10:59 UTC"
    assert call.ends_on == date(2017, 5, 4)  # in Geneva it is the fourth by then
    assert [sentence(entry) for entry in Entry.objects.all()] == [
        "The deadline of “Call for proposals” is 2017-05-03 23:59 UTC-11."
    ]


def test_an_extension_keeps_what_stood_before_with_its_reason(cycle: Cycle, call: Phase, secretary: Person):
    first = state_it(call, secretary, date(2017, 5, 3))
    second = state_it(call, secretary, date(2017, 5, 7), reason="Many asked  for more time.")

    closing = closings_of(cycle)["call"]
    assert closing.deadline == second
    assert closing.extensions == [(first, second)]
    assert (second.reason, second.set_by, second.set_at) == ("Many asked for more time.", secretary, APRIL)
    said = [sentence(entry) for entry in Entry.objects.order_by("number")]
    assert said[1] == (
        "The deadline of “Call for proposals” moved from 2017-05-03 23:59 UTC-11 to 2017-05-07 23:59 UTC-11. "
        "Reason: Many asked for more time."
    )
    assert "asked" not in str(list(Entry.objects.values()))  # what is typed stays beside the chain


@pytest.mark.parametrize(
    ("on", "reason", "words"),
    [
        (date(2017, 5, 7), "more time", "Say in a sentence why the deadline moves"),
        (
            date(2017, 5, 3),
            "It is the same.",
            "Nothing was changed: the deadline of “Call for proposals” is 3 May 2017",
        ),
        (date(2017, 5, 1), "It was a slip.", "people rely on it: a deadline only moves later"),
        (
            date(2017, 4, 1),
            "It was a slip.",
            "1 April 2017, 23:59 UTC\u221211 = 2 April 2017, 10:59 UTC is past already",
        ),
        (date(2017, 2, 1), "It was a slip.", "“Call for proposals” begins on 1 March 2017: it cannot end before"),
    ],
)
def test_a_deadline_that_would_hurt_is_refused_and_nothing_changes(
    call: Phase, secretary: Person, on: date, reason: str, words: str
):
    state_it(call, secretary, date(2017, 5, 3))

    with pytest.raises(Refused, match=words.replace("(", r"\(")):
        state_it(call, secretary, on, reason=reason)

    assert (call.deadlines.count(), Entry.objects.count()) == (1, 1)


def test_before_the_phase_begins_a_slip_can_be_mended(call: Phase, secretary: Person):
    february = datetime(2017, 2, 1, tzinfo=UTC)
    state_it(call, secretary, date(2017, 5, 3), at=february)

    assert state_it(call, secretary, date(2017, 5, 1), reason="It was a slip.", at=february).on == date(2017, 5, 1)


def test_the_grace_of_the_rules_counts(cycle: Cycle, call: Phase, secretary: Person):
    state_it(call, secretary, date(2017, 5, 3))
    RuleSet.objects.update(
        data={**cycle.rule_set.data, "limits": {**cycle.rule_set.data["limits"], "grace_minutes": 60}}
    )
    cycle = Cycle.objects.get(pk=cycle.pk)

    assert window_of(call, cycle) == Window(
        datetime(2017, 2, 28, 23, 0, tzinfo=UTC), datetime(2017, 5, 4, 11, 0, tzinfo=UTC), 60
    )
    kinds = [
        type(states_of(cycle, datetime(2017, 5, 4, hour, minute, tzinfo=UTC))["call"])
        for hour, minute in ((10, 59), (11, 0), (11, 59), (12, 0))
    ]
    assert kinds == [Open, Grace, Grace, Closed]


def test_without_a_deadline_a_phase_ends_with_its_last_day(cycle: Cycle, call: Phase):
    assert window_of(call, cycle).closes_at == datetime(2017, 5, 3, 22, 0, tzinfo=UTC)


def test_setting_the_phases_leaves_the_end_of_one_with_a_deadline(cycle: Cycle, call: Phase, secretary: Person):
    state_it(call, secretary, date(2017, 5, 3))

    set_phases(cycle, spans=[Span("call", date(2017, 3, 2), date(2017, 6, 1))], by=secretary, at=APRIL)

    call.refresh_from_db()
    assert (call.starts_on, call.ends_on) == (date(2017, 3, 2), date(2017, 5, 4))


def test_the_home_page_says_the_extended_deadline(cycle: Cycle, call: Phase, secretary: Person, client: Client):
    Cycle.objects.update(stands_at=APRIL)
    state_it(call, secretary, date(2017, 5, 3))
    assert "Closes 3 May 2017, 23:59 UTC\u221211 = 4 May 2017, 10:59 UTC" in client.get("/igf/2017/").content.decode()

    state_it(call, secretary, date(2017, 5, 7), reason="Many asked for time.")
    page = client.get("/igf/2017/").content.decode()
    assert "Extended: closes 7 May 2017, 23:59 UTC\u221211 = 8 May 2017, 10:59 UTC" in page

    Cycle.objects.update(stands_at=datetime(2017, 5, 8, 11, 0, tzinfo=UTC))
    assert "Extended: closed 7 May 2017, 23:59 UTC\u221211" in client.get("/igf/2017/").content.decode()


def test_an_extension_says_which_phases_it_runs_into(cycle: Cycle, client_as: AS):
    Cycle.objects.update(stands_at=APRIL)
    typed = {"on": "2017-05-12", "clock": "23:59", "zone": "UTC-11"}

    page = client_as(Role.SECRETARIAT).post("/igf/2017/deadlines/call/", typed, follow=True).content.decode()

    said = [f"“{name}” now begins before this ends: move its days." for name in ("Screening", "Evaluation")]
    assert [words in page for words in (*said, "“Committee meeting” now begins")] == [True, True, False]


def test_in_arabic_time_and_zone_hold_together(call: Phase, secretary: Person):
    deadline = state_it(call, secretary, date(2017, 5, 3))

    with translation.override("ar"):
        assert stated(deadline) == (
            "\u20683 مايو 2017، \u206623:59 UTC\u221211\u2069\u2069 = \u20684 مايو 2017، \u206610:59 UTC\u2069\u2069"
        )


def test_the_history_is_public_and_who_moved_it_is_for_the_secretariat(
    cycle: Cycle, call: Phase, secretary: Person, client: Client, client_as: AS
):
    state_it(call, secretary, date(2017, 5, 3))
    state_it(call, secretary, date(2017, 5, 7), reason="Many asked for <time>.")

    public = client.get("/igf/2017/deadlines/").content.decode()
    assert "Many asked for &lt;time&gt;." in public
    assert str(secretary) not in public
    assert str(secretary) in client_as(Role.SECRETARIAT).get("/igf/2017/deadlines/").content.decode()


def test_the_form_extends_and_keeps_what_was_typed(cycle: Cycle, call: Phase, secretary: Person, client_as: AS):
    Cycle.objects.update(stands_at=APRIL)
    browser = client_as(Role.SECRETARIAT)
    typed = {"on": "2017-05-03", "clock": "23:59", "zone": "utc\u221211"}
    assert browser.post("/igf/2017/deadlines/call/", typed).url == "/igf/2017/deadlines/"

    refused = browser.post("/igf/2017/deadlines/call/", {**typed, "on": "2017-05-09", "reason": "Soon"})
    assert refused.status_code == 422
    assert "Say in a sentence why the deadline moves" in refused.content.decode()
    assert 'value="2017-05-09"' in refused.content.decode()

    wrong = browser.post("/igf/2017/deadlines/call/", {**typed, "zone": "Mars/<i>"}).content.decode()
    assert "“Mars/&lt;i&gt;” is no time zone." in wrong
    assert browser.get("/igf/2017/deadlines/nothing/").status_code == 404
    assert [str(one) for one in Deadline.objects.all()] == ["2017-05-03 23:59 UTC-11"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_history_costs_the_same_for_many(
    cycle: Cycle, call: Phase, client: Client, count: int, django_assert_num_queries
):
    Deadline.objects.bulk_create(
        Deadline(phase=call, on=date(2017, 5, day % 28 + 1), clock=LAST_MINUTE, zone="UTC-11", set_at=APRIL)
        for day in range(count)
    )
    with django_assert_num_queries(3):
        client.get("/igf/2017/deadlines/")

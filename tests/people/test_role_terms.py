"""Roles for a time: given, changed, ended; a forum always keeps a secretariat; the journal names nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest

from convenor.cycle.access import cycles_where, request_roles, roles_of
from convenor.cycle.finding import forums_for
from convenor.cycle.models import Cycle
from convenor.meetings.permissions import KEEP
from convenor.people.models import Person, RoleTerm
from convenor.people.role_actions import Term, change_term, end_role, give_role
from convenor.people.roles import Role
from convenor.people.terms import NAMES, WORDS
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence, verify
from convenor.shared.journal.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
SCOPE = "igf/2017"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def amina() -> Person:
    return Person.objects.create_user("amina@example.org", name="Amina Mfano")


@pytest.fixture
def secretary() -> Person:
    person = Person.objects.create_user("secretary@example.org", name="Seko Mfano")
    RoleTerm.objects.create(person=person, role=Role.SECRETARIAT, forum="igf", cycle="")
    return person


def give(person: Person, role: Role, by: Person | None = None, **place: object) -> RoleTerm:
    """Give a role in the year 2017."""
    term = Term(role, "igf", **{"cycle": "2017", **place})
    return give_role(person, term, scope=SCOPE, by=by, at=NOW)


def said() -> list[str]:
    """Give the sentences of the journal."""
    return [sentence(entry) for entry in Entry.objects.order_by("number")]


def test_every_role_that_is_held_has_its_name():
    assert set(NAMES) == set(WORDS) == {role for role in Role if role.is_held}


def test_a_role_given_changed_and_ended_leaves_three_entries_that_name_whose_it_is_beside_the_chain(amina, secretary):
    term = give(amina, Role.OBSERVER, secretary, since=date(2017, 1, 1))
    term = change_term(term, since=date(2017, 2, 1), until=date(2018, 1, 31), scope=SCOPE, by=secretary, at=NOW)
    end_role(term, last_day=TODAY, scope=SCOPE, by=secretary, at=NOW)

    name = "(name not shown here)"
    sentences = [
        f"A role was given to {name}: Observer, from 2017-01-01 to ….",
        f"The term of {name} was changed: Observer, from 2017-02-01 to 2018-01-31.",
        f"The role of {name} was ended: Observer, with 2017-06-12.",
    ]
    assert said() == sentences
    seen = [sentence(entry, seers=("committee",)) for entry in Entry.objects.order_by("number")]
    assert [one.replace("\u2068", "").replace("\u2069", "") for one in seen] == [
        one.replace(name, "Amina Mfano") for one in sentences
    ]
    assert "Amina" not in str(list(Entry.objects.values()))
    assert verify(SCOPE).is_whole
    assert RoleTerm.objects.get(pk=term.pk).until == TODAY


def test_the_same_days_again_write_nothing(amina, secretary):
    term = give(amina, Role.MEMBER)
    change_term(term, since=None, until=None, scope=SCOPE, by=secretary, at=NOW)

    assert len(said()) == 1


def test_a_second_term_may_follow_the_first_and_not_meet_it(amina):
    give(amina, Role.MEMBER, since=date(2015, 1, 1), until=date(2016, 12, 31))
    give(amina, Role.MEMBER, since=date(2017, 1, 1))
    with pytest.raises(Refused, match="“Committee member” from 2015-01-01 to 2016-12-31 already"):
        give(amina, Role.MEMBER, since=date(2016, 6, 1), until=date(2016, 7, 1))

    assert RoleTerm.objects.count() == 2


def test_a_term_that_ends_before_it_starts_is_refused(amina):
    with pytest.raises(Refused, match="would end on 2017-01-01, before it starts on 2017-02-01"):
        give(amina, Role.MEMBER, since=date(2017, 2, 1), until=date(2017, 1, 1))


def test_a_role_ended_before_its_first_day_is_taken_away(amina, secretary):
    term = give(amina, Role.MEMBER, since=TODAY + timedelta(days=30))

    assert end_role(term, last_day=TODAY, scope=SCOPE, by=secretary, at=NOW) is None
    assert list(amina.role_terms.all()) == []


def test_a_role_that_ended_is_not_ended_again(amina, secretary):
    term = give(amina, Role.MEMBER, until=date(2017, 1, 1))
    with pytest.raises(Refused, match="ended on 2017-01-01 already"):
        end_role(term, last_day=TODAY, scope=SCOPE, by=secretary, at=NOW)


@pytest.mark.parametrize(
    "days", [(None, TODAY), (None, TODAY + timedelta(days=900)), (TODAY + timedelta(days=1), None)]
)
def test_the_last_secretariat_can_neither_be_ended_nor_given_an_end(secretary, days):
    term = secretary.role_terms.get()
    with pytest.raises(Refused, match="nobody would be secretariat here"):
        change_term(term, since=days[0], until=days[1], scope=SCOPE, by=secretary, at=NOW)
    with pytest.raises(Refused, match="from 2017-06-13 nobody would be secretariat here"):
        end_role(term, last_day=TODAY, scope=SCOPE, by=secretary, at=NOW)

    term.refresh_from_db()
    assert (term.since, term.until) == (None, None)


@pytest.mark.parametrize(
    ("other", "may_end"),
    [
        ({"cycle": ""}, True),
        ({"cycle": "2017"}, False),  # the other years would have nobody
        ({"cycle": "", "until": TODAY}, False),
        ({"cycle": "", "since": TODAY + timedelta(days=2)}, False),
        ({"cycle": "", "meeting": "june"}, False),
    ],
)
def test_a_secretariat_can_be_ended_once_another_covers_the_same_years(amina, secretary, other, may_end):
    give(amina, Role.SECRETARIAT, **other)
    term = secretary.role_terms.get()
    if may_end:
        end_role(term, last_day=TODAY, scope=SCOPE, by=amina, at=NOW)
    else:
        with pytest.raises(Refused):
            end_role(term, last_day=TODAY, scope=SCOPE, by=amina, at=NOW)

    term.refresh_from_db()
    assert (term.until == TODAY) is may_end


def test_a_closed_account_is_no_secretariat(amina, secretary):
    give(amina, Role.SECRETARIAT, cycle="")
    Person.objects.filter(pk=amina.pk).update(is_active=False)
    with pytest.raises(Refused):
        end_role(secretary.role_terms.get(), last_day=TODAY, scope=SCOPE, by=secretary, at=NOW)


def test_a_role_for_one_meeting_counts_there_and_nowhere_else(amina, cycle):
    give(amina, Role.SECRETARIAT, meeting="june")
    basic = {Role.PUBLIC, Role.SIGNED_IN}

    assert roles_of(amina, cycle, on=TODAY) == basic
    assert roles_of(amina, cycle, on=TODAY, meeting="march") == basic
    assert roles_of(amina, cycle, on=TODAY, meeting="june") == basic | {Role.SECRETARIAT}
    assert not amina.holds(Role.SECRETARIAT, on=TODAY)
    assert list(cycles_where(amina, KEEP, at=NOW)) == []


def test_a_role_counts_on_its_days_in_its_forum_and_year(amina, cycle):
    give(amina, Role.MEMBER, until=TODAY)
    RoleTerm.objects.create(person=amina, role=Role.CHAIR, forum="igf", cycle="2016")
    RoleTerm.objects.create(person=amina, role=Role.CHAIR, forum="other", cycle="")

    assert Role.MEMBER in roles_of(amina, cycle, on=TODAY)
    assert Role.MEMBER not in roles_of(amina, cycle, on=TODAY + timedelta(days=1))
    assert Role.CHAIR not in roles_of(amina, cycle, on=TODAY)


def test_the_door_gives_the_same_answer_for_one_year_and_for_a_list(secretary, cycle):
    assert [one.pk for one in cycles_where(secretary, KEEP, at=NOW)] == [cycle.pk]
    assert KEEP.allows(roles_of(secretary, cycle, on=TODAY))


def test_a_term_begins_and_ends_with_the_day_where_the_forum_is(amina, cycle, rf, monkeypatch):
    Cycle.objects.update(zone="Pacific/Auckland")
    give(amina, Role.SECRETARIAT, since=TODAY + timedelta(days=1), until=TODAY + timedelta(days=1))

    def held(moment: datetime) -> tuple[bool, bool, bool]:
        here = Cycle.objects.select_related("forum").get()
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        request = rf.get("/")
        request.user, request.resolver_match = amina, None
        (card,) = forums_for(amina, now=moment)
        return (
            Role.SECRETARIAT in request_roles(request, here),
            Role.SECRETARIAT in card.roles,
            cycles_where(amina, KEEP, at=moment) == [here],
        )

    midnight = datetime(2017, 6, 12, 12, 0, tzinfo=UTC)  # in Auckland
    moments = midnight - SECOND, midnight, midnight + DAY - SECOND, midnight + DAY
    assert [held(moment) for moment in moments] == [(False,) * 3, (True,) * 3, (True,) * 3, (False,) * 3]

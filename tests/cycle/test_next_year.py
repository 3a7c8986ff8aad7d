"""The next year from the last, and the page of a forum with its years."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client

from convenor.cycle.closing import set_deadline
from convenor.cycle.models import Cycle, Forum, Phase
from convenor.cycle.next_year import proposed_after, start_next
from convenor.cycle.phases import Span
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry

from .test_actions import start
from .test_removal import fill

AT = datetime(2018, 1, 10, 9, 0, tzinfo=UTC)
AS = Callable[[Role], Client]


@pytest.fixture
def secretary(person_as: Callable[[Role], Person]) -> Person:
    """Give the secretariat's person, whose role is for 2017 only."""
    return person_as(Role.SECRETARIAT)


def begin(cycle: Cycle, by: Person, *, keeps_roles: bool = False, **changes: object) -> Cycle:
    """Start the next year as proposed, with changes."""
    told = proposed_after(cycle)
    values: dict[str, object] = {
        name: getattr(told, name) for name in ("name", "slug", "starts_on", "ends_on", "zone", "spans")
    }
    return start_next(cycle, **{**values, **changes}, keeps_roles=keeps_roles, by=by, at=AT)  # type: ignore[arg-type]


def test_every_day_is_proposed_52_weeks_later_on_the_same_weekday(cycle: Cycle):
    told = proposed_after(cycle)

    assert (told.name, told.slug, told.zone) == ("IGF 2018", "2018", "Europe/Zurich")
    assert (told.starts_on, told.ends_on) == (date(2018, 12, 17), date(2018, 12, 20))
    assert [
        (new.kind, new.starts_on.weekday(), (new.starts_on - old.starts_on).days, (new.ends_on - old.ends_on).days)
        for new, old in zip(told.spans, cycle.phases.all(), strict=True)
    ] == [(old.kind, old.starts_on.weekday(), 364, 364) for old in cycle.phases.all()]


@pytest.mark.parametrize(
    ("name", "slug", "starts_on", "expected"),
    [
        ("Forum Genève", "geneve", date(2017, 12, 18), ("Forum Genève 2018", "2018")),
        ("EuroDIG 2017 (2017)", "y2017", date(2017, 1, 2), ("EuroDIG 2018 (2018)", "y2018")),
        ("Forum 12017", "2017", date(2017, 12, 31), ("Forum 12017 2018", "2018")),
    ],
)
def test_the_number_in_the_name_counts_on(
    cycle: Cycle, name: str, slug: str, starts_on: date, expected: tuple[str, str]
):
    cycle.name, cycle.slug, cycle.starts_on = name, slug, starts_on

    told = proposed_after(cycle)

    assert (told.name, told.slug) == expected


def test_the_next_year_has_the_same_rules_and_nothing_of_the_last(cycle: Cycle, secretary: Person):
    fill(cycle, 3)
    new = begin(cycle, secretary, place="Paris")

    assert (new.forum, new.rule_set, new.place, new.created_by) == (cycle.forum, cycle.rule_set, "Paris", secretary)
    assert [Span(one.kind, one.starts_on, one.ends_on) for one in new.phases.all()] == list(proposed_after(cycle).spans)
    assert (new.proposals.count(), cycle.proposals.count()) == (0, 3)
    assert [sentence(entry) for entry in Entry.objects.filter(scope="igf/2018")] == [
        "“IGF 2018” was started after “IGF 2017”, under the same rules “IGF 2017”, version 1."
    ]


def test_a_deadline_moves_along_in_its_own_zone(cycle: Cycle, secretary: Person):
    call, at = cycle.phases.get(kind="call"), datetime(2017, 4, 1, tzinfo=UTC)
    set_deadline(call, on=date(2017, 5, 3), clock=time(23, 59), zone="UTC-11", by=secretary, at=at)
    new = begin(cycle, secretary)

    moved = Phase.objects.get(cycle=new, kind="call")
    assert [str(one) for one in moved.deadlines.all()] == ["2018-05-02 23:59 UTC-11"]
    assert moved.ends_on == date(2018, 5, 3)


def test_roles_go_on_only_where_asked_and_only_those_that_run(cycle: Cycle, secretary: Person):
    people = [Person.objects.create(name=f"P{n}", email=f"p{n}@example.org") for n in range(3)]
    terms = [None, date(2019, 1, 1), date(2017, 12, 31)]
    for person, until in zip(people, terms, strict=True):
        RoleTerm.objects.create(person=person, role=Role.MEMBER, forum="igf", cycle="2017", until=until)

    alone = begin(cycle, secretary)
    assert list(RoleTerm.objects.filter(cycle=alone.slug).values_list("person", "role")) == [
        (secretary.pk, Role.SECRETARIAT)
    ]

    together = begin(cycle, secretary, keeps_roles=True, slug="2018b")
    held = RoleTerm.objects.filter(cycle=together.slug).order_by("person").values_list("person", "role", "until")
    assert sorted(held) == sorted(
        [
            (secretary.pk, Role.SECRETARIAT, None),
            (people[0].pk, Role.MEMBER, None),
            (people[1].pk, Role.MEMBER, date(2019, 1, 1)),
        ]
    )


def test_a_role_in_the_whole_forum_is_not_given_twice(cycle: Cycle, db: None):
    amina = Person.objects.create(name="Amina", email="amina@example.org")
    first = start(amina)

    begin(first, amina, keeps_roles=True)

    assert RoleTerm.objects.filter(person=amina).count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "needs a name"),
        ({"slug": "2017"}, "already has a year at “2017”"),
        ({"ends_on": date(2018, 1, 1)}, "would end before it starts"),
        ({"spans": [Span("call", date(2018, 2, 2), date(2018, 2, 1))]}, "would end before it starts"),
    ],
)
def test_a_year_that_cannot_be_is_refused(cycle: Cycle, secretary: Person, changes: dict[str, object], words: str):
    with pytest.raises(Refused, match=words):
        begin(cycle, secretary, **changes)

    assert Cycle.objects.count() == 1


def test_the_form_proposes_starts_and_keeps_what_was_typed(cycle: Cycle, client_as: AS):
    browser = client_as(Role.SECRETARIAT)
    form = browser.get("/igf/2017/next/").context["form"]
    typed = {name: str(form[name].value() or "") for name in form.fields if name != "keeps_roles"}

    refused = browser.post("/igf/2017/next/", {**typed, "slug": "2017", "place": "Paris <b>"})
    assert refused.status_code == 422
    assert "This forum already has a year at “2017”." in refused.content.decode()
    assert 'value="Paris &lt;b&gt;"' in refused.content.decode()
    fixed = browser.post("/igf/2017/next/", {**typed, "zone": "UTC-11"}).content.decode()
    assert "A year needs the zone of a place, such as Africa/Nairobi." in fixed

    done = browser.post("/igf/2017/next/", {**typed, "call-ends_on": "2018-05-05"}, follow=True)
    assert done.redirect_chain == [("/igf/2018/", 302)]
    assert Phase.objects.get(cycle__slug="2018", kind="call").ends_on == date(2018, 5, 5)
    assert browser.get("/igf/2018/rules/edit/").status_code == 200


def test_the_page_of_a_forum_lists_its_years_and_no_others(
    cycle: Cycle, client: Client, client_as: AS, secretary: Person
):
    start(Person.objects.create(name="Kofi", email="kofi@example.org"), name="Secret Forum")
    begin(cycle, secretary)

    page = client.get("/igf/").content.decode()
    assert page.index("IGF 2018") < page.index("IGF 2017")
    assert "2 years are prepared here, the newest first." in page
    assert "Secret Forum" not in page
    assert "Start the next year" not in page
    assert '<a class="btn go" href="/igf/2018/next/">' in client_as(Role.SECRETARIAT).get("/igf/").content.decode()
    assert client.get("/nobody/").status_code == 404


@pytest.mark.parametrize(
    ("today", "current"),
    [
        (datetime(2016, 1, 1, tzinfo=UTC), "IGF 2017"),
        (datetime(2017, 6, 12, tzinfo=UTC), "IGF 2017"),
        (datetime(2018, 1, 20, tzinfo=UTC), "IGF 2018"),
        (datetime(2018, 6, 12, tzinfo=UTC), "IGF 2018"),
        (datetime(2030, 1, 1, tzinfo=UTC), "IGF 2018"),
    ],
)
def test_the_list_names_the_current_year(
    cycle: Cycle, client: Client, secretary: Person, today: datetime, current: str
):
    begin(cycle, secretary)
    Cycle.objects.update(stands_at=today)

    page = client.get("/").content.decode()

    assert (f"<bdi>{current}</bdi>" in page, page.count("<bdi>IGF 201")) == (True, 1)
    assert "All 2 years" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_forum_costs_the_same_for_many(
    cycle: Cycle, client: Client, count: int, django_assert_num_queries
):
    Cycle.objects.bulk_create(
        Cycle(
            forum=cycle.forum,
            slug=f"y{n}",
            name=f"Year {n}",
            zone="UTC",
            starts_on=date(1990 + n, 5, 1),
            ends_on=date(1990 + n, 5, 2),
            rule_set=cycle.rule_set,
        )
        for n in range(count)
    )
    assert Forum.objects.count() == 1
    with django_assert_num_queries(3):
        client.get("/igf/")

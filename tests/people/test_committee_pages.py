"""The directory and the list of roles: who sees what of whom, filters, exports, and one query count for any length."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from convenor.cycle.models import Cycle
from convenor.people.models import Invitation, Organisation, Person, RoleTerm
from convenor.people.roles import Role
from convenor.shared.spreadsheets import as_text
from tests.programme.making import make_proposal

PEOPLE = "/igf/2017/people/"


@pytest.fixture
def lab(cycle: Cycle) -> Organisation:
    return Organisation.objects.create(name="Coastal Lab")


def member(name: str, role: Role = Role.MEMBER, **fields: object) -> Person:
    """Make somebody with a role in the year."""
    term = {key: fields.pop(key) for key in ("since", "until", "cycle", "meeting") if key in fields}
    person = Person.objects.create(name=name, email=f"{name.replace(' ', '.').lower()}@example.org", **fields)
    RoleTerm.objects.create(person=person, role=role, forum="igf", **{"cycle": "2017", **term})
    return person


def names(client: Client, query: str = "") -> list[str]:
    """Read the names that the directory shows."""
    return [one.name for one in client.get(PEOPLE + query).context["page"]]


@pytest.fixture
def desk(client_as) -> Client:
    return client_as(Role.SECRETARIAT)


@pytest.fixture
def some(lab) -> None:
    member("Amina Mfano", country="KE", group="civ", organisation=lab)
    member("Bahati Mfano", Role.HOST, country="DE", group="gov")
    Person.objects.create(name="Zanzara Quill", email="z@example.org")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Amina Mfano", "Bahati Mfano", "Example secretariat"]),
        ("?q=mfano", ["Amina Mfano", "Bahati Mfano"]),
        ("?q=coastal+amina", ["Amina Mfano"]),
        ("?group=gov", ["Bahati Mfano"]),
        ("?region=af", ["Amina Mfano"]),
        ("?region=nowhere", []),
        ("?role=host", ["Bahati Mfano"]),
        ("?q=zanzara", []),
        ("?q=%00", ["Amina Mfano", "Bahati Mfano", "Example secretariat"]),
    ],
)
def test_filters_in_the_address_narrow_the_directory(desk, some, query, found):
    assert names(desk, query) == found


def test_addresses_are_for_the_secretariat(client_as, some):
    assert client_as(Role.SECRETARIAT).get(PEOPLE).content.decode().count("amina.mfano@example.org") == 1
    assert client_as(Role.MEMBER).get(PEOPLE).content.decode().count("amina.mfano@example.org") == 0


def change_rules(cycle: Cycle, **visibility: str) -> None:
    """Change what the rule set shows."""
    cycle.rule_set.data["visibility"] = {**cycle.rule_set.data.get("visibility", {}), **visibility}
    cycle.rule_set.save()


def test_what_the_rules_hide_is_neither_shown_nor_searched_nor_exported(cycle, client_as, some):
    change_rules(cycle, organisation="secretariat", group="secretariat")
    committee = client_as(Role.MEMBER)

    assert committee.get(PEOPLE).content.decode().count("Coastal Lab") == 0
    assert names(committee, "?q=coastal") == []
    assert len(names(committee, "?group=civ")) == len(names(committee))
    assert client_as(Role.SECRETARIAT).get(f"{PEOPLE}people.csv").content.decode().count("Coastal Lab") == 1


def test_hidden_proposers_are_not_listed_for_those_who_may_not_see_them(cycle, client_as):
    speaker, owner = (Person.objects.create(name=name) for name in ("Speaker", "Owner"))
    make_proposal(cycle, 1, people=[speaker], owner=owner)
    committee = client_as(Role.MEMBER)
    assert names(committee) == ["Example member", "Owner", "Speaker"]

    change_rules(cycle, proposer="secretariat")
    assert names(committee) == ["Example member", "Speaker"]
    change_rules(cycle, speakers="secretariat")
    assert names(committee) == ["Example member"]
    assert names(client_as(Role.SECRETARIAT)) == ["Example member", "Example secretariat", "Owner", "Speaker"]


def test_who_only_wrote_a_draft_is_not_listed(cycle, desk):
    make_proposal(cycle, 1, people=[Person.objects.create(name="Drafter")], state="draft")

    assert names(desk) == ["Example secretariat"]


def test_the_export_is_for_the_secretariat_and_runs_no_formula(client_as, some):
    Person.objects.filter(name="Amina Mfano").update(name='=HYPERLINK("x")')
    assert client_as(Role.MEMBER).get(f"{PEOPLE}people.csv").status_code == 403
    lines = client_as(Role.SECRETARIAT).get(f"{PEOPLE}people.csv?q=hyperlink").content.decode().splitlines()

    assert lines == [
        "\ufeffName,Organisation,Stakeholder group,Region,Country,E-mail address,Roles",
        '"\'=HYPERLINK(""x"")",Coastal Lab,Civil society,African Group,Kenya,amina.mfano@example.org,Committee member',
    ]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(text):
    assert as_text(text) == f"'{text}"


def test_hostile_names_stay_words(desk, cycle):
    member("<script>alert(1)</script>")
    for page in ("", "roles/", "duplicates/", "invitations/"):
        assert desk.get(PEOPLE + page).content.decode().count("<script>alert") == 0


def terms(client: Client, query: str = "") -> list[str]:
    """Read the names of the list of roles."""
    return [term.person.name for term in client.get(f"{PEOPLE}roles/{query}").context["page"]]


def test_the_list_of_roles_shows_the_weightiest_first_and_filters(desk, lab):
    today = timezone.now().date()
    member("Chair", Role.CHAIR, country="KE", group="civ")
    member("Past", until=today - timedelta(days=1))
    member("Future", since=today + timedelta(days=1))
    member("Everywhere", Role.OBSERVER, cycle="")
    member("Meeting", Role.FACILITATOR, meeting="june")
    RoleTerm.objects.create(
        person=Person.objects.create(name="Other year"), role=Role.MEMBER, forum="igf", cycle="2016"
    )

    assert terms(desk) == ["Example secretariat", "Chair", "Meeting", "Everywhere"]
    assert terms(desk, "?term=past") == ["Past"]
    assert terms(desk, "?term=to-come") == ["Future"]
    assert terms(desk, "?term=all&role=member") == ["Future", "Past"]
    assert terms(desk, "?region=af&group=civ") == ["Chair"]
    assert terms(desk, "?term=nonsense") == []


def test_the_balance_counts_chair_and_members_of_today_once(desk, cycle):
    chair = member("Chair", Role.CHAIR, country="KE", group="civ", gender="woman")
    RoleTerm.objects.create(person=chair, role=Role.MEMBER, forum="igf", cycle="2017")
    member("Member", country="DE", group="gov")
    member("Observer", Role.OBSERVER, country="KE", group="civ")
    charts = desk.get(f"{PEOPLE}roles/").context["charts"]

    counted = [{bar.name: bar.count for bar in chart.bars if bar.count} for chart in charts]
    assert counted == [
        {"African Group": 1, "Western European and Others Group": 1},
        {"Government": 1, "Civil society": 1},
        {"Women": 1, "Not stated": 1},
    ]


def post(client: Client, path: str, **data: str) -> object:
    """Send a form of the roles' pages."""
    return client.post(f"{PEOPLE}roles/{path}", data)


def test_somebody_of_the_directory_gets_a_role_at_once(desk, some):
    amina = Person.objects.get(name="Amina Mfano")
    assert desk.get(f"{PEOPLE}roles/add/?person={amina.pk}").content.decode().count("Amina Mfano") >= 1
    post(desk, f"add/?person={amina.pk}", role="observer", place="year", since="2017-01-01")
    post(desk, "add/", email="AMINA.mfano@example.org", role="lead", place="year")

    assert sorted(amina.role_terms.values_list("role", flat=True)) == ["lead", "member", "observer"]


def test_every_other_address_is_invited_known_elsewhere_or_not(desk, some):
    answers = [
        post(desk, "add/", email=email, role="member", place="year", name="A").status_code  # type: ignore[attr-defined]
        for email in ("z@example.org", "nobody@example.org")
    ]

    assert answers == [302, 302]
    assert sorted(Invitation.objects.values_list("email", flat=True)) == ["nobody@example.org", "z@example.org"]
    assert not Person.objects.get(email="z@example.org").role_terms.exists()


def test_a_refused_role_keeps_what_was_typed(desk, some):
    answer = post(desk, "add/", email="amina.mfano@example.org", role="member", place="year", since="2017-01-01")

    assert answer.status_code == 422  # type: ignore[attr-defined]  # an answer of the client
    assert answer.context["form"]["since"].value() == "2017-01-01"  # type: ignore[attr-defined]  # as above


def test_only_a_secretariat_of_every_year_gives_and_ends_roles_of_every_year(desk, cycle, lab):
    chair = member("Chair", Role.CHAIR, cycle="")
    term = chair.role_terms.get()
    assert post(desk, "add/", email="new@example.org", role="member", place="forum").status_code == 422  # type: ignore[attr-defined]
    assert desk.get(f"{PEOPLE}roles/{term.pk}/").status_code == 409
    assert post(desk, f"{term.pk}/end/", last_day="2017-01-01").status_code == 409  # type: ignore[attr-defined]

    RoleTerm.objects.filter(role=Role.SECRETARIAT).update(cycle="")
    assert post(desk, "add/", email="new@example.org", role="member", place="forum").status_code == 302  # type: ignore[attr-defined]
    post(desk, f"{term.pk}/end/", last_day="2026-01-01")
    term.refresh_from_db()
    assert str(term.until) == "2026-01-01"


def test_the_term_of_another_year_or_forum_has_no_page(desk, cycle):
    for place in ({"forum": "igf", "cycle": "2016"}, {"forum": "far", "cycle": "2017"}, {"forum": "far", "cycle": ""}):
        term = RoleTerm.objects.create(person=Person.objects.create(name="X"), role=Role.MEMBER, **place)
        assert desk.get(f"{PEOPLE}roles/{term.pk}/").status_code == 404
        assert post(desk, f"{term.pk}/end/", last_day="2017-01-01").status_code == 404  # type: ignore[attr-defined]


@pytest.mark.parametrize(("page", "queries"), [("", 8), ("roles/", 11), ("duplicates/", 8), ("people.csv", 7)])
def test_a_page_costs_the_same_for_one_and_for_thirty(desk, lab, page, queries, django_assert_num_queries):
    Person.objects.filter(pk=member("Twin", country="KE").pk).update(email="twin+x@example.org")
    member("Twin", country="KE")
    for count in (1, 30):
        for number in range(count):
            member(f"Name {count} {number}", country="KE", group="civ", organisation=lab)
        with django_assert_num_queries(queries):
            desk.get(PEOPLE + page)

"""Pages of forums and years: what each reader sees, what a form keeps, and who is let in."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.http import HttpRequest
from django.test import Client
from django.utils import translation

from convenor.cycle import home
from convenor.cycle.models import Cycle, Forum
from convenor.cycle.templatetags.days import stretch
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.journal import record
from convenor.shared.journal.models import Entry

from .test_actions import start

TYPED = {
    "name": "Local <b>IGF</b>",
    "short_name": "",
    "year": "2027",
    "place": "Nairobi",
    "zone": "africa/nairobi",
    "language": "en",
    "starts_on": "2027-09-01",
    "ends_on": "2027-09-02",
    "preset": "igf-2021",
}
AS = Callable[[Role], Client]


@pytest.fixture
def registries() -> None:
    """Put the registries of the home page back after a test."""
    kept = [list(one) for one in (home.FACTS, home.OFFERS, home.DATES, home.DOCUMENTS)]
    yield
    for registry, before in zip((home.FACTS, home.OFFERS, home.DATES, home.DOCUMENTS), kept, strict=True):
        registry[:] = before


@pytest.fixture
def example(cycle: Cycle) -> Cycle:
    """Give the year 2017 as an example that stands still at the first day of its meeting."""
    Forum.objects.filter(pk=cycle.forum_id).update(is_example=True)
    Cycle.objects.filter(pk=cycle.pk).update(stands_at=datetime(2017, 6, 12, 8, 0, tzinfo=UTC))
    return Cycle.objects.get(pk=cycle.pk)


def text(client: Client, address: str, status: int = 200) -> str:
    """Fetch a page as text."""
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.django_db
def test_a_newcomer_is_told_what_this_is_and_what_to_do(client: Client):
    page = text(client, "/")

    assert "Convenor carries the preparation of a multistakeholder forum" in page
    assert '<a class="btn go" href="/read/">Read my agenda</a> <a class="btn" href="/start/">Start my forum</a>' in page
    assert "No forum yet" in page


def test_the_example_is_marked_and_stands_after_ones_own(example: Cycle, client: Client):
    kofi = Person.objects.create(name="Kofi Sample", email="kofi@example.org")
    start(kofi, name="Zebra Forum")
    client.force_login(kofi, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = text(client, "/")

    assert page.index("Zebra Forum") < page.index("Internet Governance Forum")
    assert page.count('<span class="tag good">Yours</span>') == 1
    assert page.count('<span class="tag">Example</span>') == 1
    assert "Now: Committee meeting" in page
    assert "Remove the example" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_forums_costs_the_same_for_many(
    cycle: Cycle, count: int, client: Client, django_assert_num_queries
):
    kofi = Person.objects.create(name="Kofi Sample", email="kofi@example.org")
    for number in range(count):
        start(kofi, name=f"Forum {number}")
    with django_assert_num_queries(3):
        text(client, "/")


def test_a_stranger_is_sent_to_sign_in_before_starting(client: Client, db: None):
    response = client.get("/start/")

    assert (response.status_code, response.url.split("?")[1]) == (302, "next=/start/")


def test_a_forum_is_started_from_the_form(client_as: AS, person_as: Callable[[Role], Person]):
    response = client_as(Role.SIGNED_IN).post("/start/", TYPED, follow=True)

    cycle = Cycle.objects.get(slug="2027")
    assert response.redirect_chain == [("/local-bigfb/2027/", 302)]
    assert (cycle.zone, cycle.rule_set.name, cycle.created_by) == (
        "Africa/Nairobi",
        "IGF 2021",
        person_as(Role.SIGNED_IN),
    )
    page = response.content.decode()
    assert "“Local &lt;b&gt;IGF&lt;/b&gt; 2027” is started. You are its secretariat." in page
    assert "<b>IGF</b>" not in page
    assert "Three steps to a working year" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"zone": "Mars/<i>"}, "“Mars/&lt;i&gt;” is no time zone. Choose one of the list, such as Africa/Nairobi."),
        ({"ends_on": "2027-08-31"}, "This is before the first day, 2027-09-01."),
        ({"short_name": "outbox"}, "“outbox” is an address of the site itself."),
        ({"short_name": "igf"}, "Another forum here has the short name “igf”."),
        ({"name": "Start"}, "“start” is an address of the site itself."),
        ({"preset": "igf-1999"}, "Select a valid choice. igf-1999 is not one of the available choices."),
        ({"starts_on": "32.1.2027"}, "Enter a valid date."),
        ({"name": "n\x00ul"}, "Null characters are not allowed."),
    ],
)
def test_a_wrong_form_says_why_and_keeps_what_was_typed(client_as: AS, wrong: dict[str, str], sentence: str):
    response = client_as(Role.SIGNED_IN).post("/start/", {**TYPED, **wrong})

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'name="place" value="Nairobi"' in page
    assert Forum.objects.count() == 1


def test_the_year_says_where_it_stands(example: Cycle, client: Client):
    page = text(client, "/igf/2017/")

    assert "The year stands at “Committee meeting”, day 1 of 3." in page
    assert '<li id="phase-committee" aria-current="step">' in page
    assert page.count('aria-current="step"') == 1
    assert page.count('class="done"') == 3
    assert '<time datetime="2017-06-12">12 – 14 June</time>' in page
    assert (
        'The annual meeting is held in <bdi>Geneva</bdi>, <time datetime="2017-12-18">18 – 21 December 2017</time>.'
        in page
    )


def test_a_year_without_phases_and_decisions_is_no_error(cycle: Cycle, client: Client):
    cycle.phases.all().delete()

    page = text(client, "/igf/2017/")

    assert "The phases of this year have no days yet" in page
    assert "Nothing is decided yet." in page


def test_upper_parts_put_facts_offers_dates_and_documents_on_the_year(example: Cycle, client: Client, registries: None):
    def offers(request: HttpRequest, cycle: Cycle) -> list[home.Offer]:
        return [
            home.Offer("Read the rules", "/igf/2017/rules/"),
            home.Offer("Hand a proposal in", "/igf/2017/proposals/", "Until the call closes.", date(2017, 6, 30)),
        ]

    home.FACTS[:] = [lambda cycle: {"call": "227 received"}]
    home.OFFERS[:] = [offers]
    home.DATES[:] = [
        lambda cycle: [
            home.Event(date(2017, 6, 11), "Gone", "/gone/"),
            home.Event(date(2017, 7, 11), "Committee online", "/online/"),
        ]
    ]
    home.DOCUMENTS[:] = [lambda cycle: [home.Document("Agenda <June>", "/igf/2017/meetings/june/", "draft")]]

    page = text(client, "/igf/2017/")

    assert '<span class="mute">227 received</span>' in page
    assert page.index("Hand a proposal in") < page.index("Read the rules")
    assert "until 30 June" in page
    assert "Committee online" in page
    assert "Gone" not in page
    assert '<a href="/igf/2017/meetings/june/"><bdi>Agenda &lt;June&gt;</bdi></a>' in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PUBLIC, 302),
        (Role.SIGNED_IN, 403),
        (Role.MEMBER, 403),
        (Role.CHAIR, 403),
        (Role.SECRETARIAT, 200),
    ],
)
@pytest.mark.parametrize("page", ["phases", "remove"])
def test_only_the_secretariat_sets_phases_and_removes(
    example: Cycle, client_as: AS, role: Role, status: int, page: str
):
    assert client_as(role).get(f"/igf/2017/{page}/").status_code == status


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("page", ["", "rules/", "journal/"])
def test_everybody_reads_year_rules_and_journal(example: Cycle, client_as: AS, role: Role, page: str):
    assert client_as(role).get(f"/igf/2017/{page}").status_code == 200


def test_phases_are_set_from_the_form_and_wrong_days_are_kept_in_it(cycle: Cycle, client_as: AS):
    secretariat = client_as(Role.SECRETARIAT)
    typed = {
        f"{phase.kind}-{key}": getattr(phase, key).isoformat()
        for phase in cycle.phases.all()
        for key in ("starts_on", "ends_on")
    }

    refused = secretariat.post("/igf/2017/phases/", {**typed, "call-ends_on": "2017-02-01"})
    assert refused.status_code == 422
    assert 'value="2017-02-01"' in refused.content.decode()
    assert "This is before the first day, 2017-03-01." in refused.content.decode()
    assert not Entry.objects.exists()

    assert secretariat.post("/igf/2017/phases/", {**typed, "call-ends_on": "2017-05-06"}).url == "/igf/2017/"
    assert cycle.phases.get(kind="call").ends_on == date(2017, 5, 6)


def test_the_example_goes_with_one_click_and_ones_own_forum_does_not(example: Cycle, client_as: AS):
    secretariat = client_as(Role.SECRETARIAT)
    assert '<dialog id="remove-igf"' in text(secretariat, "/igf/2017/")

    response = secretariat.post("/igf/2017/remove/", follow=True)

    assert response.redirect_chain == [("/", 302)]
    assert "The example is removed. Your own forums are as they were." in response.content.decode()
    assert not Cycle.objects.exists()


def test_what_is_no_example_is_not_removed(cycle: Cycle, client_as: AS):
    response = client_as(Role.SECRETARIAT).post("/igf/2017/remove/")

    assert response.status_code == 409
    assert "“Internet Governance Forum” is no example, so it is not removed here." in response.content.decode()
    assert Cycle.objects.get() == cycle


def test_the_rules_are_said_in_plain_words(cycle: Cycle, client: Client):
    page = text(client, "/igf/2017/rules/")

    assert "4 criteria, graded 1 to 5 · 7 formats of 30 to 90 minutes · 80 places, 72 by score." in page
    assert '<div class="sum"><i>=</i><div><b>80</b><span>places for proposals</span></div></div>' in page
    assert "A proposal names at least 3 speakers who have said yes for now." in page
    assert "<dt>Birds of a feather</dt><dd>30 or 60 minutes</dd>" in page
    assert (
        '<th scope="row">Civil society</th><td>Stakeholder group</td><td class="num">–</td><td class="num">40</td>'
        in page
    )


def test_the_journal_is_narrowed_in_the_address(cycle: Cycle, client: Client):
    for number in range(60):
        record(
            scope=cycle.scope,
            verb="day.counted",
            template="Day %(n)s <b>.",
            values={"n": number},
            at=NOON,
            subject=cycle,
        )
    record(scope=cycle.scope, verb="line.drawn", template="The line is drawn.", at=NOON)
    record(scope="other/2017", verb="line.drawn", template="Elsewhere.", at=NOON)

    whole = text(client, "/igf/2017/journal/")
    assert (whole.count("<tr id="), "Elsewhere" in whole) == (50, False)
    assert '<a href="/igf/2017/">Day 59 &lt;b&gt;.</a>' in whole
    assert text(client, "/igf/2017/journal/?page=2").count("<tr id=") == 11
    assert text(client, "/igf/2017/journal/?verb=line.drawn").count("<tr id=") == 1
    assert text(client, "/igf/2017/journal/?q=DAY+1").count("<tr id=") == 11
    assert "No decision has these words" in text(client, "/igf/2017/journal/?q=%3Cscript%3E")


@pytest.mark.parametrize("count", [1, 30])
def test_the_journal_costs_the_same_for_many(cycle: Cycle, count: int, client: Client, django_assert_num_queries):
    for _number in range(count):
        record(scope=cycle.scope, verb="day.counted", template="A day.", at=NOON, subject=cycle)
    with django_assert_num_queries(4):
        text(client, "/igf/2017/journal/")


@pytest.mark.parametrize(
    ("start_day", "end", "with_year", "words"),
    [
        (date(2017, 6, 12), date(2017, 6, 12), False, "12 June"),
        (date(2017, 6, 12), date(2017, 6, 14), False, "12 – 14 June"),
        (date(2017, 6, 15), date(2017, 8, 31), True, "15 June – 31 August 2017"),
        (date(2017, 12, 22), date(2018, 1, 4), False, "22 December – 4 January"),
        (date(2017, 12, 22), date(2018, 1, 4), True, "22 December 2017 – 4 January 2018"),
    ],
)
def test_a_stretch_of_days_is_said_shortly(start_day: date, end: date, with_year: bool, words: str):
    assert stretch(start_day, end, with_year=with_year) == words


def test_months_follow_the_language():
    with translation.override("fr"):
        assert stretch(date(2017, 6, 12), date(2017, 6, 14)) == "12\xa0– 14 juin"
    with translation.override("ar"):
        assert stretch(date(2017, 6, 12), date(2017, 6, 14)) == "12 – 14 يونيو"


NOON = datetime(2017, 6, 12, 12, 0, tzinfo=UTC)

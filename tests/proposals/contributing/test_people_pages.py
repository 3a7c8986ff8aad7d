"""Who sees who has answered: the proposer of theirs, the secretariat of all."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.proposals.contributing.models import ContributorAnswer, ContributorNeeds, Said
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.shared.mail.models import Mail
from tests.proposals.contributing.conftest import AT, Cast, propose

pytestmark = pytest.mark.django_db
TABLE = "/igf/2017/proposals/people/"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch):
    """Stand in the days of the call."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


def as_(person: Person) -> Client:
    """Give a browser of somebody."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_proposer_asks_and_sees_who_has_answered(cast: Cast):
    page, path = as_(cast.owner), f"{TABLE}of/{cast.proposal.pk}/"
    ContributorNeeds.objects.create(cycle=cast.cycle, person=cast.speaker.person, needs="Captions")
    assert "Ask now" in page.get(path).content.decode()

    answer = page.post(f"{path}ask/", {"next": "/igf/2017/proposals/mine/"})

    assert (answer.status_code, answer["Location"]) == (302, "/igf/2017/proposals/mine/")
    assert Mail.objects.count() == 2
    ContributorAnswer.objects.filter(contributor=cast.speaker).update(
        said=Said.DECLINED, answered_at=AT, words="<b>Away</b>"
    )
    shown = page.get(path).content.decode()
    assert "&lt;b&gt;Away&lt;/b&gt;" in shown
    assert "0 speakers have confirmed; the rules ask for at least 3." in shown
    assert "Captions" not in shown  # the secretariat's alone


def test_a_mail_that_the_secretariat_holds_is_shown_as_held_to_it_and_to_the_proposer(
    cast: Cast, client_as: Callable[[Role], Client]
):
    desk = client_as(Role.SECRETARIAT)
    desk.post(f"{TABLE}ask/", {"part": "speaker"})

    own = as_(cast.owner).get(f"{TABLE}of/{cast.proposal.pk}/").content.decode()

    assert "a mail waits for the secretariat to release it" in own
    assert "Ask again" not in own
    assert desk.get(TABLE).content.decode().count("a mail is held") == 1
    assert desk.get(f"{TABLE}table.csv?part=speaker").content.decode().count(",a mail is held,") == 1


@pytest.mark.parametrize("next_page", ["//evil.example/", "https://evil.example/", "mine"])
def test_after_asking_nobody_is_led_away(cast: Cast, next_page: str):
    answer = as_(cast.owner).post(f"{TABLE}of/{cast.proposal.pk}/ask/", {"next": next_page})

    assert answer["Location"] == f"{TABLE}of/{cast.proposal.pk}/"


def test_a_draft_is_shown_to_those_who_write_it_alone(cast: Cast, client_as: Callable[[Role], Client]):
    desk, path = client_as(Role.SECRETARIAT), f"{TABLE}of/{cast.proposal.pk}/"
    assert desk.get(path).status_code == 200

    Proposal.objects.filter(pk=cast.proposal.pk).update(number=None, state=State.DRAFT)

    assert (desk.get(path).status_code, as_(cast.owner).get(path).status_code) == (404, 200)
    assert desk.post(f"{TABLE}again/{cast.speaker.pk}/").status_code == 404


@pytest.mark.parametrize("what", ["of", "again"])
def test_nobody_else_sees_or_asks(cast: Cast, client_as: Callable[[Role], Client], what: str):
    stranger = client_as(Role.SIGNED_IN)
    key = cast.proposal.pk if what == "of" else cast.speaker.pk

    assert stranger.get(f"{TABLE}of/{cast.proposal.pk}/").status_code == 404
    assert stranger.post(f"{TABLE}{what}/{key}/{'ask/' if what == 'of' else ''}").status_code == 404
    assert not Mail.objects.exists()


def test_whoever_speaks_too_often_is_flagged_and_found(cast: Cast, client_as: Callable[[Role], Client]):
    for number in range(2, 5):
        Contributor.objects.create(
            proposal=propose(cast.cycle, cast.owner, number), person=cast.speaker.person, part=Part.SPEAKER
        )
    words = "speaks in 4 sessions, 3 are allowed"

    assert words in as_(cast.owner).get(f"{TABLE}of/{cast.proposal.pk}/").content.decode()
    table = client_as(Role.SECRETARIAT).get(f"{TABLE}?flag=over-cap")
    assert [line.row.proposal.number for line in table.context["lines"]] == [1, 2, 3, 4]
    ContributorAnswer.objects.create(contributor=cast.speaker, said=Said.DECLINED, answered_at=AT)
    assert words not in as_(cast.owner).get(f"{TABLE}of/{cast.proposal.pk}/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["organiser", "speaker", "moderator"]),
        ("?said=confirmed", ["organiser"]),
        ("?said=declined", ["moderator"]),
        ("?said=open", ["speaker"]),
        ("?said=nonsense", []),
        ("?part=speaker", ["speaker"]),
        ("?flag=not-asked", ["speaker"]),
        ("?flag=needs", ["speaker"]),
        ("?flag=consent", ["moderator"]),
        ("?flag=nonsense", []),
        ("?q=amina", ["speaker"]),
        ("?q=bo%40example.org", ["moderator"]),
        ("?q=robert", ["moderator"]),
        ("?q=1+cables", ["organiser", "speaker", "moderator"]),
    ],
)
def test_the_table_is_narrowed_by_the_address(
    cast: Cast, client_as: Callable[[Role], Client], query: str, found: list[str]
):
    ContributorNeeds.objects.create(cycle=cast.cycle, person=cast.speaker.person, needs="Captions")
    Contributor.objects.filter(pk=cast.moderator.pk).update(named_as="Robert Example")
    ContributorAnswer.objects.create(contributor=cast.moderator, said=Said.DECLINED, answered_at=AT, may_be_named=False)

    page = client_as(Role.SECRETARIAT).get(TABLE + query)

    assert [line.row.part for line in page.context["lines"]] == found


def test_the_spreadsheet_says_what_people_need_and_runs_nothing(cast: Cast, client_as: Callable[[Role], Client]):
    ContributorNeeds.objects.create(cycle=cast.cycle, person=cast.speaker.person, needs="=1+1")

    lines = client_as(Role.SECRETARIAT).get(f"{TABLE}table.csv?part=speaker").content.decode().splitlines()

    assert len(lines) == 2
    assert lines[1].startswith('1,"Cables, part 1",Speaker,Amina Example,amina@example.org,,,African Group,')
    assert lines[1].endswith(",'=1+1")


@pytest.mark.parametrize("count", [1, 30])
def test_the_table_asks_the_database_as_often_for_one_as_for_thirty(
    cast: Cast, client_as: Callable[[Role], Client], count: int, django_assert_num_queries
):
    for number in range(count):
        person = Person.objects.create(name=f"Person {number}", email=f"p{number}@example.org")
        Contributor.objects.create(proposal=cast.proposal, person=person, part=Part.SPEAKER)
    client = client_as(Role.SECRETARIAT)

    with django_assert_num_queries(9):
        client.get(TABLE)


def test_whoever_has_an_account_finds_what_waits_for_an_answer_on_the_page_of_the_year(cast: Cast):
    client, words = as_(cast.speaker.person), "Say whether you take part"

    before = client.get("/igf/2017/").content.decode()
    Contributor.objects.filter(pk=cast.speaker.pk).update(is_confirmed=True)
    after = client.get("/igf/2017/").content.decode()

    assert words in before
    assert words not in after

"""For whom people speak, over time: one action changes history and present alike, and what was said stays."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from convenor.people.affiliations import Time, find_or_make_organisation, save_history, speak_for
from convenor.people.models import Affiliation, Organisation, Person
from convenor.proposals.models import Contributor, Part
from convenor.shared.errors import Refused
from tests.programme.making import make_proposal

pytestmark = pytest.mark.django_db
DAY, LATER = date(2017, 6, 12), date(2018, 1, 15)


@pytest.fixture
def amina() -> Person:
    return Person.objects.create_user("amina@example.org", name="Amina Mfano")


def history(person: Person) -> list[tuple[str, date | None, date | None]]:
    """Give somebody's history, the present first."""
    return list(person.affiliations.values_list("organisation__name", "since", "until"))


def test_a_change_ends_the_old_affiliation_the_day_before_and_keeps_the_present_in_step(amina):
    speak_for(amina, find_or_make_organisation("Lab"), on=DAY)
    speak_for(amina, find_or_make_organisation("Union"), on=LATER)

    assert history(amina) == [("Union", LATER, None), ("Lab", None, LATER - timedelta(days=1))]
    amina.refresh_from_db()
    assert str(amina.organisation) == "Union"


def test_the_same_organisation_again_changes_nothing(amina):
    lab = find_or_make_organisation("Lab")
    speak_for(amina, lab, on=DAY)
    speak_for(amina, lab, on=LATER)

    assert history(amina) == [("Lab", None, None)]


def test_a_slip_corrected_on_the_same_day_leaves_no_trace(amina):
    for name in ("Lab", "Unoin", "Union"):
        speak_for(amina, find_or_make_organisation(name), on=DAY)

    assert history(amina) == [("Union", DAY, None), ("Lab", None, DAY - timedelta(days=1))]


def test_somebody_known_from_a_list_gets_a_history_with_the_first_change(amina):
    amina.organisation = find_or_make_organisation("Lab")
    amina.save()
    speak_for(amina, None, on=LATER)

    assert history(amina) == [("Lab", None, LATER - timedelta(days=1))]
    amina.refresh_from_db()
    assert amina.organisation is None


def test_two_present_affiliations_cannot_be_stored(amina):
    for name in ("Lab", "Union"):
        organisation = find_or_make_organisation(name)
        if name == "Lab":
            Affiliation.objects.create(person=amina, organisation=organisation)
    with pytest.raises(IntegrityError):
        Affiliation.objects.create(person=amina, organisation=organisation)


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ([Time("Lab", DAY, DAY - timedelta(days=1))], "would end on 2017-06-11, before it starts on 2017-06-12"),
        ([Time("Lab", LATER + timedelta(days=1), None)], "names a day to come"),
        ([Time("Lab", None, LATER + timedelta(days=1))], "names a day to come"),
        ([Time("Lab", None, None), Time("Union", DAY, None)], "“Lab” and “Union” both have no last day"),
    ],
)
def test_a_history_that_cannot_be_is_refused_and_nothing_changes(amina, times, sentence):
    speak_for(amina, find_or_make_organisation("Before"), on=DAY)
    with pytest.raises(Refused, match=sentence):
        save_history(amina, times, on=LATER)

    assert history(amina) == [("Before", None, None)]


def test_a_proposal_says_the_organisation_of_its_time(amina, cycle, client: Client):
    speak_for(amina, find_or_make_organisation("Old Lab"), on=DAY)
    proposal = make_proposal(cycle, 1, people=[Person.objects.get(pk=amina.pk)])
    speak_for(amina, find_or_make_organisation("New Union"), on=LATER)

    assert [str(one.organisation) for one in proposal.contributors.all()] == ["Old Lab"]
    page = client.get("/igf/2017/proposals/1/").content.decode()
    assert (page.count("Old Lab"), page.count("New Union")) == (1, 0)


def test_a_contribution_saved_again_keeps_its_organisation(amina, cycle):
    proposal = make_proposal(cycle, 1, people=[amina])
    speak_for(amina, find_or_make_organisation("New Union"), on=LATER)
    part = Contributor.objects.get(proposal=proposal, person=amina, part=Part.ORGANISER)
    part.is_confirmed = True
    part.save()

    part.refresh_from_db()
    assert part.organisation is None


def lines(*rows: tuple[str, str, str], initial: int = 0) -> dict[str, str]:
    """Fill the form of the page."""
    data = {"time-TOTAL_FORMS": str(len(rows)), "time-INITIAL_FORMS": str(initial)}
    for index, row in enumerate(rows):
        data |= {
            f"time-{index}-{name}": cell for name, cell in zip(("organisation", "since", "until"), row, strict=True)
        }
    return data


@pytest.fixture
def browser(amina) -> Client:
    client = Client()
    client.force_login(amina, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_keeps_a_history_and_a_cleared_line_goes(browser, amina):
    page = "/account/organisations/"
    assert (
        browser.post(page, lines(("Lab", "", "2016-12-31"), ("Union", "2017-01-01", ""), ("", "", ""))).url
        == "/account/"
    )
    assert history(amina) == [("Union", date(2017, 1, 1), None), ("Lab", None, date(2016, 12, 31))]
    browser.post(page, lines(("", "", ""), ("Lab", "", "2016-12-31"), initial=2))
    assert history(amina) == [("Lab", None, date(2016, 12, 31))]
    assert Person.objects.get(pk=amina.pk).organisation is None


@pytest.mark.parametrize(
    "row", [("", "2017-01-01", ""), ("Lab", "yesterday", ""), ("x" * 201, "", ""), ("Lab", "2017-02-01", "2017-01-01")]
)
def test_what_cannot_be_kept_comes_back_as_typed(browser, amina, row):
    answer = browser.post("/account/organisations/", lines(row))

    assert answer.status_code == 422
    assert answer.context["form"][0]["since"].value() == row[1]
    assert (history(amina), Organisation.objects.count()) == ([], 0)


def test_a_new_organisation_on_the_account_page_counts_from_today(browser, amina):
    said = {"name": "Amina", "organisation": "Lab"}
    browser.post("/account/", said)
    browser.post("/account/", {**said, "organisation": "Union"})

    today = timezone.now().date()
    assert history(amina) == [("Union", today, None), ("Lab", None, today - timedelta(days=1))]


def test_the_account_page_offers_nobody_elses_organisations(browser, amina):
    Organisation.objects.create(name="Zanzara Institute")
    speak_for(amina, find_or_make_organisation("Lab"), on=DAY)

    page = browser.get("/account/").content.decode()
    assert page.count("Zanzara") == 0
    assert page.count('<option value="Lab"></option>') == 1

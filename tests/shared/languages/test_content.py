"""Texts carry their language: pages say it where it is not the reader's, a year's texts take the year's."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from convenor.cycle.actions import start_forum
from convenor.cycle.models import Cycle
from convenor.cycle.next_year import proposed_after, start_next
from convenor.meetings.actions import NewForum, hand_in, make_meeting
from convenor.people.models import Organisation, Person
from convenor.people.roles import Role
from convenor.proposals.models import Proposal, State

AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
AGENDA = (
    "12 juin 2017\n9h00 1. Ouverture de la réunion par la présidence\n"
    "9h30 2. Adoption de l’ordre du jour et des travaux\n"
)


@pytest.mark.parametrize(
    ("page", "text", "year", "said"),
    [
        ("en", "", "en", "<p>"),
        ("en", "en", "fr", "<p>"),
        ("en", "fr", "en", '<p lang="fr">'),
        ("fr", "fr", "en", "<p>"),
        ("fr", "", "en", '<p lang="en">'),
        ("fr", "", "fr", "<p>"),
        ("zh-hans", "zh-hans", "en", "<p>"),
        ("ar", "zh-hans", "en", '<p lang="zh-hans">'),
    ],
)
def test_a_text_says_its_language_where_it_is_not_the_pages(page: str, text: str, year: str, said: str):
    with override(page):
        rendered = Template("<p{% written_in text %}>").render(Context({"text": text, "cycle": Cycle(language=year)}))

    assert rendered == said


def test_a_proposal_is_marked_with_its_language(cycle: Cycle, client: Client, person_as: Callable[[Role], Person]):
    Proposal.objects.create(
        cycle=cycle, number=7, title="Câbles", summary="Les câbles sous la mer.", theme="access", format="panel",
        minutes=90, owner=person_as(Role.SIGNED_IN), organisation=Organisation.objects.create(name="O"),
        state=State.SUBMITTED, submitted_at=AT, language="fr",
    )  # fmt: skip

    page = client.get("/igf/2017/proposals/7/").content.decode()
    assert '<h1><bdi lang="fr">Câbles</bdi></h1>' in page
    assert '<div class="prose" dir="auto" lang="fr"><p>Les câbles' in page
    client.cookies["language"] = "fr"
    assert ' lang="fr">Câbles' not in client.get("/igf/2017/proposals/7/").content.decode()


def test_a_meeting_takes_the_language_of_its_draft(cycle: Cycle, client: Client, person_as: Callable[[Role], Person]):
    person = person_as(Role.SECRETARIAT)
    draft = hand_in(AGENDA, by=person, at=AT)

    meeting = make_meeting(draft, into=cycle, title="Réunion", zone=cycle.zone, by=person, at=AT, slug="juin")

    assert meeting.language == "fr"
    page = client.get("/igf/2017/meetings/juin/").content.decode()
    assert '<h1><bdi lang="fr">Réunion</bdi></h1>' in page
    assert page.count('<bdi lang="fr">') == 3


def test_a_forum_started_with_an_agenda_takes_its_language(rule_set: Any, person_as: Callable[[Role], Person]):
    person = person_as(Role.SIGNED_IN)
    new = NewForum("Forum", date(2017, 12, 18), date(2017, 12, 21))

    meeting = make_meeting(
        hand_in(AGENDA, by=person, at=AT), into=new, title="Réunion", zone="Europe/Zurich", by=person, at=AT
    )

    assert meeting.cycle.language == "fr"


def test_the_language_is_chosen_with_the_forum_and_goes_on_into_the_next_year(
    client_as: Callable[[Role], Client], person_as: Callable[[Role], Person]
):
    answer = client_as(Role.SIGNED_IN).post(
        "/start/",
        {
            "name": "Foro", "starts_on": "2027-12-06", "ends_on": "2027-12-09", "zone": "America/Bogota",
            "preset": "national-light", "language": "es",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    cycle = Cycle.objects.get(forum__name="Foro")
    assert cycle.language == "es"

    plan = proposed_after(cycle)
    given = {name: getattr(plan, name) for name in ("name", "slug", "starts_on", "ends_on", "zone", "spans")}
    following = start_next(cycle, **given, keeps_roles=False, by=person_as(Role.SIGNED_IN), at=AT)

    assert following.language == "es"


def test_a_forum_is_english_unless_told(rule_set: Any, person_as: Callable[[Role], Person]):
    cycle = start_forum(
        name="Forum",
        year="2027",
        zone="UTC",
        starts_on=date(2027, 12, 6),
        ends_on=date(2027, 12, 9),
        by=person_as(Role.SIGNED_IN),
        at=AT,
    )

    assert cycle.language == "en"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("es-MX", "es"),
        ("ru", "ru"),
        ("zh-CN", "zh-hans"),
        ("ar-EG", "ar"),
        ("fr-CH", "fr"),
        ("tlh", "en"),
    ],
)
def test_the_browsers_language_is_answered(asked: str, given: str, client: Client, db: None):
    answer = client.get("/", headers={"accept-language": asked})

    assert answer["Content-Language"] == given
    assert f'<html lang="{given}" dir="{"rtl" if given == "ar" else "ltr"}"' in answer.content.decode()


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar", "ru", "zh-hans"])
def test_a_chosen_language_is_kept_on_the_device(code: str, client: Client, db: None):
    client.get(f"/language/{code}/")

    assert client.get("/", headers={"accept-language": "fr"})["Content-Language"] == code

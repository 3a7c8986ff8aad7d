"""The agenda page: printed words, where each item is done, links and doubts, and a constant number of queries."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting
from convenor.meetings.models import Continuation, Item, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.conftest import NOW

pytestmark = pytest.mark.django_db
As = Callable[[Role], Client]
# Cycle, meeting, changes, days, blocks, items, versions, links, log twice, doubts, phases, five pages.
QUERIES = 17
EVERY_MATTER = (
    "Welcome", "Proposals", "Evaluation", "Selection", "Scheduling", "Programming", "Main sessions", "Updates",
)  # fmt: skip


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _item(page: str, item: Item) -> str:
    """Give the words of an item, without those under it."""
    part = page.split(f'id="item-{item.pk}"')[1]
    return _words(re.split(r"</li>|<ol", "<x" + part)[0])


def _at(cycle: Cycle, moment: datetime) -> None:
    cycle.stands_at = moment
    cycle.save()


def test_everybody_reads_the_agenda(client: Client, june: Meeting):
    page = client.get(june.get_absolute_url()).text
    words = _words(page)

    assert "12–14 June 2017. Room K, ITU Montbrillant Building ( Day 1 ); Room A, ITU Tower Building" in words
    assert "Day 1: Open Consultations Monday 12 June , Room K, ITU Montbrillant Building open to all" in words
    assert "Overview of workshop proposal evaluations," in words
    assert "The purpose of the second round" in words
    assert page.count('class="block slim-b break"') == 3
    assert "csrfmiddlewaretoken" not in page
    assert reverse("meetings:calendar", args=(*june.cycle.address, "june")) in page
    assert reverse("meetings:full-json", args=(*june.cycle.address, "june")) in page


def test_today_is_told_in_the_zone_of_the_meeting(client: Client, june: Meeting):
    _at(june.cycle, datetime(2017, 6, 12, 22, 30, tzinfo=UTC))  # half past midnight in Geneva

    assert re.findall(r'href="#(day-\d)" aria-current="true"', client.get(june.get_absolute_url()).text) == ["day-2"]


def test_an_item_leads_to_its_page_once_the_phase_has_begun(client_as: As, june: Meeting):
    _at(june.cycle, NOW)
    page = client_as(Role.SECRETARIAT).get(june.get_absolute_url()).text
    said = {item.title: _item(page, item) for item in Item.objects.filter(block__day__meeting=june)}
    above = Item.objects.get(block__day__meeting=june, title="Review final workshop selection process").parent

    assert said["Workshop selection"] == "b) Workshop selection Selection workbench"
    assert "Results of the evaluation continued at" in said[above.title]
    assert said["Review final workshop selection process"] == "a) Review final workshop selection process"
    assert said["Workshop proposals"] == "a) Workshop proposals Proposals"
    assert reverse("selection:workbench", args=june.cycle.address) in page


def test_an_item_says_which_phase_opens_its_page(client_as: As, june: Meeting):
    _at(june.cycle, datetime(2017, 4, 1, tzinfo=UTC))
    page = client_as(Role.SECRETARIAT).get(june.get_absolute_url()).text
    said = {item.title: _item(page, item) for item in Item.objects.filter(block__day__meeting=june)}
    above = Item.objects.get(block__day__meeting=june, title="Review final workshop selection process").parent

    assert "Results of the evaluation: opens with “Evaluation” on 11 May" in said[above.title]
    assert said["Workshop selection"].endswith("Selection workbench: opens with “Committee meeting” on 12 June")
    assert said["Workshop proposals"] == "a) Workshop proposals Proposals"


def test_a_page_with_content_is_open_before_its_phase(client_as: As, june: Meeting):
    _at(june.cycle, datetime(2017, 4, 1, tzinfo=UTC))
    june.cycle.rankings.create(computed_at=NOW, line=1, seed=1)
    page = client_as(Role.SECRETARIAT).get(june.get_absolute_url()).text

    assert "opens with “Evaluation”" not in page


def test_an_item_says_nothing_but_itself_where_it_is_done_in_the_room(client_as: As, june: Meeting):
    page = client_as(Role.PUBLIC).get(june.get_absolute_url()).text
    said = {item.title: _item(page, item) for item in Item.objects.filter(block__day__meeting=june)}

    assert said["Adoption of the agenda"] == "3. Adoption of the agenda"
    assert said["Discussion on Main/Focus Sessions"].endswith("Main sessions")
    assert said["Lunch"] == "Lunch"
    assert ">Move<" not in page


def test_the_secretariat_moves_an_item_from_its_menu(client_as: As, june: Meeting):
    page = client_as(Role.SECRETARIAT).get(june.get_absolute_url()).text
    tops = Item.objects.filter(block__day__meeting=june, parent=None)

    assert page.count('<details class="extra') == page.count(">Move<") == tops.count()


def test_a_link_is_undone_and_made_again_by_the_secretariat(client_as: As, june: Meeting):
    secretariat, public = client_as(Role.SECRETARIAT), client_as(Role.PUBLIC)
    link = Continuation.objects.order_by("pk")[1]
    undo = reverse("meetings:undo", args=(*june.cycle.address, "june", link.pk))
    redo = reverse("meetings:redo", args=(*june.cycle.address, "june", link.pk))
    assert "continues item 3 of Day 2" in public.get(june.get_absolute_url()).text
    assert "continued on Day 3" in public.get(june.get_absolute_url()).text

    assert secretariat.post(undo).url == f"{june.get_absolute_url()}#item-{link.later_id}"
    assert "continues item 3 of Day 2" not in public.get(june.get_absolute_url()).text
    assert "continued on Day 3" not in public.get(june.get_absolute_url()).text
    assert "Link again" in secretariat.get(june.get_absolute_url()).text

    secretariat.post(redo)
    assert "continues item 3 of Day 2" in public.get(june.get_absolute_url()).text


def test_a_doubt_is_shown_to_all_and_settled_by_the_secretariat(client_as: As, june: Meeting):
    secretariat, public = client_as(Role.SECRETARIAT), client_as(Role.PUBLIC)
    doubt = june.doubts.order_by("pk")[0]
    settle = reverse("meetings:settle", args=(*june.cycle.address, "june", doubt.pk))
    assert "6 points are open." in public.get(june.get_absolute_url()).text
    assert f'href="#item-{doubt.item_id}"' in public.get(june.get_absolute_url()).text

    assert secretariat.post(settle).url == f"{june.get_absolute_url()}#doubt-{doubt.pk}"
    assert "5 points are open." in public.get(june.get_absolute_url()).text
    assert "The document stays as printed." in public.get(june.get_absolute_url()).text

    secretariat.post(reverse("meetings:reopen", args=(*june.cycle.address, "june", doubt.pk)))
    assert "6 points are open." in public.get(june.get_absolute_url()).text


@pytest.mark.parametrize("role", [Role.SIGNED_IN, Role.MEMBER, Role.CHAIR])
def test_others_correct_nothing(client_as: As, june: Meeting, role: Role):
    link, doubt = Continuation.objects.first(), june.doubts.first()
    assert link is not None
    assert doubt is not None
    for name, pk in (("undo", link.pk), ("redo", link.pk), ("settle", doubt.pk), ("reopen", doubt.pk)):
        url = reverse(f"meetings:{name}", args=(*june.cycle.address, "june", pk))
        assert client_as(role).post(url).status_code == 403
    assert "/links/" not in client_as(role).get(june.get_absolute_url()).text


def test_corrections_are_posted_and_belong_to_their_meeting(
    client_as: As, june: Meeting, cycle: Cycle, secretary: Person
):
    draft = hand_in("10:00 - 11:00\t1. Opening\n", by=secretary, at=NOW)
    other = make_meeting(draft, into=cycle, title="Other", zone="UTC", by=secretary, at=NOW)
    link = Continuation.objects.first()
    assert link is not None
    secretariat = client_as(Role.SECRETARIAT)

    assert secretariat.get(reverse("meetings:undo", args=(*cycle.address, "june", link.pk))).status_code == 405
    assert secretariat.post(reverse("meetings:undo", args=(*cycle.address, other.slug, link.pk))).status_code == 404
    link.refresh_from_db()
    assert link.undone_at is None


@pytest.mark.parametrize("rounds", [1, 30])
def test_the_page_takes_the_same_queries_however_long_the_agenda(
    client: Client, cycle: Cycle, secretary: Person, django_assert_num_queries: DjangoAssertNumQueries, rounds: int
):
    _at(cycle, datetime(2017, 1, 1, tzinfo=UTC))
    days = (
        f"Day {day + 1}: {day + 1} June 2017\n"
        + "".join(f"{hour + 9}:00 - {hour + 10}:00\t{hour + 1}. {title}\n" for hour, title in enumerate(EVERY_MATTER))
        for day in range(rounds)
    )
    draft = hand_in("Example Forum\n\n" + "\n".join(days), by=secretary, at=NOW)
    meeting = make_meeting(draft, into=cycle, title="Long", zone="UTC", by=secretary, at=NOW)
    assert Item.objects.count() == rounds * len(EVERY_MATTER)
    client.get(meeting.get_absolute_url())

    with django_assert_num_queries(QUERIES):
        client.get(meeting.get_absolute_url())


def test_items_below_the_deepest_level_stay_on_the_page(client: Client, cycle: Cycle, secretary: Person):
    text = "10:00 - 11:00\n" + "".join(f"{'  ' * depth}- point {depth}\n" for depth in range(12))
    draft = hand_in(text, by=secretary, at=NOW)
    meeting = make_meeting(draft, into=cycle, title="Deep", zone="UTC", by=secretary, at=NOW)
    page = client.get(meeting.get_absolute_url()).text

    assert [page.count(f"<bdi>point {depth}</bdi>") for depth in range(12)] == [1] * 12


def test_the_json_of_the_agenda_is_the_interchange(client: Client, june: Meeting):
    answer = client.get(reverse("meetings:json", args=(*june.cycle.address, "june")))

    assert answer["Content-Type"] == "application/json"
    assert answer.json()["days"][2]["blocks"][1]["continued"] is True


def test_the_list_shows_days_and_places(client_as: As, june: Meeting):
    words = _words(client_as(Role.PUBLIC).get(reverse("meetings:list", args=june.cycle.address)).text)

    assert "12–14 June 2017 · Room K, ITU Montbrillant Building · Room A, ITU Tower Building" in words
    assert "Read in an agenda" not in words


def test_an_empty_list_says_what_will_be_here(client_as: As, cycle: Cycle):
    url = reverse("meetings:list", args=cycle.address)

    assert "Each meeting of the year stands here" in client_as(Role.PUBLIC).get(url).text
    assert "Read in an agenda" in client_as(Role.SECRETARIAT).get(url).text


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    client: Client, june: Meeting, cycle: Cycle, django_assert_num_queries: DjangoAssertNumQueries, count: int
):
    for number in range(count - 1):
        other = Meeting.objects.create(cycle=cycle, slug=f"m{number}", title="M", zone="UTC", created_at=NOW)
        other.days.create(order=0, place="Room")
    with django_assert_num_queries(3):
        client.get(reverse("meetings:list", args=cycle.address))


def test_the_home_of_the_year_knows_days_and_agendas(june: Meeting, cycle: Cycle):
    from convenor.meetings.home import dates, documents

    assert [(event.on.isoformat(), event.url) for event in dates(cycle)] == [
        (f"2017-06-{12 + day}", f"{june.get_absolute_url()}#day-{day + 1}") for day in range(3)
    ]
    assert [(document.url, document.note) for document in documents(cycle)] == [
        (june.get_absolute_url(), "12–14 June 2017"),
    ]


def test_an_unknown_meeting_is_not_found(client: Client, cycle: Cycle):
    for name in ("agenda", "calendar", "json"):
        assert client.get(reverse(f"meetings:{name}", args=(*cycle.address, "none"))).status_code == 404

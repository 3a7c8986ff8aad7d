"""The pages of requests, for each who uses them."""

from collections.abc import Callable

import pytest
from django.test import Client

from convenor.meetings.models import Item, Meeting
from convenor.meetings.requests.actions import ask
from convenor.meetings.requests.forms import items_of
from convenor.meetings.requests.models import SlotRequest, State
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.requests.conftest import AT, PAPER, wanted

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Access for all",
    "about": "Five years.",
    "organisation": "Cable Union",
    "speaker": "Ana",
    "minutes": "10",
}
QUERIES = {"list": 8, "agenda": 17}


@pytest.fixture
def desk(client_as: Callable[[Role], Client]) -> Client:
    """Give the browser of the secretariat."""
    return client_as(Role.SECRETARIAT)


def notices(client: Client, path: str, **typed: object) -> list[str]:
    """Hand a form in; give what is said on the page it leads to."""
    return [str(one) for one in client.post(path, typed, follow=True).context["messages"]]


def test_somebody_asks_changes_and_withdraws(meeting: Meeting, address, client_as):
    client, day = client_as(Role.SIGNED_IN), meeting.days.last()
    typed = {**TYPED, "documents": f"{PAPER}\n\nexample.org/b\n{PAPER}", "day": day.pk, "kind": "other-business"}
    assert notices(client, address("ask"), **typed) == [
        "Your request has arrived; you get a mail, and a second one with the answer."
    ]
    row = SlotRequest.objects.get()
    assert (row.kind, row.day, row.documents) == ("briefing", day, [PAPER, "https://example.org/b"])

    assert f"{PAPER}\nhttps://example.org/b" in client.get(address("own", row.pk)).content.decode()
    assert notices(client, address("own", row.pk), **{**TYPED, "minutes": "20"}) == ["Your request is changed."]
    assert notices(client, address("withdraw", row.pk)) == ["Your request is withdrawn."]
    row.refresh_from_db()
    assert (row.minutes, row.state) == (20, State.WITHDRAWN)


def test_a_member_asks_for_other_business(meeting: Meeting, address, client_as):
    notices(client_as(Role.MEMBER), address("ask"), **TYPED, kind="other-business")

    assert SlotRequest.objects.get().kind == "other-business"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": " \u200b "}, "title", "Give it a title that can be read."),
        ({"minutes": "0"}, "minutes", "Ensure this value is greater than or equal to 1."),
        ({"minutes": "241"}, "minutes", "Ensure this value is less than or equal to 240."),
        ({"about": "x" * 2001}, "about", "Ensure this value has at most 2000 characters (it has 2001)."),
        ({"documents": "javascript:alert(1)"}, "documents", "“javascript:alert(1)” is no address of a page."),
        ({"documents": "ftp://example.org/a"}, "documents", "“ftp://example.org/a” is no address of a page."),
        (
            {"documents": "\n".join(f"https://example.org/{n}" for n in range(6))},
            "documents",
            "At most 5 documents; take some away.",
        ),
        ({"day": "999999"}, "day", "Select a valid choice. That choice is not one of the available choices."),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(meeting: Meeting, address, client_as, changes, field, sentence):
    page = client_as(Role.SIGNED_IN).post(address("ask"), {**TYPED, **changes})

    assert (page.status_code, page.context["form"].errors) == (422, {field: [sentence]})
    assert "Cable Union" in page.content.decode()
    assert SlotRequest.objects.count() == 0


def test_what_was_typed_is_kept_where_requests_closed(meeting: Meeting, address, client_as):
    Meeting.objects.update(requests_until=None)
    page = client_as(Role.SIGNED_IN).post(address("ask"), TYPED)

    assert page.status_code == 422
    assert "Five years." in page.content.decode()


def test_nobody_reads_or_changes_what_others_asked(asked: SlotRequest, address, client_as):
    client = client_as(Role.MEMBER)

    assert [
        client.get(address("own", asked.pk)).status_code,
        client.post(address("withdraw", asked.pk)).status_code,
    ] == [404, 404]
    assert asked.title not in client.get(address("ask")).content.decode()
    assert client.get(address("list")).status_code == 403


def test_waiting_requests_stand_beside_the_agenda_for_whoever_answers(meeting: Meeting, asked: SlotRequest, client_as):
    def named(role: Role) -> bool:
        return "Access for all" in client_as(role).get(meeting.get_absolute_url()).content.decode()

    assert {role: named(role) for role in Role if named(role)} == {Role.CHAIR: True, Role.SECRETARIAT: True}


def test_a_request_is_placed_and_whoever_asked_sees_where(
    meeting: Meeting, asked: SlotRequest, address, desk, client_as
):
    briefing = next(item for item in items_of(meeting) if item.parent_id is None)
    page = desk.get(address("answer", asked.pk))
    assert page.context["place"]["title"].value() == "Cable Union: Access for all"

    typed = {"item": briefing.pk, "how": "after", "title": "Access for all", "minutes": "15", "presenter": "Ana"}
    assert notices(desk, address("answer", asked.pk), **typed, sentence="Welcome.") == [
        "“Access for all” is on the agenda, and whoever asked is told so."
    ]
    item = Item.objects.get(title="Access for all")
    assert f"#item-{item.pk}" in client_as(Role.SIGNED_IN).get(address("ask")).content.decode()
    assert f'id="item-{item.pk}"' in client_as(Role.PUBLIC).get(meeting.get_absolute_url()).content.decode()


def test_a_request_is_declined_with_a_sentence_that_whoever_asked_reads(asked: SlotRequest, address, desk, client_as):
    assert desk.post(address("answer", asked.pk), {"decline": "1", "decline-sentence": " "}).status_code == 422
    assert notices(desk, address("answer", asked.pk), **{"decline": "1", "decline-sentence": "The day is full."}) == [
        "“Access for all” is declined, and whoever asked is told why."
    ]
    assert "The day is full." in client_as(Role.SIGNED_IN).get(address("ask")).content.decode()


def test_hostile_words_are_printed_as_words(meeting: Meeting, asker: Person, address, desk: Client):
    evil = "<img src=x onerror=alert(1)>"
    row = ask(meeting, wanted(title=evil, about=evil, organisation=evil, speaker=evil), by=asker, at=AT)

    for path in (address("list"), address("answer", row.pk), meeting.get_absolute_url()):
        assert "<img" not in desk.get(path).content.decode()


def test_the_list_is_filtered(meeting: Meeting, asked: SlotRequest, asker: Person, address, desk: Client):
    ask(meeting, wanted(title="Visas", kind="other-business"), by=asker, at=AT)

    def found(query: str) -> list[str]:
        return [row.title for row in desk.get(address("list") + query).context["page"]]

    queries = ("", "?kind=other-business", "?q=ACCESS", "?state=placed", "?state=all&q=five")
    assert [found(query) for query in queries] == [
        ["Access for all", "Visas"], ["Visas"], ["Access for all"], [], ["Access for all", "Visas"]
    ]  # fmt: skip


def test_pages_cost_the_same_however_much_is_asked(
    meeting: Meeting, asker: Person, address, desk: Client, django_assert_num_queries
):
    for number in (1, 30):
        SlotRequest.objects.bulk_create(
            SlotRequest(
                meeting=meeting,
                asked_by=asker,
                asked_at=AT,
                kind="briefing",
                title=f"T{n}",
                about="A",
                minutes=5,
                day=meeting.days.first(),
            )
            for n in range(number)
        )
        for name, path in (("list", address("list")), ("agenda", meeting.get_absolute_url())):
            desk.get(path)
            with django_assert_num_queries(QUERIES[name]):
                desk.get(path)

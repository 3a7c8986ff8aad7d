"""Pages of the call: what everybody reads, and what the secretariat does with it."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from convenor.cycle.models import Cycle
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from convenor.proposals.call_models import AccessCode, Call, Turn
from convenor.proposals.calls import calls_of
from convenor.proposals.drafting.asking import LAST
from convenor.proposals.models import State
from convenor.shared.mail.models import Mail

from .test_calls import KINDS, amina, cycle, own_call, proposal  # noqa: F401 - fixtures

HOME = "/f/2017/call/"
NOON = datetime(2017, 4, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def desk(client: Client, cycle: Cycle) -> Client:  # noqa: F811
    clerk = Person.objects.create_user("clerk@example.org", name="Clerk")
    RoleTerm.objects.create(person=clerk, role=Role.SECRETARIAT, forum="f")
    client.force_login(clerk)
    return client


MAY_3 = "3 May 2017, 23:59 UTC−11 = 4 May 2017, 10:59 UTC"
MAY_10 = "10 May 2017, 23:59 UTC−11 = 11 May 2017, 10:59 UTC"


def text(response: object) -> str:
    return unescape(response.content.decode())  # type: ignore[attr-defined]


def test_everybody_reads_what_is_open_until_when_in_two_zones(client: Client, cycle: Cycle):  # noqa: F811
    own_call(cycle, (Turn.SET, date(2017, 4, 20), ""), (Turn.MOVED, date(2017, 4, 24), "A server was down."))

    page = text(client.get(HOME, {"zone": "Africa/Nairobi"}))

    assert re.findall(r'href="(/f/2017/proposals/new/[^"]+)"', page) == ["/f/2017/proposals/new/workshop/"]
    for words in (
        "Open: 32 days left.",
        MAY_3,
        "On your clock: 4 May 2017, 13:59 Africa/Nairobi (UTC+3)",
        "Opens in 8 days.",
        "A server was down.",
        "Those who have an access code from the secretariat may propose it.",
        "A person hands in at most",
        "Then the committee grades it",
    ):
        assert words in page


def test_a_zone_that_does_not_exist_is_refused_and_the_page_stands(client: Client, cycle: Cycle):  # noqa: F811
    page = client.get(HOME, {"zone": "Middle/Earth"})

    assert page.status_code == 200
    assert "“Middle/Earth” is no time zone." in text(page)


def test_what_is_asked_is_shown_before_the_call_opens_by_format(client: Client, cycle: Cycle):  # noqa: F811
    cycle.rule_set.data["fields"] = [
        {
            "code": "slides",
            "names": {"en": "Slides"},
            "helps": {"en": "A page with your slides."},
            "type": "link",
            "formats": ["panel"],
            "visible": "committee",
            "changes_until": "2017-12-01",
        }
    ]
    cycle.rule_set.save()
    own_call(cycle, (Turn.SET, date(2017, 4, 20), ""))

    panel = text(client.get(f"{HOME}open-forum/preview/", {"format": "panel"}))
    plain = text(client.get(f"{HOME}open-forum/preview/", {"format": "nonsense"}))

    for words in ("Slides", "A page with your slides.", "Seen by: committee.", "May be changed until 1 December 2017."):
        assert (words in panel, words in plain) == (True, False)
    assert re.findall(r'data-field="([^"]+)"', panel) == [
        *re.findall(r'data-field="([^"]+)"', plain)[:-4],
        "slides",
        *LAST,
    ]
    assert "Speakers, from 3 to 20 (needed)" in plain
    assert [one for one in re.findall(r"<button[^>]*>", panel) if 'name="do"' in one and "disabled" not in one] == []
    assert "Some formats ask for more: choose one to see." in plain
    assert client.get(f"{HOME}nothing/preview/").status_code == 404


def test_the_page_takes_as_many_queries_with_one_kind_as_with_two(
    client: Client,
    cycle: Cycle,  # noqa: F811
    django_assert_num_queries: object,
):
    with django_assert_num_queries(5):  # type: ignore[operator]  # year, calls, phase, twice its deadline
        client.get(HOME)
    cycle.rule_set.data["kinds"] = KINDS[:1]
    cycle.rule_set.save()
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get(HOME)


def plain(response: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", text(response)).split())


STATED = {
    "opens_on": "2017-04-10",
    "opens_clock": "09:00",
    "on": "2017-04-20",
    "clock": "23:59",
    "zone": "utc-11",
}


def test_the_secretariat_moves_an_open_kind_and_drafters_are_told(desk: Client, cycle: Cycle, amina: Person):  # noqa: F811
    proposal(cycle, amina, "", state=State.DRAFT, number=None)
    stated = {**STATED, "on": "2017-05-10", "reason": "The server was down."}

    page = text(desk.post(f"{HOME}workshop/state/", stated, follow=True))

    assert f"“Workshop” closes on {MAY_10}." in page
    call = calls_of(cycle)[0]
    assert [(row.turn, str(row), row.reason) for row in call.history] == [
        (Turn.SET, "2017-05-03 23:59 UTC-11", ""),
        (Turn.MOVED, "2017-05-10 23:59 UTC-11", "The server was down."),
    ]
    assert f"Moved: {MAY_10} instead of {MAY_3}. The server was down." in plain(desk.get(f"{HOME}desk/"))
    mail = Mail.objects.get()
    assert (mail.to, mail.batch is not None) == ("amina@example.org", True)
    assert "The call for “Workshop” now closes on 10 May 2017, 23:59 UTC−11" in mail.text
    journal = text(desk.get("/f/2017/journal/"))
    assert "The deadline of the call for “Workshop” moved from 2017-05-03 23:59 UTC-11 to 2017-05-10 23:59" in journal


def test_a_kind_that_has_not_opened_gets_days_of_its_own_without_a_reason(desk: Client, cycle: Cycle):  # noqa: F811
    cycle.phases.update(starts_on=date(2017, 4, 8))

    desk.post(f"{HOME}open-forum/state/", STATED)

    assert str(Call.objects.get().deadlines.get()) == "2017-04-20 23:59 UTC-11"
    assert (Call.objects.get().on, Call.objects.get().zone) == (date(2017, 4, 10), "UTC-11")
    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"on": "2017-05-02", "reason": "Because of this."}, "is open until 3 May 2017, 23:59 UTC−11"),
        ({"on": "2017-05-03", "reason": "Because of this."}, "Nothing was changed: “Workshop” closes on 3 May 2017"),
        ({"on": "2017-05-09", "reason": "Why"}, "Say in a sentence why the deadline moves"),
        ({"on": "2017-03-09", "reason": "Because of this."}, "is past already. Give a moment to come"),
        ({"on": "2016-03-09", "reason": "Because of this."}, "cannot close on 9 March 2016"),
        ({"on": "2017-05-09", "zone": "Moon"}, "“Moon” is no time zone."),
        ({"on": "soon"}, "Enter a valid date."),
    ],
)
def test_a_refused_deadline_says_why_and_keeps_what_was_typed(
    desk: Client,
    cycle: Cycle,  # noqa: F811
    changes: dict[str, str],
    words: str,
):
    page = desk.post(f"{HOME}workshop/state/", {**STATED, **changes})

    assert page.status_code == 422
    assert words in text(page)
    assert f'value="{changes["on"]}"' in text(page)
    assert Call.objects.count() == 0


def test_once_the_stated_minute_is_over_every_page_says_closed(
    desk: Client,
    cycle: Cycle,  # noqa: F811
    amina: Person,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    row = proposal(cycle, amina, "workshop", state=State.DRAFT)
    own, draft = Client(), f"/f/2017/proposals/drafts/{row.pk}/"
    own.force_login(amina)
    assert f"The call closes on {MAY_3}. Open: 32 days left." in plain(own.get(draft))
    assert "Opened1 March 2017" in (before := plain(own.get(HOME)))
    assert f"Closes{MAY_3}" in before

    monkeypatch.setattr(timezone, "now", lambda: datetime(2017, 5, 4, 11, 0, tzinfo=UTC))
    own.force_login(amina)
    desk.force_login(Person.objects.get(name="Clerk"))

    assert plain(own.get(draft)).count(f"closed on {MAY_3}.") == 1
    assert f"Closed{MAY_3}" in plain(own.get(HOME))
    for page in ("close", "state"):
        assert f"It closed on {MAY_3}." in plain(desk.get(f"{HOME}workshop/{page}/"))


def test_a_call_is_closed_early_with_a_reason_and_opened_again(desk: Client, cycle: Cycle):  # noqa: F811
    refused = desk.post(f"{HOME}workshop/close/", {"reason": "Full"})
    assert (refused.status_code, "Say in a sentence why it closes early" in text(refused)) == (422, True)

    desk.post(f"{HOME}workshop/close/", {"reason": "All rooms are taken."})
    assert (
        f"Closed early: 1 April 2017, 00:59 UTC−11 = 1 April 2017, 11:59 UTC instead of {MAY_3}. All rooms are taken."
        in plain(desk.get(HOME))
    )
    assert calls_of(cycle)[0].is_closed_early
    assert "not open now" in text(desk.post(f"{HOME}workshop/close/", {"reason": "All rooms are taken."}))

    desk.post(f"{HOME}workshop/state/", {**STATED, "on": "2017-04-09", "reason": "A hall was found."})
    assert [row.turn for row in calls_of(cycle)[0].history] == [Turn.SET, Turn.CLOSED, Turn.REOPENED]


def test_a_code_is_shown_once_listed_with_its_uses_and_revoked(desk: Client, cycle: Cycle, amina: Person):  # noqa: F811
    page = text(desk.post(f"{HOME}open-forum/codes/", {"label": "Mini\u202estries <b>", "limit": "3"}))
    row = AccessCode.objects.get()
    code = page.split('<p class="h-s"><code>')[1].split("</code>")[0]
    proposal(cycle, amina, "open-forum", access_code=row)

    again = text(desk.get(f"{HOME}open-forum/codes/"))
    assert (code in page, code in again, len(code)) == (True, False, 14)
    assert "Ministries <b>" in again
    assert '<td class="num">1</td><td class="num">3</td>' in again

    gone = text(desk.post(f"{HOME}codes/{row.pk}/revoke/", follow=True))
    assert "The code “Ministries <b>” lets nobody in any more." in gone
    assert desk.post(f"{HOME}open-forum/codes/", {"label": "", "limit": "0"}).status_code == 422


def test_the_years_page_leads_to_the_call_while_it_is_open_and_names_its_deadlines(
    client: Client,
    cycle: Cycle,  # noqa: F811
    amina: Person,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    own_call(cycle, (Turn.SET, date(2017, 4, 20), ""), (Turn.MOVED, date(2017, 4, 24), "A server was down."))
    home = plain(client.get("/f/2017/"))

    assert "Open to you now Make a proposalWorkshopMake a proposal until 4 May" in home
    assert "24 AprilThe call closes: Open forum" in home
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: datetime(2017, 4, 24, 10, 1, tzinfo=UTC))
        assert "24 AprilThe call closed: Open forum" in plain(client.get("/f/2017/"))

    cycle.rule_set.data["kinds"][1]["graded"] = False
    cycle.rule_set.save()
    proposal(cycle, amina, "open-forum")
    assert '/f/2017/proposals/?kind=open-forum"' in text(client.get("/f/2017/"))
    rows = plain(client.get("/f/2017/proposals/?kind=open-forum"))
    assert ("Open forumHouse" in rows, "60 min" in rows, "60 min" in plain(client.get("/f/2017/proposals/1/"))) == (
        *(True, False, False),
    )

    cycle.phases.update(starts_on=date(2017, 4, 8))
    assert "Make a proposal" not in plain(client.get("/f/2017/"))


def test_moving_the_phase_is_shown_and_told_to_drafters_of_the_kinds_that_follow_it(
    desk: Client,
    cycle: Cycle,  # noqa: F811
    amina: Person,  # noqa: F811
):
    cycle.rule_set.data["kinds"][0]["word"] = {"en": "issue"}
    cycle.rule_set.save()
    own_call(cycle, (Turn.SET, date(2017, 4, 20), ""))
    proposal(cycle, amina, "", state=State.DRAFT, number=None)
    proposal(cycle, amina, "open-forum", state=State.DRAFT, number=None)
    moved = {"on": "2017-05-10", "clock": "23:59", "zone": "UTC-11", "reason": "The server was down."}

    desk.post("/f/2017/deadlines/call/", moved)

    assert f"Moved: {MAY_10} instead of {MAY_3}. The server was down." in plain(desk.get(HOME))
    mail = Mail.objects.get()
    assert "The call for “Workshop” now closes on 10 May 2017, 23:59 UTC−11" in mail.text
    assert "Reason: The server was down." in mail.text


def test_only_the_secretariat_keeps_the_call(client: Client, cycle: Cycle, amina: Person):  # noqa: F811
    client.force_login(amina)

    for path in ("desk/", "workshop/state/", "workshop/close/", "workshop/codes/"):
        assert client.get(f"{HOME}{path}").status_code == 403
    assert client.post(f"{HOME}codes/1/revoke/").status_code == 403


def test_a_link_to_call_list_or_proposal_shows_a_title_and_public_words_and_no_picture(
    client: Client,
    cycle: Cycle,  # noqa: F811
    amina: Person,  # noqa: F811
):
    proposal(cycle, amina, title="Cables & “<b>”", summary="Words of it.")
    told = re.compile(r'<meta property="(og:[a-z_]+)" content="([^"]*)">')

    def shared(address: str) -> list[tuple[str, str]]:
        found = [(name, unescape(words)) for name, words in told.findall(client.get(address).content.decode())]
        assert found[:2] == [("og:type", "website"), ("og:site_name", "Forum 2017")]
        return found[2:]

    what = "What you can propose to Forum 2017, until when, and what happens to it."
    assert shared(HOME) == [("og:title", "Call for proposals"), ("og:description", what)]
    assert shared("/f/2017/proposals/") == [("og:title", "Proposals"), ("og:description", "1 proposal was handed in.")]
    assert shared("/f/2017/proposals/1/") == [("og:title", "Cables & “<b>”"), ("og:description", "Words of it.")]
    cycle.rule_set.data["visibility"] = {**cycle.rule_set.data["visibility"], "summary": "committee"}
    cycle.rule_set.save()
    assert shared("/f/2017/proposals/1/") == [("og:title", "Cables & “<b>”")]

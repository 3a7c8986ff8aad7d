"""The pages on which a proposal is written, without a script and with one."""

import json
import re
from datetime import date
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from convenor.cycle.models import Cycle, PhaseKind
from convenor.people.models import Person
from convenor.proposals.drafting import people, sending
from convenor.proposals.drafting.merging import digest
from convenor.proposals.drafting.models import Draft
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.shared.mail.models import Mail
from tests.proposals.drafting.conftest import AT, WHOLE, page, save, signed_in

pytestmark = pytest.mark.django_db
BARE = {"title": "Cables", "theme": "access", "format": "panel", "minutes": 90}
LIST = "Ana Diallo\tana@example.org\tCable Union\nBo Li\tno address\n<b>Cem</b>\tcem@example.org"


def opened(client: Client, draft: Proposal) -> dict[str, str]:
    """Open the form; give what it would send unchanged."""
    html = client.get(page(draft)).content.decode()
    return {name: unescape(re.search(rf'name="{name}" value="([^"]*)"', html)[1]) for name in ("was", "token")}  # type: ignore[index]  # else the test fails


def hand(client: Client, draft: Proposal, was: str = "{}", do: str = "save", **fields: str) -> HttpResponse:
    """Hand the form in whole; underlines stand for hyphens."""
    typed = {
        f"f-{name.replace('_', '-')}": text for name, text in fields.items() if not name.startswith(("p_", "keep"))
    }
    others = {name.replace("_", "-"): text for name, text in fields.items() if name.startswith(("p_", "keep"))}
    return client.post(page(draft), {**typed, **others, "was": was, "do": do})  # type: ignore[return-value]  # a response


def in_place(client: Client, draft: Proposal, was: dict[str, str], token: str = "", **fields: str) -> dict[str, object]:
    """Save some fields as the script does; give the answer."""
    typed = {f"f-{name}": text for name, text in fields.items()}
    answer = client.post(page(draft), {**typed, "was": json.dumps(was), "token": token}, headers={"X-In-Place": "1"})
    return dict(answer.json())


def test_from_the_kind_to_the_receipt_without_a_script(open_call: Cycle, client: Client, owner: Person):
    address = reverse("proposals:new", args=(*open_call.address, open_call.rules.kinds[0].code))
    assert "Mfano Exchange" in client.get(address).content.decode()
    client.post(address, {"organisation": "Mfano Exchange"})
    draft = Proposal.objects.get()
    fields = {code.replace("-", "_"): text for code, text in WHOLE.items()}

    hand(
        client,
        draft,
        opened(client, draft)["was"],
        **fields,
        p_paste=LIST.replace("no address", "bo@example.org"),
        do="add-pasted",
    )
    for part in ("moderator", "online-moderator", "rapporteur"):
        hand(
            client,
            draft,
            opened(client, draft)["was"],
            do="add",
            p_email=f"{part}@example.org",
            p_name=part,
            p_part=part,
        )

    assert "Everything that is needed is there." in client.get(page(draft, "submit")).content.decode()
    receipt = client.post(page(draft, "submit"), follow=True)
    assert receipt.redirect_chain == [(page(draft, "receipt"), 302)]
    assert "Proposal 1 has arrived" in receipt.content.decode()
    assert (Proposal.objects.get().state, Mail.objects.count()) == (State.SUBMITTED, 1)


def test_what_is_not_taken_comes_back_with_all_that_was_typed(client: Client, draft: Proposal):
    long = "x" * 201

    answer = hand(
        client, draft, opened(client, draft)["was"], title=long, issue="Who <pays>", p_name="Ana", p_email="ana@"
    )
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "This has 201 letters, and 200 fit: shorten it." in html
    assert all(text in html for text in (long, "Who &lt;pays&gt;", 'value="Ana"', 'value="ana@"'))
    assert Draft.objects.get().content["issue"] == "Who <pays>"


def test_what_was_typed_while_the_call_closed_comes_back_and_is_not_said_to_be_saved(
    client: Client, whole: Proposal, owner: Person, open_call: Cycle
):
    sending.submit(whole, by=owner, at=AT)
    was = opened(client, whole)["was"]
    open_call.phases.filter(kind=PhaseKind.CALL).update(ends_on=date(2010, 4, 1))

    answer = hand(client, whole, was, title="Cables for all", issue="Who <pays> now")

    assert (answer.status_code, Draft.objects.count()) == (422, 0)
    assert "“Specific issue” was not saved: it can no longer be changed." in answer.content.decode()
    assert "Who &lt;pays&gt; now</textarea>" in answer.content.decode()


def test_a_form_that_was_opened_before_signing_in_says_so_and_shows_what_was_typed(draft: Proposal, owner: Person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")

    fields = {"f-title": "Cables <for> all", "was": '{"a": "b"}'}
    own, foreign = (
        strict.post(page(draft), fields, headers={"Origin": origin}) for origin in ("http://testserver", "http://evil")
    )
    gone = strict.post("/igf/2017/nowhere/", fields, headers={"Origin": "http://testserver"})

    assert [one.status_code for one in (own, foreign, gone)] == [403, 403, 404]
    kept = [re.findall(r"readonly[^>]*>\n([^<]*)</textarea>", one.content.decode()) for one in (own, foreign, gone)]
    assert kept == [["Cables &lt;for&gt; all"], [], ["Cables &lt;for&gt; all"]]


@pytest.mark.parametrize("name", ["password", "new_password"])
def test_a_password_of_several_words_is_never_shown(client: Client, name: str):
    page = client.post("/igf/2017/nowhere/", {name: "four words kept apart"}, headers={"Origin": "http://testserver"})

    assert (page.status_code, "four words" in page.content.decode()) == (404, False)


def test_more_than_the_site_takes_at_once_is_refused_in_a_sentence_by_a_page_of_ours(draft: Proposal, owner: Person):
    browser = Client(raise_request_exception=False)
    browser.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")

    many = hand(browser, draft, **{f"x{n}": "x" for n in range(1001)})
    large = browser.post(page(draft), "f-title=" + "x" * 5_300_000, content_type="application/x-www-form-urlencoded")

    assert (many.status_code, large.status_code) == (413, 413)
    assert "Go back in your browser to what you typed" in many.content.decode()
    assert b"Go back in your browser to what you typed" in large.content


def test_what_was_typed_to_begin_comes_back_where_the_call_has_closed_meanwhile(open_call: Cycle, client: Client):
    open_call.phases.filter(kind=PhaseKind.CALL).update(ends_on=date(2010, 4, 1))

    answer = client.post(reverse("proposals:new", args=(*open_call.address, open_call.rules.kinds[0].code)), {
        "organisation": "<i>Exchange",
    })  # fmt: skip

    html = answer.content.decode()
    assert (answer.status_code, 'value="&lt;i&gt;Exchange"' in html) == (422, True)
    assert "The call for “Workshop” closed on" in html


def test_whose_organisation_has_handed_in_enough_begins_for_another_one(
    client: Client, whole: Proposal, owner: Person, open_call: Cycle
):
    rows = [
        Proposal(**BARE, cycle=open_call, owner=owner, number=90 + n, organisation=whole.organisation) for n in range(3)
    ]
    others = Person.objects.create_user("other@example.org", name="Other")
    for row in rows:
        row.owner, row.state = others, State.SUBMITTED
    Proposal.objects.bulk_create(rows)
    url = reverse("proposals:new", args=(*open_call.address, open_call.rules.kinds[0].code))

    first, own, another = client.get(url), client.post(url, {"organisation": "mfano exchange"}), None
    another = client.post(url, {"organisation": "Another Exchange"})

    assert first.content.decode().count("Your organisation handed in 3 proposals") == 1
    assert (own.status_code, own.content.decode().count("Your organisation handed in 3 proposals")) == (422, 1)
    assert 'value="mfano exchange"' in own.content.decode()
    assert another.status_code == 302


@pytest.mark.parametrize(
    ("keep", "stored"), [("mine", "Mine"), ("theirs", "Theirs"), ("both", "Theirs\n\nMine")]
)  # fmt: skip
def test_two_versions_stand_side_by_side_until_one_chooses(client: Client, draft: Proposal, keep: str, stored: str):
    was = opened(client, draft)["was"]
    save(draft, Person.objects.create_user("other@example.org", name="Other"), issue="Theirs")

    html = hand(client, draft, was, issue="Mine").content.decode()
    assert "Somebody else changed this while you wrote." in html
    assert "Mine</textarea>" in html
    assert "<p>Theirs</p>" in html

    again = unescape(re.search(r'name="was" value="([^"]*)"', html)[1])  # type: ignore[index]  # else the test fails
    assert hand(client, draft, again, issue="Mine", keep_issue=keep).status_code == 302
    assert Draft.objects.get().content["issue"] == stored


def test_the_script_saves_some_fields_and_hears_what_lacks(client: Client, draft: Proposal):
    answer = in_place(client, draft, {"title": "", "summary": ""}, title="Cables", summary="word " * 251)

    assert (answer["isWhole"], answer["revision"], answer["faults"], answer["clashes"]) == (True, 1, {}, {})
    assert set(answer["was"]) == {"title", "summary"}  # type: ignore[call-overload]  # digests by field
    assert "Description: 251 words, and at most 250 are taken." in str(answer["meter"])
    assert str(answer["said"]).startswith("Saved at ")


def test_the_script_hears_what_clashes_and_what_others_changed(client: Client, draft: Proposal):
    save(draft, Person.objects.create_user("other@example.org", name="Other"), issue="Theirs", tags="a\nb")

    answer = in_place(client, draft, {"issue": ""}, issue="Mine")

    assert answer["clashes"]["issue"] | {"was": ""} == {  # type: ignore[index]  # by field
        "values": ["Theirs"], "text": "Theirs", "can": {"both": True}, "was": "",
    }  # fmt: skip
    news = client.get(page(draft, "draft-news") + "?since=0").json()
    assert (news["revision"], news["fields"]["tags"]["values"]) == (1, ["a\nb"])
    assert news["said"] == "Other has written here at the same time; what they changed is shown."
    assert client.get(page(draft, "draft-news") + "?since=1").status_code == 204


@pytest.mark.parametrize("was", ["", "[]", "{", '{"title": 3}', '"x"'])
def test_a_broken_message_loses_nothing(client: Client, draft: Proposal, was: str):
    assert hand(client, draft, was, title="Cables").status_code == 302
    assert Draft.objects.get().content["title"] == "Cables"


def test_pasted_lines_are_shown_as_they_are_read_before_anybody_is_added(client: Client, draft: Proposal):
    html = hand(client, draft, do="paste", p_paste=LIST).content.decode()

    assert "There is no e-mail address." in html
    assert "Add 2 people" in html
    assert "&lt;b&gt;Cem&lt;/b&gt;" in html
    assert Contributor.objects.count() == 1

    added = hand(client, draft, do="add-pasted", p_paste=LIST, p_name="Dina")
    assert [one.shown_name for one in Contributor.objects.all()[1:]] == ["Ana Diallo", "<b>Cem</b>"]
    html = added.content.decode()
    assert (added.status_code, "2 people are named." in html) == (200, True)
    assert re.findall(r'<textarea id="p-paste"[^>]*>\s*([^<]*)</textarea>', html) == ["Bo Li\tno address"]
    assert 'value="Dina"' in html


@pytest.mark.parametrize(
    ("do", "status", "sentence"),
    [
        ("save", 200, "Saved."),
        ("submit", 422, "Somebody is typed here and not named yet"),
        ("preview", 422, "Somebody is typed here and not named yet"),
        ("paste", 422, "they have 100001 letters, and 100000 are taken"),
        ("add-pasted", 422, "they have 100001 letters, and 100000 are taken"),
    ],
)
def test_whoever_is_typed_and_not_named_yet_is_never_lost_beside_another_button(
    client: Client, draft: Proposal, do: str, status: int, sentence: str
):
    name, paste = "x" * 2000, "y" * 100_001 if "paste" in do else "<i>Bo\tno address"

    answer = hand(client, draft, do=do, title="Cables", p_name=name, p_email="", p_paste=paste)

    html = unescape(answer.content.decode())
    assert (answer.status_code, sentence in html, f'value="{name}"' in html, paste in html) == (status, *[True] * 3)
    assert Draft.objects.get().content["title"] == "Cables"


def test_what_was_typed_for_a_field_that_the_form_has_no_longer_comes_back_to_be_copied(
    client: Client, draft: Proposal
):
    answer = hand(client, draft, title="Cables", hall="Salle\n<XX>")
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "“hall” was not saved: the form does not ask for this any more." in html
    assert 'aria-label="Typed and not saved: hall">\nSalle\n&lt;XX&gt;</textarea>' in html
    assert in_place(client, draft, {}, hall="Salle")["isWhole"] is False
    was = {"hall": digest("Salle")}
    assert in_place(client, draft, was, hall="Salle")["isWhole"], "what nobody typed into is no fault"


def test_an_account_is_not_told_from_an_address(client: Client, draft: Proposal):
    for number in (1, 2):
        Person.objects.create_user(f"known{number}@example.org", name="Famous Name")

    hand(client, draft, do="add", p_email="KNOWN1@example.org", p_name="Somebody", p_part="speaker")
    refused = [
        hand(client, draft, do="add", p_email=email, p_part="speaker").content.decode()
        for email in ("known2@example.org", "unknown@example.org")
    ]

    html = client.get(page(draft)).content.decode()
    assert "Famous Name" not in html
    assert "Somebody" in html
    assert Contributor.objects.get(part=Part.SPEAKER).person.name == "Famous Name"
    assert [re.search(r"type the name that belongs to \S+", one) is not None for one in refused] == [True, True]


def test_somebody_named_before_is_found_again_by_the_address_alone(
    client: Client, whole: Proposal, open_call: Cycle, owner: Person
):
    whole.title = "other"
    second = Proposal.objects.create(cycle=open_call, owner=owner, organisation=whole.organisation, minutes=60)

    hand(client, second, do="add", p_email="Speaker1@example.org", p_part="moderator")

    one = second.contributors.get()
    assert (one.shown_name, one.organisation.name) == ("Speaker 1", "Cable Union")  # type: ignore[union-attr]  # one is there


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"p_email": "", "p_name": "Ana"}, "type the e-mail address, by which they will be asked"),
        ({"p_email": "ana@", "p_name": "Ana"}, "“ana@” is no e-mail address"),
        ({"p_email": "a@example.org", "p_name": "x" * 201}, "has 201 letters, and 200 fit"),
        ({"p_email": "a@example.org", "p_name": "Ana", "p_part": "king"}, "choose which part they have"),
        ({"p_email": "speaker1@example.org", "p_name": "Ana"}, "Ana is named in this part already"),
    ],
)
def test_nobody_is_added_where_something_lacks_and_what_was_typed_stays(
    client: Client, whole: Proposal, typed: dict[str, str], sentence: str
):
    before = Contributor.objects.count()

    answer = hand(client, whole, do="add", **{"p_part": "speaker", **typed})

    assert (answer.status_code, sentence in unescape(answer.content.decode())) == (422, True)
    assert f'value="{typed["p_name"]}"' in answer.content.decode()
    assert Contributor.objects.count() == before


def test_people_move_up_and_are_taken_out_and_other_sessions_are_counted(
    client: Client, whole: Proposal, open_call: Cycle
):
    ana, bo = whole.contributors.filter(part=Part.SPEAKER)[:2]
    for number in (7, 8, 9):
        other = Proposal.objects.create(
            cycle=open_call,
            number=number,
            owner=ana.person,
            organisation=whole.organisation,
            minutes=60,
            state="submitted",
        )
        Contributor.objects.create(proposal=other, person=bo.person, part=Part.SPEAKER)

    assert (
        "Named as a speaker in 3 other proposals; the rules allow 3 sessions."
        in client.get(page(whole)).content.decode()
    )
    hand(client, whole, do=f"up-{bo.pk}")
    hand(client, whole, do=f"out-{ana.pk}")

    assert [one.shown_name for one in whole.contributors.all()[1:3]] == ["Speaker 1", "Speaker 2"]


def test_only_a_co_organiser_who_is_let_writes_and_nobody_else_learns_of_it(client: Client, whole: Proposal):
    co = whole.contributors.get(part=Part.CO_ORGANISER)
    theirs = signed_in(co.person)
    assert theirs.get(page(whole)).status_code == 404

    hand(client, whole, do=f"let-{co.pk}")
    assert hand(theirs, whole, opened(theirs, whole)["was"], issue="Theirs").status_code == 302
    assert hand(theirs, whole, do=f"let-{whole.contributors.all()[1].pk}").status_code == 422
    assert [theirs.get(page(whole, name)).status_code for name in ("withdraw", "submit", "draft-history")] == [
        404,
        200,
        200,
    ]

    hand(client, whole, do=f"unlet-{co.pk}")
    assert theirs.get(page(whole)).status_code == 404


def test_what_lacks_is_said_before_it_is_handed_in_and_hidden_buttons_hand_nothing_in(client: Client, draft: Proposal):
    assert "Hand in</button>" not in client.get(page(draft, "submit")).content.decode()

    answer = client.post(page(draft, "submit"))

    assert (answer.status_code, "Title: this is not there yet." in answer.content.decode()) == (422, True)
    assert Proposal.objects.get().state == State.DRAFT


def test_versions_are_compared_in_words(client: Client, whole: Proposal, owner: Person):
    client.post(page(whole, "submit"))
    save(whole, owner, was={"issue": "Who pays."}, issue="Who decides.")

    html = client.get(page(whole, "draft-history")).content.decode()

    assert "Who <del>pays</del><ins>decides</ins>." in html
    assert client.get(page(whole, "draft-history") + "?from=99&to=<b>").status_code == 200


def test_a_withdrawal_is_confirmed_and_taken_back_and_a_draft_is_deleted(
    client: Client, whole: Proposal, open_call: Cycle
):
    client.post(page(whole, "submit"))
    refused = client.post(page(whole, "withdraw"), {"reason": "<b>" * 200})
    assert (refused.status_code, f'value="{"&lt;b&gt;" * 200}"' in refused.content.decode()) == (422, True)
    client.post(page(whole, "withdraw"), {"reason": "Money"})
    assert Proposal.objects.get().state == State.WITHDRAWN
    assert "Take the withdrawal back" in client.get(reverse("proposals:mine", args=open_call.address)).content.decode()
    client.post(page(whole, "take-back"))
    assert Proposal.objects.get().state == State.SUBMITTED


@pytest.mark.parametrize("count", [1, 20])
def test_the_form_asks_the_database_as_often_for_one_speaker_as_for_twenty(
    client: Client, draft: Proposal, count: int, django_assert_num_queries
):
    people.add(draft, [people.Named(f"Speaker {n}", f"s{n}@example.org") for n in range(count)], at=AT)

    with django_assert_num_queries(15):
        client.get(page(draft))

"""Who reads the record at which stage, and the whole way in the browser's requests."""

import re
from collections.abc import Callable
from html import escape, unescape

import pytest
from django.test import Client

from convenor.meetings.models import Meeting
from convenor.meetings.record import correcting, editing, stages
from convenor.meetings.record.keeping import minutes_of, text_now
from convenor.meetings.record.models import Answer, Correction, Stage, TextModule, Wish
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.record.conftest import AFTER, AT, UNTIL, WORDS, decided

pytestmark = pytest.mark.django_db
Address = Callable[..., str]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def at_stage(held: Meeting, chair: Person, participant: Person) -> Callable[[Stage], None]:
    """Give what brings the minutes to a stage."""

    def bring(stage: Stage) -> None:
        if stage == Stage.DRAFT:
            return
        stages.circulate(held, until=UNTIL, by_silence=False, by=chair, at=AT)
        if stage != Stage.CIRCULATED:
            stages.adopt(held, decided(held, chair, "The minutes are adopted."), by=chair, at=AFTER)
        if stage == Stage.LOCKED:
            stages.lock(held, by=chair, at=AFTER)

    return bring


@pytest.fixture
def key(held: Meeting) -> str:
    """Give the key of the paragraph of the decision."""
    return next(one.key for one in text_now(minutes_of(held)).paragraphs() if WORDS[:-1] in one.text)


def seen_in(page: str) -> str:
    """Give the hidden words that a form says its reader has read."""
    return unescape(re.search(r'name="seen" value="([^"]*)"', page)[1])  # type: ignore[index]


def as_person(person: Person) -> Client:
    """Give the browser of somebody."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


@pytest.mark.parametrize(
    ("stage", "readers"),
    [
        (Stage.DRAFT, {Role.RAPPORTEUR, Role.CHAIR, Role.SECRETARIAT}),
        (Stage.CIRCULATED, {Role.RAPPORTEUR, Role.CHAIR, Role.SECRETARIAT, Role.MEMBER}),
        (Stage.ADOPTED, set(Role) - {Role.PROPOSER}),
        (Stage.LOCKED, set(Role) - {Role.PROPOSER}),
    ],
)
def test_who_reads_the_minutes_at_a_stage(
    stage: Stage,
    readers: set[Role],
    at_stage: Callable[[Stage], None],
    client_as: Callable[[Role], Client],
    participant: Person,
    address: Address,
):
    at_stage(stage)
    page, text = address("page"), address("file", "txt")
    clients = {role: client_as(role) for role in set(Role) - {Role.PROPOSER}}

    assert {role for role, client in clients.items() if WORDS[:-1] in client.get(page).text} == readers
    assert {role for role, client in clients.items() if client.get(text).status_code == 200} == readers
    assert "no-store" in clients[Role.CHAIR].get(text)["Cache-Control"]  # a draft is not for who comes next
    reads = WORDS[:-1] in as_person(participant).get(page).text
    assert reads == (stage != Stage.DRAFT)


def test_a_rapporteur_writes_in_the_browser(
    held: Meeting, key: str, address: Address, client_as: Callable[[Role], Client]
):
    client = client_as(Role.RAPPORTEUR)
    sheet = client.get(address("edit")).text
    was = next(one.text for one in text_now(minutes_of(held)).paragraphs() if one.key == key)
    lost = client.post(address("paragraph", key), {"text": "Over it.", "seen": "Something else."})
    client.post(address("paragraph", key), {"text": "Six & no more.", "seen": was})
    taken = client.post(address("add"), {"take": "1", "module": "note", "after": key})
    client.post(address("add"), {"after": key, "module": "note", "text": "The Committee took note of it."})
    client.post(address("do"), {"key": "own:2", "what": "up"})
    client.post(address("do"), {"key": key, "what": "remove"})

    assert WORDS[:-1] in sheet
    assert (lost.status_code, "Over it." in lost.text, escape(was) in lost.text) == (422, True, True)
    assert "The Committee took note of …." in taken.text
    page = client.get(address("page")).text
    assert ("The Committee took note of it." in page, "Six &amp; no more." in page) == (True, False)
    assert "Six &amp; no more." in client.get(address("edit")).text  # struck through
    assert client.get(address("paragraph", "nothing")).status_code == 404
    entries = client.get(address("edits")).text
    kinds = ("changed</span>", "added from a text module", "moved</span>", "taken out</span>")
    assert [kind in entries for kind in kinds] == [True] * 4


def test_a_participant_proposes_and_the_rapporteur_answers_in_the_browser(
    held: Meeting,
    key: str,
    at_stage: Callable[[Stage], None],
    participant: Person,
    address: Address,
    client_as: Callable[[Role], Client],
):
    at_stage(Stage.CIRCULATED)
    asks, writes = as_person(participant), client_as(Role.RAPPORTEUR)
    assert address("propose", key).replace(":", "%3A") in asks.get(address("page")).text
    assert asks.get(address("propose", key)).status_code == 200
    same = asks.post(address("propose", key), {"wish": "remark", "text": ""})
    asks.post(address("propose", key), {"wish": "remark", "text": "It was seven."})
    row = Correction.objects.get()
    refused = writes.post(address("answer", row.pk), {"what": "decline", "sentence": ""})
    writes.post(address("answer", row.pk), {"what": "decline", "sentence": "The recording says six."})

    row.refresh_from_db()
    assert (same.status_code, refused.status_code) == (422, 422)
    assert (row.by, row.state) == (participant, Answer.DECLINED)
    assert "The recording says six." in asks.get(address("corrections")).text


def test_what_was_typed_while_somebody_else_wrote_is_sent_again(
    held: Meeting,
    key: str,
    rapporteur: Person,
    at_stage: Callable[[Stage], None],
    participant: Person,
    address: Address,
):
    at_stage(Stage.CIRCULATED)
    asks, writes, was = as_person(participant), as_person(rapporteur), text_now(minutes_of(held))
    seen = {one.key: one.text for one in was.paragraphs()}[key]
    editing.edit(held, key, "Seven.", seen=seen, by=rapporteur, at=AT)

    for client, page in ((asks, address("propose", key)), (writes, address("paragraph", key))):
        sent = {"wish": "wording", "text": "Eight.", "seen": seen}
        kept = client.post(page, sent)
        assert (kept.status_code, "Eight." in kept.text) == (422, True)
        assert client.post(page, {**sent, "seen": seen_in(kept.text)}).status_code == 302
    assert Correction.objects.get().was == "Seven."


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.LOCKED])
def test_what_was_typed_when_the_stage_changed_is_kept_on_the_page(
    stage: Stage,
    held: Meeting,
    key: str,
    chair: Person,
    at_stage: Callable[[Stage], None],
    participant: Person,
    address: Address,
    client_as: Callable[[Role], Client],
):
    at_stage(stage)
    asked = as_person(participant).post(address("propose", key), {"wish": "wording", "text": "My long words."})
    written = client_as(Role.RAPPORTEUR).post(address("paragraph", key), {"text": "My long words.", "seen": "Other."})

    assert (asked.status_code, "My long words." in asked.text) == (422, True)
    assert (WORDS[:-1] in asked.text) == (stage == Stage.LOCKED)
    assert (written.status_code, "My long words." in written.text) == (422, True)


def test_who_took_no_part_proposes_nothing(
    held: Meeting,
    key: str,
    at_stage: Callable[[Stage], None],
    address: Address,
    client_as: Callable[[Role], Client],
):
    at_stage(Stage.CIRCULATED)

    answer = client_as(Role.OBSERVER).post(address("propose", key), {"wish": "remark", "text": "Me, too."})

    assert (answer.status_code, Correction.objects.count()) == (404, 0)


def test_the_chair_circulates_adopts_and_locks_in_the_browser(
    held: Meeting, chair: Person, address: Address, client_as: Callable[[Role], Client]
):
    client = client_as(Role.CHAIR)
    late = client.post(address("stage"), {"until_on": "2017-01-01"})
    client.post(address("stage"), {"until_on": "2100-06-26"})
    decision = decided(held, chair, "The minutes are adopted.")
    early = client.post(address("by-silence"), follow=True)
    assert "The minutes are adopted." in client.get(address("stage")).text
    assert client.post(address("stage"), {"decision": ""}).status_code == 422  # none is chosen beforehand
    client.post(address("stage"), {"decision": decision.pk})
    client.post(address("lock"))
    client.post(address("corrigendum"), {"text": "In paragraph 1, for “six” read “seven”."})

    assert (late.status_code, "silence adopts" in early.text) == (422, True)
    assert minutes_of(held).stage == Stage.LOCKED
    assert "for “six” read “seven”" in Client().get(address("page")).text


def test_what_differs_between_the_stages_is_told_word_by_word(
    held: Meeting,
    key: str,
    at_stage: Callable[[Stage], None],
    rapporteur: Person,
    address: Address,
    client_as: Callable[[Role], Client],
):
    at_stage(Stage.CIRCULATED)
    editing.edit(held, key, "Seven sessions.", seen="", by=rapporteur, at=AT)

    page = client_as(Role.MEMBER).get(address("stages")).text

    assert "1 paragraph differs." in page
    assert '<ins><span class="vh">inserted: </span>Seven' in page


def test_data_say_nothing_that_was_taken_out_of_the_minutes(
    held: Meeting, key: str, rapporteur: Person, address: Address, client_as: Callable[..., Client]
):
    client = client_as(Role.CHAIR)
    assert client.get(address("file", "json")).json()["record"]["decisions"][0]["words"] == WORDS

    editing.remove(held, key, by=rapporteur, at=AT)

    assert WORDS[:-1] not in client.get(address("file", "json")).text


def test_the_extract_has_the_numbers_of_the_minutes(held: Meeting, address: Address, client_as: Callable[..., Client]):
    one = next(one for one in text_now(minutes_of(held)).paragraphs() if WORDS[:-1] in one.text)
    client = client_as(Role.CHAIR)

    page = client.get(address("extract", one.item)).text

    assert f'id="p-{one.number}"' in page
    assert client.get(address("extract", "i0")).status_code == 404


def test_a_forum_keeps_text_modules_of_its_own(held: Meeting, address: Address, client_as: Callable[..., Client]):
    client = client_as(Role.RAPPORTEUR)
    client.post(address("modules"), {"title": "Hosts", "text": "The Committee thanked the host, …."})
    module = TextModule.objects.get()

    taken = client.post(address("add"), {"take": "1", "module": f"own-{module.pk}"}).text
    assert taken.count("The Committee thanked the host, ….") == 1
    client.post(address("remove-module", module.pk))
    assert not TextModule.objects.exists()


def test_pages_ask_the_database_as_often_for_many_corrections_as_for_one(
    held: Meeting,
    key: str,
    at_stage: Callable[[Stage], None],
    participant: Person,
    address: Address,
    django_assert_num_queries: Callable[..., object],
    django_assert_max_num_queries: Callable[..., object],
):
    at_stage(Stage.CIRCULATED)
    client = as_person(participant)
    correcting.propose(held, key, Wish.REMARK, "One.", by=participant, at=AT)
    client.get(address("corrections"))
    with django_assert_max_num_queries(60) as few:  # type: ignore[attr-defined]  # pytest-django's
        client.get(address("corrections"))
    for number in range(20):
        correcting.propose(held, key, Wish.REMARK, f"Remark {number}.", by=participant, at=AT)

    with django_assert_num_queries(len(few)):  # type: ignore[attr-defined, arg-type]
        client.get(address("corrections"))


def test_minutes_and_extracts_are_taken_away_in_every_form_by_those_who_may_read_them(
    held: Meeting, key: str, address: Address, client_as: Callable[..., Client]
):
    item = next(one.item for one in text_now(minutes_of(held)).paragraphs() if one.key == key)
    client = client_as(Role.CHAIR)
    base = address("page")
    names = [f"{what}minutes.{form}" for what in ("", f"item/{item}/") for form in ("txt", "json", "xml")]

    assert [WORDS[:-1] in client.get(base + name).text for name in names] == [True] * 6
    assert [Client().get(base + name).status_code for name in names] == [404] * 6
    assert client.get(f"{base}minutes.exe").status_code == 404
    assert [client.get(f"{base}{what}documents/").status_code for what in ("", f"item/{item}/")] == [200, 200]
    assert client.get(f"{base}verbatim/en/documents/").status_code == 404  # there are no captions
    assert client.get(f"{base}time/").status_code == 200

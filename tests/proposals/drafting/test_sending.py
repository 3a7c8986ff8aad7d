"""A proposal is handed in, changed and handed in again, withdrawn, taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from convenor.cycle import rule_call
from convenor.cycle.models import Cycle, PhaseKind
from convenor.people.models import Organisation, Person, RoleTerm
from convenor.people.roles import Role
from convenor.proposals.contributing import asking
from convenor.proposals.contributing.models import ContributorAnswer
from convenor.proposals.drafting import people, saving, sending
from convenor.proposals.drafting.content import written
from convenor.proposals.drafting.models import Draft, Why
from convenor.proposals.models import Proposal, State
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry
from convenor.shared.mail.models import Mail
from tests.proposals.drafting.conftest import AT, LATE, OTHERS, SPEAKERS, WHOLE, begun, save

pytestmark = pytest.mark.django_db
LAST = datetime(2100, 5, 3, 21, 59, 59, tzinfo=UTC)  # 23:59:59 in Geneva


@pytest.fixture
def sent(whole: Proposal, owner: Person) -> Proposal:
    """Give a proposal that was handed in."""
    return sending.submit(whole, by=owner, at=AT)


def refusal(draft: Proposal, by: Person, at: datetime = AT) -> str:
    """Hand in what is refused; give the sentence."""
    with pytest.raises(Refused) as refused, transaction.atomic():
        sending.submit(draft, by=by, at=at)
    return str(refused.value)


def test_what_is_handed_in_has_a_number_its_whole_text_a_version_an_entry_and_a_receipt(whole: Proposal, owner: Person):
    row = sending.submit(whole, by=owner, at=AT)

    row.refresh_from_db()
    assert (row.number, row.state, row.submitted_at, row.title) == (1, State.SUBMITTED, AT, "Cables for all")
    assert (row.policy_questions, row.minutes) == (["Who pays?", "Who decides?"], 90)
    assert row.answers == {
        "background-paper": "https://example.org/paper.pdf", "earlier-report": "https://example.org/report.pdf",
    }  # fmt: skip
    assert [(one.why, one.content["summary"]) for one in row.versions.all()] == [
        (Why.SUBMITTED, "Cables and what they cost.")
    ]
    assert [sentence(entry) for entry in Entry.objects.all()] == ["Proposal 1 was handed in: “Cables for all”."]
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == (owner.email, "IGF 2017: proposal 1 has arrived")
    assert [code for code, text in WHOLE.items() if text not in mail.text] == ["theme", "format"]  # which have names
    assert all(one.name in mail.text for one in SPEAKERS)
    assert "Access and infrastructure" in mail.text


def test_a_co_organiser_who_hands_in_and_whoever_proposes_get_one_receipt_each_in_their_language(
    whole: Proposal, owner: Person
):
    co = whole.contributors.get(part="co-organiser").person
    for person, language in ((co, "fr"), (owner, "es")):
        person.language = language
        person.save()

    sending.submit(whole, by=co, at=AT)

    receipts = Mail.objects.filter(kind="proposals.receipt")
    assert sorted((one.to, one.language) for one in receipts) == sorted([(co.email, "fr"), (owner.email, "es")])
    assert [one.text.count(WHOLE["summary"]) for one in receipts] == [1, 1]


def test_nobody_waits_for_a_mail_server(whole: Proposal, owner: Person, settings, django_capture_on_commit_callbacks):
    settings.SMTP_URL = "smtp://127.0.0.1:1"

    with django_capture_on_commit_callbacks(execute=True):
        sending.submit(whole, by=owner, at=AT)

    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, mail.lease_until, mail.due_at) == ("waiting", 0, None, AT)


def test_two_clicks_hand_in_once(whole: Proposal, owner: Person):
    whole.cycle.ends_on = date(2100, 12, 20)

    for _click in range(2):
        sending.submit(whole, by=owner, at=AT)

    assert (Mail.objects.count(), Entry.objects.count(), whole.versions.count()) == (1, 1, 1)


def test_what_is_written_after_it_was_handed_in_counts_once_it_is_handed_in_again(sent: Proposal, owner: Person):
    save(sent, owner, was={"title": "Cables for all"}, title="Cables for most")
    assert Proposal.objects.get().title == "Cables for all"

    sending.submit(sent, by=owner, at=AT + timedelta(days=1))

    row = Proposal.objects.get()
    assert (row.title, row.number, row.submitted_at) == ("Cables for most", 1, AT)
    assert [one.content["title"] for one in row.versions.filter(why=Why.SUBMITTED)] == [
        "Cables for all", "Cables for most",
    ]  # fmt: skip
    assert Draft.objects.count() == 0


def test_numbers_go_on_from_the_last(sent: Proposal, open_call: Cycle, owner: Person):
    second = begun(open_call, owner)
    save(second, owner, **WHOLE)
    people.add(second, [*SPEAKERS, *OTHERS], at=AT)

    assert sending.submit(second, by=owner, at=AT).number == 2


def test_the_stated_minute_is_in_time_and_the_next_one_is_late_and_kept(whole: Proposal, owner: Person):
    said = refusal(whole, owner, LAST + timedelta(seconds=1))

    assert said == (
        "“Cables for all” was not handed in. The call for “Workshop” closed on 3 May 2100, 23:59 Europe/Zurich "
        "(UTC+2). Ask the secretariat for an extension; what you wrote is kept."
    )
    assert (Draft.objects.get().content["title"], Proposal.objects.get().state) == ("Cables for all", State.DRAFT)
    assert sending.submit(whole, by=owner, at=LAST).number == 1


def test_the_grace_takes_what_comes_late(whole: Proposal, owner: Person, open_call: Cycle):
    data = {**open_call.rule_set.data}
    data["limits"] = {**data["limits"], "grace_minutes": 10}
    open_call.rule_set.data = data
    del open_call.rule_set.rules
    open_call.rule_set.save()

    assert "until 4 May 2100, 00:10" not in refusal(whole, owner, LAST + timedelta(minutes=10, seconds=1))
    assert sending.submit(whole, by=owner, at=LAST + timedelta(minutes=10)).number == 1


def test_every_rule_that_is_not_kept_is_named(draft: Proposal, owner: Person):
    save(draft, owner, **{**WHOLE, "summary": "word " * 301, "title": "", "theme": ""})

    assert refusal(draft, owner) == (
        "“the proposal” was not handed in. Title: this is not there yet. Theme: this is not there yet. "
        "Description: 301 words, and at most 250 are taken. Shorten it. "
        "Speakers: 0 are named, and the rules ask for at least 3. Moderator: this is not there yet. "
        "Online moderator: this is not there yet. Rapporteur: this is not there yet. What is written is kept."
    )


def test_the_cap_of_one_person_counts_what_was_handed_in(sent: Proposal, open_call: Cycle, owner: Person):
    cap, last = open_call.rules.proposals_per_person, begun(open_call, owner)
    for number in range(2, cap + 1):
        Proposal.objects.create(
            cycle=open_call, number=number, owner=owner, organisation=sent.organisation, minutes=90, state="submitted"
        )

    assert f"You handed in {cap} proposals, and a person hands in at most {cap}." in refusal(last, owner)
    save(sent, owner, was={"title": "Cables for all"}, title="New")
    assert sending.submit(sent, by=owner, at=AT).title == "New"  # it is not counted against itself


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen once, after a proposal was looked at and before its row is locked."""

    def happens(what: Callable[[], object]) -> None:
        def locked(*words: Any) -> Proposal:
            monkeypatch.setattr(sending, "locked", saving.locked)
            what()
            return saving.locked(*words)

        monkeypatch.setattr(sending, "locked", locked)

    return happens


def test_what_is_written_before_the_row_is_locked_is_handed_in_with_the_rest(
    whole: Proposal, owner: Person, meanwhile: Callable[..., None]
):
    meanwhile(lambda: save(whole, owner, was={"title": "Cables for all"}, title="Cables for everybody"))

    row = sending.submit(whole, by=owner, at=AT)

    assert (row.title, row.versions.get().content["title"]) == ("Cables for everybody", "Cables for everybody")
    assert "Cables for everybody" in Mail.objects.get().text


def test_what_is_withdrawn_before_the_row_is_locked_is_not_handed_in(
    sent: Proposal, owner: Person, meanwhile: Callable[..., None]
):
    save(sent, owner, was={"title": "Cables for all"}, title="New")
    meanwhile(lambda: sending.withdraw(sent, "", by=owner, at=AT))

    assert refusal(sent, owner) == "It was not handed in: it is: withdrawn. What is written is kept."


def test_what_others_hand_in_before_the_row_is_locked_counts(
    whole: Proposal, owner: Person, meanwhile: Callable[..., None]
):
    cap = whole.cycle.rules.proposals_per_person
    rows = [
        Proposal(
            cycle=whole.cycle, number=n, owner=owner, organisation=whole.organisation, minutes=90, state="submitted"
        )
        for n in range(1, cap + 1)
    ]
    meanwhile(lambda: Proposal.objects.bulk_create(rows))

    assert f"You handed in {cap} proposals, and a person hands in at most {cap}." in refusal(whole, owner)


def test_people_are_asked_once_the_proposal_is_handed_in_however_often_it_is_clicked(
    whole: Proposal, owner: Person, django_capture_on_commit_callbacks: Callable[..., Any]
):
    whole.cycle.ends_on = date(2100, 12, 20)

    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            sending.submit(whole, by=owner, at=AT)

    asked = Mail.objects.filter(kind="proposals.contributor-asked").values_list("to", flat=True)
    assert sorted(asked) == sorted(one.email for one in (*SPEAKERS, *OTHERS))


def test_a_member_of_the_committee_proposes_nothing(whole: Proposal, owner: Person):
    RoleTerm.objects.create(person=owner, role=Role.MEMBER, forum="igf")

    assert "Members of the committee do not propose." in refusal(whole, owner)


def test_another_organisation_is_found_or_made_when_it_is_handed_in(whole: Proposal, owner: Person):
    save(whole, owner, was={"organisation": "Mfano Exchange"}, organisation="cable union")

    row = sending.submit(whole, by=owner, at=AT)

    assert row.organisation == Organisation.objects.get(name="Cable Union")
    assert row.contributors.get(part="organiser").organisation == row.organisation


def test_what_is_withdrawn_keeps_its_text_and_can_be_taken_back_until_the_deadline(sent: Proposal, owner: Person):
    sending.withdraw(sent, "We have no money.", by=owner, at=AT)

    row = Proposal.objects.get()
    row.cycle = sent.cycle
    assert (row.state, written(row)["title"], Mail.objects.count()) == (State.WITHDRAWN, "Cables for all", 2)
    assert sentence(Entry.objects.latest("number"), seers=["committee", "public"]) == (
        "Proposal 1 was withdrawn: “Cables for all”. Reason: We have no money."
    )
    with pytest.raises(Refused, match="The call for “Workshop” closed on"):
        sending.take_back(sent, by=owner, at=LATE)

    sending.take_back(sent, by=owner, at=AT)
    assert [one.why for one in row.versions.all()] == [Why.SUBMITTED, Why.WITHDRAWN, Why.RESTORED]
    assert Proposal.objects.get().state == State.SUBMITTED


def hold(row: Proposal, owner: Person, part: str) -> None:
    """Have a question written to the people in a part, which the secretariat has not released yet."""
    keys = row.contributors.filter(part=part).values_list("pk", flat=True)
    ContributorAnswer.objects.filter(contributor__in=keys).delete()
    asking.hold_questions(row.cycle, list(keys), by=owner, at=AT)


def test_what_is_held_for_people_of_a_proposal_goes_with_it_and_says_why(sent: Proposal, owner: Person, settings):
    Cycle.objects.filter(pk=sent.cycle_id).update(starts_on=date(2100, 12, 1), ends_on=date(2100, 12, 2))
    sent.cycle.refresh_from_db(fields=["starts_on", "ends_on"])
    for part in ("moderator", "rapporteur"):
        hold(sent, owner, part)
    waits = Mail.objects.filter(batch__isnull=False).order_by("to")

    people.remove(sent, sent.contributors.get(part="moderator").pk, at=AT)
    assert list(waits.values_list("to", "state", "failure")) == [
        ("moderator@example.org", "discarded", "The person was taken out of the proposal before the mail left."),
        ("rapporteur@example.org", "held", ""),
    ]
    sending.withdraw(sent, "", by=owner, at=AT)
    assert waits.values_list("state", "failure").last() == (
        "discarded",
        "The proposal was withdrawn before the mail left.",
    )


def test_a_reason_that_is_too_long_is_refused_and_nothing_is_withdrawn(sent: Proposal, owner: Person):
    with pytest.raises(Refused, match=r"the reason has 501 letters, and 500 fit\. What you typed is kept"):
        sending.withdraw(sent, "x" * 501, by=owner, at=AT)

    assert Proposal.objects.get().state == State.SUBMITTED


def test_nothing_is_withdrawn_twice_and_only_drafts_are_deleted(sent: Proposal, owner: Person, open_call: Cycle):
    with pytest.raises(Refused, match="it was handed in and has a number"):
        sending.discard(sent)
    sending.withdraw(sent, "", by=owner, at=AT)
    with pytest.raises(Refused, match="the proposal is: withdrawn"):
        sending.withdraw(sent, "", by=owner, at=AT)

    sending.discard(begun(open_call, owner))
    assert Proposal.objects.count() == 1


def test_after_the_deadline_only_what_the_rules_leave_open_is_changed(sent: Proposal, owner: Person, open_call: Cycle):
    open_call.phases.filter(kind=PhaseKind.CALL).update(ends_on=date(2100, 4, 1))

    saved = save(sent, owner, was={"title": "Cables for all"}, title="New")

    assert (dict(saved.read), Draft.objects.count()) == ({}, 0)
    assert {code: said.partition(":")[0] for code, said in saved.faults.items()} == {"title": "“Title” was not saved"}
    unchanged = save(sent, owner, was={"issue": "Who paid."}, title="Cables for all", issue="Who paid.")
    assert unchanged.is_whole, "what nobody typed into is no fault"
    with pytest.raises(Refused, match="Nobody was added or taken out: the call is closed"):
        people.add(sent, SPEAKERS[:1], at=AT)


def test_what_the_rules_leave_open_is_handed_in_after_the_deadline_and_nothing_beside_it(
    sent: Proposal, owner: Person, open_call: Cycle
):
    field = {"code": "hall", "names": {"en": "Hall"}, "changes_until": "2100-05-01"}
    open_call.rule_set.data = {**open_call.rule_set.data, "fields": [{**rule_call.FIELD, **field}]}
    open_call.rule_set.save()
    cycle = Cycle.objects.select_related("forum", "rule_set").get(pk=open_call.pk)
    sent.cycle = cycle
    save(sent, owner, was={"title": "Cables for all"}, title="New")
    cycle.phases.filter(kind=PhaseKind.CALL).update(ends_on=date(2100, 4, 1))
    with pytest.raises(Refused, match="The call for “Workshop” closed on"):
        sending.submit(sent, by=owner, at=AT)

    save(sent, owner, hall="Salle XX")
    again = sending.submit(sent, by=owner, at=AT)

    assert (again.title, again.answers["hall"]) == ("Cables for all", "Salle XX")
    assert [(one.why, one.content["title"]) for one in sent.versions.all()][-2:] == [
        (Why.WRITTEN, "New"),
        (Why.SUBMITTED, "Cables for all"),
    ]

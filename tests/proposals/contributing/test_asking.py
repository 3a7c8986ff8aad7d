"""Who is asked, how often, and by which mails."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from convenor.cycle.models import Cycle, Forum
from convenor.people.models import Person
from convenor.proposals.contributing import actions, asking
from convenor.proposals.contributing.actions import Answer
from convenor.proposals.contributing.links import link_of
from convenor.proposals.contributing.models import ContributorAnswer, Said
from convenor.proposals.contributing.standing import standing_of
from convenor.proposals.models import Contributor, Part, State
from convenor.shared.errors import Refused
from convenor.shared.mail.actions import discard, release
from convenor.shared.mail.models import Batch, Mail
from convenor.shared.mail.models import State as MailState
from tests.proposals.contributing.conftest import AT, LATE, Cast, propose

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REMINDED = "proposals.contributor-reminded"


def mails() -> list[tuple[str, str, str]]:
    """Give address, kind and state of every mail."""
    return sorted(Mail.objects.values_list("to", "kind", "state"))


def test_handed_in_everybody_who_was_not_asked_gets_one_mail_with_a_link_of_their_own(cast: Cast):
    Contributor.objects.create(proposal=cast.proposal, person=cast.speaker.person, part=Part.RAPPORTEUR)
    Contributor.objects.create(
        proposal=cast.proposal, person=Person.objects.create(name="No Address"), part=Part.SPEAKER
    )

    asking.when_handed_in(cast.proposal, cast.owner, AT)
    asking.when_handed_in(cast.proposal, cast.owner, AT)

    assert mails() == [
        ("amina@example.org", "proposals.contributor-asked", MailState.KEPT),
        ("bo@example.org", "proposals.contributor-asked", MailState.KEPT),
    ]
    mail = Mail.objects.get(to="amina@example.org")
    assert link_of(cast.proposal, cast.speaker.person) in mail.text
    assert "Owner Example proposes the session “Cables, part 1”" in mail.text
    assert "Speaker, Rapporteur" in mail.text


def test_the_link_in_the_mail_opens_the_page(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    asking.when_handed_in(cast.proposal, cast.owner, AT)

    found = re.search(r"https?://[^/]+(/\S+)", Mail.objects.get(to="amina@example.org").text)

    assert found
    assert client.get(found[1]).status_code == 200


def test_a_mail_is_written_in_the_language_of_its_reader(cast: Cast):
    Person.objects.filter(pk=cast.speaker.person_id).update(language="fr")
    cast.proposal.language = "es"
    cast.proposal.save()

    asking.when_handed_in(cast.proposal, cast.owner, AT)

    assert dict(Mail.objects.values_list("to", "language")) == {"amina@example.org": "fr", "bo@example.org": "es"}


def test_nobody_is_asked_twice_within_two_days_and_never_without_end(cast: Cast):
    asking.ask(cast.proposal, by=cast.owner, at=AT)
    row = cast.fresh(cast.speaker)

    with pytest.raises(Refused, match=r"the last mail went on .*\. Ask again from .* on\."):
        asking.ask_again(row, by=cast.owner, at=AT + DAY)
    assert asking.ask_again(row, by=cast.owner, at=AT + 3 * DAY) == "Amina Example"
    ContributorAnswer.objects.update(asks=asking.MOST_ASKS)
    with pytest.raises(Refused, match="6 mails about this were written to them"):
        asking.ask_again(row, by=cast.owner, at=AT + 9 * DAY)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("answered", "Amina Example was not asked: the answer is here already"),
        ("no address", "Amina Example was not asked: no e-mail address is known"),
        ("withdrawn", "Nobody was asked: the proposal is: withdrawn"),
        ("late", "Nobody was asked: answers were taken until"),
    ],
)
def test_every_refusal_to_ask_says_why(cast: Cast, why: str, words: str):
    if why == "answered":
        Contributor.objects.filter(pk=cast.speaker.pk).update(is_confirmed=True)
    if why == "no address":
        Person.objects.filter(pk=cast.speaker.person_id).update(email=None)
    if why == "withdrawn":
        cast.proposal.state = State.WITHDRAWN
        cast.proposal.save()

    with pytest.raises(Refused, match=words):
        asking.ask_again(cast.fresh(cast.speaker), by=cast.owner, at=LATE if why == "late" else AT)

    assert mails() == []


def test_the_silent_are_reminded_twice_and_held_until_released(cast: Cast):
    asking.ask(cast.proposal, by=cast.owner, at=AT)

    written = [asking.remind(cast.cycle, at=AT + days * DAY) for days in (4, 5, 9, 10, 15, 30)]

    assert written == [0, 2, 0, 2, 0, 0]
    assert {state for _to, kind, state in mails() if kind == REMINDED} == {MailState.HELD}


def test_a_reminder_is_discarded_when_the_answer_comes_first(cast: Cast):
    second = propose(cast.cycle, cast.owner, 2)
    Contributor.objects.create(proposal=second, person=cast.speaker.person, part=Part.SPEAKER)
    asking.ask(cast.proposal, by=cast.owner, at=AT)
    asking.ask(second, by=cast.owner, at=AT)
    asking.remind(cast.cycle, at=AT + 6 * DAY)

    said = Answer({cast.speaker.pk: Said.CONFIRMED})
    actions.answer(cast.proposal, cast.speaker.person, said, at=AT + 7 * DAY)

    reminders = Mail.objects.filter(kind=REMINDED)
    assert sorted((one.to, one.subject.split(", ")[1][:6], one.state) for one in reminders) == [
        ("amina@example.org", "part 1", MailState.DISCARDED),
        ("amina@example.org", "part 2", MailState.HELD),
        ("bo@example.org", "part 1", MailState.HELD),
    ]
    assert asking.remind(cast.cycle, at=AT + 12 * DAY) == 2  # of the other one, and of the other proposal


def test_an_example_and_a_draft_remind_nobody(cast: Cast):
    asking.ask(cast.proposal, by=cast.owner, at=AT)
    cast.proposal.state = State.DRAFT
    cast.proposal.save()
    assert asking.remind(cast.cycle, at=AT + 6 * DAY) == 0

    cast.proposal.state = State.SUBMITTED
    cast.proposal.save()
    cast.cycle.forum.is_example = True
    cast.cycle.forum.save()
    words = asking.remind_silent({}, at=AT + 6 * DAY, report=lambda _share, _words: None)
    assert words == "0 reminders were written."


def test_a_forum_whose_reminders_fail_keeps_no_other_from_theirs_and_the_job_says_so(cast: Cast):
    asking.ask(cast.proposal, by=cast.owner, at=AT)
    for slug in ("a", "z"):  # before and after
        forum = Forum.objects.create(slug=slug, name=slug)
        Cycle.objects.create(
            forum=forum, slug="1", name="1", zone="Nowhere/At_All", starts_on=AT.date() + 99 * DAY,
            ends_on=AT.date() + 99 * DAY, rule_set=cast.cycle.rule_set,
        )  # fmt: skip

    with pytest.raises(ExceptionGroup, match="people could not be reminded everywhere") as failed:
        asking.remind_silent({}, at=AT + 6 * DAY, report=lambda _share, _words: None)

    assert len(failed.value.exceptions) == 2
    assert [to for to, kind, _state in mails() if kind == REMINDED] == ["amina@example.org", "bo@example.org"]


def held(cast: Cast, at: datetime = AT) -> Batch:
    """Let the secretariat write to the speaker; give the batch that waits."""
    asking.hold_questions(cast.cycle, [cast.speaker.pk], by=cast.owner, at=at)
    return Batch.objects.latest("pk")


def waiting(cast: Cast) -> tuple[int, bool, datetime | None]:
    """Give how many of the proposal can be asked, and how the speaker stands: is a mail held, when did it leave."""
    answer = cast.fresh(cast.speaker).answer
    return standing_of(cast.proposal).unasked, answer.is_held, answer.left_at


def test_who_is_written_to_by_the_secretariat_counts_as_asked_once_the_mail_is_released(cast: Cast, settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    batch, day = held(cast), AT + DAY
    assert waiting(cast) == (1, True, None)
    with pytest.raises(Refused, match="a mail to them is written and goes when the secretariat releases it"):
        asking.ask_again(cast.fresh(cast.speaker), by=cast.owner, at=AT + 9 * DAY)
    assert asking.remind(cast.cycle, at=AT + 9 * DAY) == 0

    release(batch, scope=cast.cycle.scope, by=cast.owner, at=day, upto=batch.mails.latest("pk").pk)

    assert waiting(cast) == (1, False, day)
    assert [asking.remind(cast.cycle, at=day + days * DAY) for days in (4, 5)] == [0, 1]


def test_who_is_written_to_and_whose_mail_is_discarded_was_not_asked(cast: Cast):
    batch = held(cast)

    discard(batch, scope=cast.cycle.scope, by=cast.owner, at=AT, upto=batch.mails.latest("pk").pk)

    assert waiting(cast) == (2, False, None)
    assert asking.remind(cast.cycle, at=AT + 9 * DAY) == 0
    held(cast, AT + DAY)
    assert waiting(cast) == (1, True, None)


def test_the_secretariat_writes_to_many_as_one_batch_that_is_held(cast: Cast):
    second = propose(cast.cycle, cast.owner, 2)
    Contributor.objects.create(proposal=second, person=cast.speaker.person, part=Part.SPEAKER)
    keys = list(Contributor.objects.values_list("pk", flat=True))

    assert asking.hold_questions(cast.cycle, keys, by=cast.owner, at=AT) == 3
    with pytest.raises(Refused, match="a mail to them is held already"):
        asking.hold_questions(cast.cycle, keys, by=cast.owner, at=AT)

    assert len(mails()) == 3
    assert Mail.objects.values("batch").distinct().count() == 1

"""What somebody says behind their link: kept, told, and shown to nobody whom it does not concern."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.proposals.contributing import actions
from convenor.proposals.contributing.actions import Answer
from convenor.proposals.contributing.links import link_of
from convenor.proposals.contributing.models import ContributorAnswer, ContributorNeeds, Said
from convenor.proposals.models import Contributor, Part, State
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from convenor.shared.mail.models import Mail
from tests.proposals.contributing.conftest import AT, LATE, OVER, Cast, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    """Set the clock of the pages."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(AT)
    return set_to


def said(cast: Cast, **changed: object) -> dict[str, object]:
    """Give what a browser sends when the speaker takes part online."""
    return {
        f"part-{cast.speaker.pk}": "confirmed",
        "place": "online",
        "zone": "Africa/Dakar",
        "day-2017-12-18": "on",
        "since-2017-12-18": "09:00",
        "until-2017-12-18": "12:30",
        "needs": "Captions",
        "may_be_named": "yes",
        "may_be_recorded": "no",
        "country": "SN",
        "group": "civ",
        "gender": "in my own words",
        **changed,
    }


def link(cast: Cast) -> str:
    """Give the speaker's link."""
    return link_of(cast.proposal, cast.speaker.person)


def test_consents_are_asked_in_the_words_of_the_rules_else_in_the_usual_ones(cast: Cast, client: Client, clock: object):
    rules = cast.proposal.cycle.rule_set
    rules.data["consents"] = {"recorded": {"en": "May we stream you?"}}
    rules.save()

    page = client.get(link(cast)).content.decode()

    asked = ("May we stream you?", "May you be recorded", "May you be photographed?", "May your name stand")
    assert [words in page for words in asked] == [True, False, True, True]


def test_a_speaker_confirms_without_an_account(cast: Cast, client: Client, clock: object):
    page = client.get(link(cast)).content.decode()

    assert "Cables, part 1" in page
    assert 'value="Africa/Dakar"' in page  # guessed from the country
    assert "Bo Example" not in page  # sees only what concerns them
    answer = client.post(link(cast), said(cast))
    row = cast.fresh(cast.speaker)
    assert (answer.status_code, row.is_confirmed, row.is_on_site) == (302, True, False)
    assert (row.answer.said, row.answer.zone, row.answer.available) == (
        Said.CONFIRMED, "Africa/Dakar", [["2017-12-18", "09:00", "12:30"]],
    )  # fmt: skip
    assert (row.answer.may_be_named, row.answer.may_be_recorded, row.answer.may_be_photographed) == (True, False, None)
    assert (row.person.group, row.person.gender) == ("civ", "in my own words")
    assert list(ContributorNeeds.objects.values_list("person", "needs")) == [(row.person.pk, "Captions")]
    again = client.get(link(cast)).content.decode()
    assert "Captions" in again
    assert "18 December, 10:00 – 13:30" in re.sub(r"\s+", " ", again)  # by the clock of the forum


def test_needs_and_names_are_in_no_entry_of_the_journal_and_on_no_public_page(
    cast: Cast, client: Client, clock: object
):
    client.post(link(cast), said(cast))

    entries = [(one.verb, one.values, one.actor) for one in Entry.objects.all()]
    assert entries == [("contributor.confirmed", {"number": 1, "part_word": "Speaker"}, "")]
    assert "Captions" not in client.get("/igf/2017/proposals/1/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("part", "", "Say whether you take part: Speaker."),
        ("place", "", "Say whether you come or connect; you can change it later."),
        ("zone", "Mars", "“Mars” is no time zone. Give a place such as Africa/Nairobi, or an offset such as UTC-11."),
        ("since-2017-12-18", "nine", "Give a time such as 09:30, or leave it open."),
        ("until-2017-12-18", "09:00", "From 09:00 until 09:00 is no time. Leave both open for the whole day."),
        ("may_be_named", "", "Say yes or no; without an answer we do not know what you want."),
    ],
)
def test_every_refusal_is_a_sentence_and_keeps_the_input(
    cast: Cast, client: Client, clock: object, field: str, value: str, words: str
):
    name = f"part-{cast.speaker.pk}" if field == "part" else field

    answer = client.post(link(cast), said(cast, **{name: value}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "in my own words" in page
    assert "Captions" in page
    assert not ContributorAnswer.objects.exists()


def test_whoever_declines_need_say_nothing_more_and_the_proposer_is_told(cast: Cast, client: Client, clock: object):
    client.post(link(cast), said(cast))
    Mail.objects.all().delete()

    answer = client.post(link(cast), {f"part-{cast.speaker.pk}": "declined", "words": "I am \u202e\n\naway."})

    row = cast.fresh(cast.speaker)
    assert (answer.status_code, row.is_confirmed, row.answer.said, row.answer.words) == (
        302, False, Said.DECLINED, "I am away.",
    )  # fmt: skip
    assert not ContributorNeeds.objects.exists()
    mail = Mail.objects.get()
    assert (mail.to, mail.kind) == ("owner@example.org", "proposals.contributor-declined")
    assert "I am away." in mail.text
    assert "Amina Example" not in client.get("/igf/2017/proposals/1/").content.decode()
    client.post(link(cast), {f"part-{cast.speaker.pk}": "declined", "words": "Really."})
    assert Mail.objects.count() == 1  # told once


def test_whoever_does_not_want_to_be_named_is_shown_and_found_by_the_committee_alone(
    cast: Cast, client: Client, clock: object, client_as
):
    client.post(link(cast), said(cast, may_be_named="no"))

    assert "Amina Example" not in client.get("/igf/2017/proposals/1/").content.decode()
    assert list(client.get("/igf/2017/proposals/?q=amina").context["page"]) == []
    desk = client_as(Role.SECRETARIAT)
    assert "Amina Example" in desk.get("/igf/2017/proposals/1/").content.decode()
    assert [one.number for one in desk.get("/igf/2017/proposals/?q=amina").context["page"]] == [1]


def test_an_account_keeps_what_its_owner_said_there(cast: Cast, client: Client, clock: object):
    Person.objects.filter(pk=cast.speaker.person_id).update(last_login=AT, group="gov", gender="woman")

    page = client.get(link(cast)).content.decode()
    client.post(link(cast), said(cast))

    person = Person.objects.get(pk=cast.speaker.person_id)
    assert 'name="gender"' not in page
    assert "Change it on your account" in page
    assert (person.group, person.gender) == ("gov", "woman")


def test_all_parts_of_a_person_are_answered_together(cast: Cast, client: Client, clock: object):
    other = Contributor.objects.create(
        proposal=cast.proposal, person=cast.speaker.person, part=Part.RAPPORTEUR, is_on_site=False
    )

    client.post(link(cast), said(cast, **{f"part-{other.pk}": "declined"}))

    assert [cast.fresh(one).is_confirmed for one in (cast.speaker, other)] == [True, False]
    assert "Rapporteur" in Mail.objects.get().text


def test_other_sessions_that_name_somebody_are_one_step_away(cast: Cast, client: Client, clock: object):
    second = propose(cast.cycle, cast.owner, 2)
    draft = propose(cast.cycle, cast.owner, 3, state=State.DRAFT)
    for one in (second, draft):
        Contributor.objects.create(proposal=one, person=cast.speaker.person, part=Part.SPEAKER)

    page = client.get(link(cast)).content.decode()

    assert link_of(second, cast.speaker.person) in page
    assert draft.title not in page


@pytest.mark.parametrize("how", ["cut", "other year", "removed", "mail changed", "erased", "over"])
def test_a_link_that_is_good_no_more_opens_nothing_and_says_why(cast: Cast, client: Client, clock, how: str):
    path = link(cast)
    if how == "cut":
        path = f"{path[:-3]}/"
    if how == "other year":
        path = path.replace("/2017/", "/2018/")
    if how == "removed":
        cast.speaker.delete()
    if how == "mail changed":
        Person.objects.filter(pk=cast.speaker.person_id).update(email="new@example.org")
    if how == "erased":
        Person.objects.filter(pk=cast.speaker.person_id).update(erased_at=AT)
    if how == "over":
        clock(OVER)

    answer = client.get(path)

    assert answer.status_code == 404
    assert "Cables" not in answer.content.decode()
    if how != "other year":
        assert ("is over" if how == "over" else "Copy the whole link") in answer.content.decode()
        late = client.post(path, said(cast, words="I <am> away")).content.decode()
        assert [late.count(words) for words in ("Captions</textarea>", "I &lt;am&gt; away</textarea>")] == [1, 1]


def test_answers_are_taken_until_the_last_day_of_the_meeting(cast: Cast):
    answer = Answer({cast.speaker.pk: Said.CONFIRMED})

    with pytest.raises(Refused, match=r"answers could be changed until 21 December 2017\. Write to the secretariat"):
        actions.answer(cast.proposal, cast.speaker.person, answer, at=LATE)

    assert not cast.fresh(cast.speaker).is_confirmed


def test_a_withdrawn_proposal_asks_for_no_answer(cast: Cast, client: Client, clock: object):
    cast.proposal.state = State.WITHDRAWN
    cast.proposal.save(update_fields=["state"])

    page = client.get(link(cast)).content.decode()
    answer = client.post(link(cast), said(cast))

    assert "The proposal is withdrawn: there is nothing left to answer." in page
    assert answer.status_code == 422
    html = answer.content.decode()
    kept = ("Your answer was not taken: the proposal is withdrawn.", "Captions</textarea>", 'value="in my own words"')
    assert [words in html for words in (*kept, "Send my answer")] == [True, True, True, False]
    assert not cast.fresh(cast.speaker).is_confirmed


def test_the_last_minute_counts_by_the_clock_of_the_forum(cast: Cast):
    answer = Answer({cast.speaker.pk: Said.CONFIRMED})

    actions.answer(cast.proposal, cast.speaker.person, answer, at=datetime(2017, 12, 21, 22, 59, tzinfo=UTC))

    assert cast.fresh(cast.speaker).is_confirmed

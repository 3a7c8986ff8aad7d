"""The calls of a year as they stand, what is known of a proposer, and the codes that let people in."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.translation import override

from convenor.cycle.deadlines import Closed, Grace, Open, ToCome
from convenor.cycle.models import Cycle, Deadline, Forum, PhaseKind, RuleSet
from convenor.cycle.obligations import owe
from convenor.people.models import Organisation, Person, RoleTerm
from convenor.people.roles import Role
from convenor.proposals.call_codes import LENGTH, make_code, revoke_code, take_code
from convenor.proposals.call_models import AccessCode, Call, CallDeadline, Turn
from convenor.proposals.call_rules import Refusal, Why
from convenor.proposals.call_words import closing_words, now_words, opening_words, sentence, sentences
from convenor.proposals.calls import call_of, calls_of, kinds_taken, standing
from convenor.proposals.drafting.blank import blank_page
from convenor.proposals.models import Proposal, State
from convenor.proposals.rules_use import changed
from convenor.shared.errors import Refused
from convenor.shared.journal import verify

from ..cycle.test_rules import IGF_2017

NOW = datetime(2017, 4, 1, 12, tzinfo=UTC)
KINDS = [
    {"code": "workshop", "names": {"en": "Workshop"}},
    {"code": "open-forum", "names": {"en": "Open forum"}, "takes_place": False, "per_person": 1, "who": "code"},
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    rules = RuleSet.objects.create(name="Rules", data=deepcopy({**IGF_2017, "kinds": KINDS, "fields": []}))
    forum = Forum.objects.create(slug="f", name="Forum")
    cycle = Cycle.objects.create(
        forum=forum,
        slug="2017",
        name="Forum 2017",
        zone="Europe/Zurich",
        starts_on=date(2017, 12, 18),
        ends_on=date(2017, 12, 21),
        rule_set=rules,
    )
    phase = cycle.phases.create(kind=PhaseKind.CALL, starts_on=date(2017, 3, 1), ends_on=date(2017, 5, 3))
    Deadline.objects.create(phase=phase, on=date(2017, 5, 3), clock=time(23, 59), zone="UTC-11", set_at=NOW)
    return cycle


@pytest.fixture
def amina() -> Person:
    house = Organisation.objects.create(name="House", country="ke", group="civ")
    return Person.objects.create(name="Amina", email="amina@example.org", organisation=house, group="civ")


def own_call(cycle: Cycle, *deadlines: tuple[Turn, date, str], kind: str = "open-forum") -> None:
    call = Call.objects.create(cycle=cycle, kind=kind, on=date(2017, 4, 10), clock=time(9), zone="Europe/Zurich")
    for turn, day, reason in deadlines:
        CallDeadline.objects.create(
            call=call, turn=turn, on=day, clock=time(12), zone="Europe/Zurich", reason=reason, set_at=NOW
        )


def proposal(cycle: Cycle, owner: Person, kind: str = "", **more: object) -> Proposal:
    number = Proposal.objects.filter(cycle=cycle).count() + 1
    values = {"number": number, "title": "T", "theme": "trust", "format": "panel", "minutes": 60, **more}
    return Proposal.objects.create(
        cycle=cycle, owner=owner, organisation=owner.organisation, kind=kind, **{"state": State.SUBMITTED, **values}
    )


def test_a_kind_without_a_call_of_its_own_follows_the_phase(cycle: Cycle):
    workshop, forum = calls_of(cycle)

    assert (workshop.call, workshop.moves, forum.window) == (None, [], workshop.window)
    with override("en"):
        assert closing_words(workshop, cycle) == "3 May 2017, 23:59 UTC−11 = 4 May 2017, 10:59 UTC"
        assert opening_words(workshop, cycle) == "1 March 2017, 00:00 Europe/Zurich (UTC+1)"


def test_a_kind_with_a_call_of_its_own_has_its_own_days_and_history(cycle: Cycle):
    own_call(cycle, (Turn.SET, date(2017, 4, 20), ""), (Turn.MOVED, date(2017, 4, 24), "A server was down."))
    workshop, forum = calls_of(cycle)

    assert isinstance(workshop.state(NOW), Open)
    assert isinstance(forum.state(NOW), ToCome)
    assert [new.reason for _old, new in forum.moves] == ["A server was down."]
    assert kinds_taken([workshop, forum], NOW) == [workshop]
    with override("en"):
        assert closing_words(forum, cycle) == "24 April 2017, 12:00 Europe/Zurich (UTC+2) = 24 April 2017, 10:00 UTC"
        assert now_words(forum, NOW, cycle) == "Opens in 8 days."


def test_a_call_closed_early_has_no_grace(cycle: Cycle):
    cycle.rule_set.data["limits"]["grace_minutes"] = 60
    cycle.rule_set.save()
    late = datetime(2017, 4, 20, 10, 30, tzinfo=UTC)
    own_call(cycle, (Turn.SET, date(2017, 4, 20), ""))
    assert isinstance(calls_of(Cycle.objects.get())[1].state(late), Grace)

    CallDeadline.objects.create(
        call=Call.objects.get(),
        turn=Turn.CLOSED,
        on=date(2017, 4, 20),
        clock=time(12),
        zone="Europe/Zurich",
        set_at=NOW,
    )

    assert isinstance(calls_of(Cycle.objects.get())[1].state(late), Closed)


def test_a_year_without_a_phase_for_the_call_takes_nothing(cycle: Cycle, amina: Person):
    cycle.phases.all().delete()

    assert standing(cycle, "", by=amina, at=NOW) == (Refusal(Why.NO_CALL),)
    with override("en"):
        assert now_words(calls_of(cycle)[0], NOW, cycle) == "The days of the call are not set yet."


def test_what_is_known_of_a_proposer_is_counted_without_the_draft_at_hand(cycle: Cycle, amina: Person):
    most = cycle.rules.proposals_per_person
    rows = [proposal(cycle, amina) for _n in range(most)]
    proposal(cycle, amina, state=State.DRAFT, number=None)
    proposal(cycle, amina, state=State.WITHDRAWN)

    assert standing(cycle, "workshop", by=amina, at=NOW, proposal=rows[0]) == ()
    whys = [one.why for one in standing(cycle, "workshop", by=amina, at=NOW)]
    assert whys[0] == Why.CAP_PERSON


def test_a_kind_that_takes_no_place_has_caps_of_its_own(cycle: Cycle, amina: Person):
    for _n in range(cycle.rules.proposals_per_person):
        proposal(cycle, amina)
    assert standing(cycle, "open-forum", by=amina, at=NOW, has_code=True) == ()

    proposal(cycle, amina, "open-forum")

    assert standing(cycle, "open-forum", by=amina, at=NOW, has_code=True) == (
        Refusal(Why.CAP_KIND, {"n": 1, "cap": 1}),
    )


def test_roles_institutions_reports_and_earlier_years_are_looked_up(cycle: Cycle, amina: Person):
    kinds = [{"code": who, "names": {"en": who}, "who": who} for who in ("activity", "institution", "newcomer")]
    screening = [
        {"code": check, "names": {"en": check}, "check": check} for check in ("committee-apart", "reports-filed")
    ]
    cycle.rule_set.data.update(kinds=kinds, screening=screening)
    cycle.rule_set.save()
    cycle = Cycle.objects.get()

    def whys() -> dict[str, list[Why]]:
        return {
            one["code"]: [said.why for said in standing(cycle, str(one["code"]), by=amina, at=NOW)] for one in kinds
        }

    assert whys() == {"activity": [Why.NOT_ACTIVITY], "institution": [Why.NOT_INSTITUTION], "newcomer": []}

    member = Person.objects.create(name="Member", email="m@example.org", organisation=amina.organisation)
    RoleTerm.objects.create(person=member, role=Role.MEMBER, forum="f")
    RoleTerm.objects.create(person=amina, role=Role.LEAD, forum="f")
    before = Cycle.objects.create(
        forum=cycle.forum,
        slug="2016",
        name="Forum 2016",
        zone="UTC",
        starts_on=date(2016, 12, 1),
        ends_on=date(2016, 12, 2),
        rule_set=cycle.rule_set,
    )
    proposal(before, amina)
    owe(cycle.forum, subject=amina, what="Report", due_on=date(2017, 1, 5))

    report = [Why.REPORT_OWED]
    assert whys() == {"activity": report, "institution": report, "newcomer": [*report, Why.NOT_NEWCOMER]}


def test_every_reason_is_a_sentence_with_its_value(cycle: Cycle):
    call = call_of(cycle, "workshop")
    values = {"n": 2, "cap": 2, "groups": ("gov",), "ends_at": NOW, "closed_at": NOW, "opens_at": NOW}
    with override("en"):
        said = {why: sentence(Refusal(why, values), call, cycle) for why in Why}

    assert len(set(said.values())) == len(Why)
    assert [why for why, words in said.items() if "%" in words or not words.endswith(".")] == []
    assert said[Why.CLOSED] == (
        "The call for “Workshop” closed on 3 May 2017, 23:59 UTC−11 = 4 May 2017, 10:59 UTC. "
        "Ask the secretariat for an extension; what you wrote is kept."
    )
    with override("en"):
        assert sentences([Refusal(Why.NO_KIND)], None, cycle)[0].startswith("The rules of this year have no such kind")


def test_a_code_lets_in_as_many_drafts_as_it_may_and_is_kept_as_a_digest(cycle: Cycle, amina: Person):
    row, code = make_code(cycle, kind="open-forum", label=" For  ministries ", limit=1, by=amina, at=NOW)

    assert (row.label, len(code.replace("-", ""))) == ("For ministries", LENGTH)
    assert code not in str(AccessCode.objects.values().get())
    assert take_code(cycle, kind="open-forum", code=code.lower().replace("-", " ")) == row

    proposal(cycle, amina, "open-forum", access_code=row)
    with override("en"), pytest.raises(Refused, match="has let in 1 proposals"):
        take_code(cycle, kind="open-forum", code=code)
    with override("en"), pytest.raises(Refused, match="is not known here for this kind"):
        take_code(cycle, kind="workshop", code=code)
    assert verify(cycle.scope).is_whole


def test_a_revoked_code_lets_nobody_in_and_what_was_begun_with_it_goes_on(cycle: Cycle, amina: Person):
    row, code = make_code(cycle, kind="open-forum", label="Ministries", limit=None, by=amina, at=NOW)
    begun = proposal(cycle, amina, "open-forum", access_code=row, state=State.DRAFT, number=None)
    revoke_code(cycle, pk=row.pk, by=amina, at=NOW + timedelta(hours=1))

    with override("en"), pytest.raises(Refused, match="was revoked"):
        take_code(cycle, kind="open-forum", code=code)
    assert standing(cycle, "open-forum", by=amina, at=NOW, proposal=begun) == ()
    assert [one.why for one in standing(cycle, "open-forum", by=amina, at=NOW)] == [Why.CODE_NEEDED]


def test_stricter_rules_count_words_as_the_form_does(cycle: Cycle, amina: Person):
    proposal(cycle, amina, "", summary="– 接入互联网 –")
    before = cycle.rules

    said = [
        [one.sentence for one in changed(cycle, before, replace(before, description_words=most))] for most in (5, 4)
    ]

    assert said == [[], ["1 description is longer than 4 words."]]


def test_what_is_not_graded_reaches_neither_grading_nor_selection(cycle: Cycle, amina: Person):
    for kind in ("", "workshop", "open-forum"):
        proposal(cycle, amina, kind)
    proposal(cycle, amina, "workshop", state=State.SCREENED_OUT)

    def graded(*ungraded: int) -> list[str]:
        for place, kind in enumerate(cycle.rule_set.data["kinds"]):
            kind["graded"] = place not in ungraded
        cycle.rule_set.save()
        found = Proposal.objects.graded(Cycle.objects.get())
        return list(found.order_by("number").values_list("kind", flat=True))

    assert [graded(), graded(1), graded(0)] == [["", "workshop", "open-forum"], ["", "workshop"], ["open-forum"]]


def test_a_wish_for_a_main_session_is_a_title_a_theme_why_it_matters_its_questions_and_who_might_speak(cycle: Cycle):
    cycle.rule_set.data = IGF_2017
    cycle.rule_set.save()
    cycle = Cycle.objects.get()
    kind = cycle.rules.kinds[-1]

    page = blank_page(cycle, kind, "")

    assert [one.ask.code for one in (*page.first, *page.texts)] == [
        *("title", "theme", "summary", "policy-questions", "might-speak")
    ]
    assert (kind.code, kind.takes_place, cycle.rules.ungraded, page.people_words) == (
        *("main-session", False, ["main-session"], []),
    )

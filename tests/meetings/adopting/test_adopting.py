"""Rules and selections are shown at an item, adopted by a decision of the floor, and bound to that version."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from convenor.cycle import processes
from convenor.cycle.adoption import RULES, Opens, adoptions_of, is_closed, plans_of
from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.rules import Adoption, Rules
from convenor.cycle.rules_in_use import uses_of
from convenor.meetings.adopting.actions import show_at, take_from
from convenor.meetings.floor.state import About, Outcome
from convenor.meetings.floor_decision_actions import adopt, begin_count, decide
from convenor.meetings.floor_log import state_of
from convenor.meetings.models import Item, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.selection.models import Scenario
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from tests.meetings.adopting.conftest import MADE
from tests.meetings.record.conftest import AT, OPENED, key_of_item

pytestmark = pytest.mark.django_db


def stated(meeting: Meeting, chair: Person, kind: str, id: int, outcome: Outcome = Outcome.AGREED) -> None:
    """State a decision about rules or a selection."""
    expected = state_of(meeting).mark
    decide(meeting, outcome, by=chair, at=OPENED, expected=expected, about=About(kind, id), words="So decided.")


def test_rules_say_nothing_of_an_adoption_unless_they_are_asked_to(rule_set: RuleSet):
    assert Rules.parse(rule_set.data).adoption == Adoption(before_results=False, before_selection=False)
    with pytest.raises(ValueError, match="give true or false"):
        Rules.parse({**rule_set.data, "adoption": {"before_results": 1, "before_selection": False}})


def test_what_waits_stays_closed_and_says_where_it_is_decided(
    held: Meeting, chair: Person, versions: list[RuleSet], client_as: Callable[[Role], Client]
):
    cycle, client = held.cycle, client_as(Role.MEMBER)
    show_at(held, key_of_item(held, "4"), RULES, versions[1].pk, by=chair, at=AT)
    closed = [client.get(f"{cycle.get_absolute_url()}{page}/") for page in ("evaluation", "selection")]
    stated(held, chair, RULES, versions[1].pk)
    after = [client.get(f"{cycle.get_absolute_url()}{page}/").status_code for page in ("evaluation", "selection")]

    assert [answer.status_code for answer in closed] == [409, 409]
    assert ["version 3 of the rules" in answer.text and "#item-" in answer.text for answer in closed] == [True, True]
    assert after == [200, 200]


def test_a_decision_is_bound_to_the_version_it_names(held: Meeting, chair: Person, versions: list[RuleSet]):
    cycle = held.cycle
    stated(held, chair, RULES, versions[0].pk)
    stated(held, chair, RULES, versions[1].pk, Outcome.DEFERRED)

    assert (len(adoptions_of(cycle, RULES, versions[0].pk)), adoptions_of(cycle, RULES, versions[1].pk)) == (1, [])
    assert is_closed(cycle, Opens.RESULTS)
    assert is_closed(cycle, Opens.SELECTION)
    begin_count(held, by=chair, at=OPENED, expected=state_of(held).mark, about=About(RULES, versions[1].pk))
    adopt(held, by=chair, at=AT, expected=state_of(held).mark)
    (one,) = adoptions_of(cycle, RULES, versions[1].pk)
    assert "decision 6 of “Draft Agenda" in one.words
    assert not is_closed(cycle, Opens.RESULTS)


def test_adopted_rules_are_frozen(held: Meeting, chair: Person, versions: list[RuleSet]):
    assert uses_of(versions[1], held.cycle) == []

    stated(held, chair, RULES, versions[1].pk)

    assert [words[:26] for words in uses_of(versions[1], held.cycle)] == ["It was adopted by decision"]


def test_rules_are_shown_at_an_item_with_what_they_change_and_taken_away_again(
    held: Meeting, chair: Person, versions: list[RuleSet], client_as: Callable[[Role], Client]
):
    key = key_of_item(held, "4")
    page = f"{held.get_absolute_url()}process/{key}/"
    client = client_as(Role.SECRETARIAT)
    offered = client.get(page).text
    client.post(page, {"process": f"{RULES} {versions[1].pk}"})
    client.post(page, {"process": f"{RULES} {versions[1].pk}"})  # twice is once
    item = Item.objects.get(pk=int(key[1:]))
    agenda = client.get(held.get_absolute_url()).text

    assert offered.count("Show it at this item") == 3  # both versions, and the preset behind them
    assert item.links == [f"{settings.ORIGIN}/igf/2017/rules/versions/?to={versions[1].pk} Rules: Ours, version 3"]
    assert [words in agenda for words in ("Rules: Ours, version 3", "What it changes:", "Amend it")] == [True] * 3
    assert [one.url for one in plans_of(held.cycle, RULES, versions[1].pk)] == [item.get_absolute_url()]
    stated(held, chair, RULES, versions[1].pk)
    assert "adopted</span>" in Client().get(held.get_absolute_url()).text
    take_from(held, key, RULES, versions[1].pk, by=chair, at=AT)
    assert Item.objects.get(pk=item.pk).links == []
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert [verb for verb in verbs if verb.startswith("process.")] == ["process.shown", "process.taken-away"]


def test_the_page_of_the_rules_names_the_decision(held: Meeting, chair: Person, versions: list[RuleSet]):
    stated(held, chair, RULES, versions[1].pk)

    page = Client().get(f"{held.cycle.get_absolute_url()}rules/").text

    assert "decision 3 of “Draft Agenda" in page


def test_a_selection_is_shown_and_adopted_and_keeps_its_address(
    held: Meeting, chair: Person, client_as: Callable[[Role], Client]
):
    values = {"places": 80, "seed": 1, "total": 1.0, "is_proven": True}
    first = Scenario.objects.create(cycle=held.cycle, computed_at=MADE, **values)
    show_at(held, key_of_item(held, "4"), "selection.scenario", first.pk, by=chair, at=AT)
    stated(held, chair, "selection.scenario", first.pk)
    Scenario.objects.create(cycle=held.cycle, computed_at=AT, **values)

    found = processes.find(held.cycle, "selection.scenario", first.pk)
    assert found is not None
    assert found.words.startswith("Selection of 80 places, computed on 1 June 2017")
    assert "Selection of 80 places" in Client().get(held.get_absolute_url()).text
    assert len(adoptions_of(held.cycle, "selection.scenario", first.pk)) == 1


def test_what_is_not_of_this_forum_is_not_shown(held: Meeting, chair: Person, cycle: Cycle):
    with pytest.raises(Refused, match="not here any more"):
        show_at(held, key_of_item(held, "4"), RULES, 10_000, by=chair, at=AT)
    with pytest.raises(Refused, match="no longer on the agenda"):
        show_at(held, "i999999", RULES, cycle.rule_set_id, by=chair, at=AT)

    assert processes.at_address(cycle, "https://elsewhere.example/igf/2017/rules/versions/?to=1") is None
    assert processes.at_address(cycle, f"{settings.ORIGIN}/igf/2016/rules/versions/?to=1") is None
    assert processes.at_address(cycle, f"{settings.ORIGIN}//[") is None

"""Computing a selection: quotas respected, clashes in words, changes found, mergers found."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from convenor.cycle.models import Cycle
from convenor.evaluation.compute import compute_results
from convenor.evaluation.models import Evaluation
from convenor.example.world import World
from convenor.proposals.models import Proposal, State
from convenor.proposals.statistics import class_of
from convenor.selection.compute import compute_selection, find_changes
from convenor.selection.mergers import merger_pairs
from convenor.selection.models import Scenario
from convenor.selection.sentences import Words
from convenor.shared.errors import Refused
from tests.selection.conftest import AT, PLACES, QUOTAS, silent


def test_as_many_are_in_as_there_are_places_and_every_quota_holds(scenario: Scenario):
    chosen = [one.proposal for one in scenario.choices.filter(is_in=True).select_related("proposal__organisation")]

    assert len(chosen) == PLACES
    for quota in QUOTAS:
        found = Counter(class_of(one, quota["dimension"]) for one in chosen)[quota["value"]]
        assert quota.get("least", 0) <= found <= quota.get("most", PLACES), quota


def test_every_graded_proposal_has_its_reason_and_its_interval(scenario: Scenario, loaded: Cycle):
    words = Words(loaded.rules, "en")
    choices = list(scenario.choices.all())

    assert len(choices) == loaded.proposals.filter(state=State.SUBMITTED).count()
    for one in choices:
        assert words.reason(one.reason, one.score, one.values).startswith("In" if one.is_in else "Out")
        assert one.values["half_width"] > 0


def test_the_same_results_give_the_same_selection_again(scenario: Scenario, loaded: Cycle):
    compute_selection({"cycle": loaded.pk}, at=AT, report=silent)

    first, second = (
        list(one.choices.order_by("proposal").values_list("proposal", "is_in", "reason"))
        for one in loaded.scenarios.all()
    )
    assert first == second


def test_without_results_nothing_is_selected(cycle: Cycle):
    with pytest.raises(Refused, match="IGF 2017 has no results yet"):
        compute_selection({"cycle": cycle.pk}, at=AT, report=silent)


def test_more_places_than_graded_proposals_are_refused_with_both_figures(loaded: Cycle):
    with pytest.raises(Refused, match="there are 31 places, but only 2"):
        compute_selection({"cycle": loaded.pk, "places": 31}, at=AT, report=silent)


def test_the_verb_select_names_the_rules_that_clash_and_keeps_what_stood(scenario: Scenario, loaded: Cycle):
    with pytest.raises(CommandError) as refusal:
        call_command("select", "--places", "3")

    assert str(refusal.value) == (
        "there is no selection of 3: these rules cannot hold together.\n"
        "  There are 3 places.\n"
        "  At least 2 from “African Group” are wanted; 6 could be chosen.\n"
        "  At least 2 from “Latin American and Caribbean Group” are wanted; 3 could be chosen.\n"
        "  Together the minima by region ask for 4."
    )
    assert loaded.scenarios.kept().get() == scenario


def test_the_verb_select_says_what_came_out(loaded: Cycle, capsys: pytest.CaptureFixture[str]):
    call_command("select")

    said = capsys.readouterr().err
    assert said.startswith(f"Selection: {PLACES} of ")
    assert "every rule holds, and no other set scores higher." in said


@pytest.mark.parametrize("word", ["0", "-1", "x", "5001", "²", "1.5"])
def test_the_verb_select_takes_whole_numbers_of_places(loaded: Cycle, word: str):
    with pytest.raises(CommandError, match="is not a whole number from 1 to 5000"):
        call_command("select", f"--places={word}")


def test_what_would_bring_in_is_found_and_kept_with_the_choice(scenario: Scenario, loaded: Cycle):
    choice = scenario.choices.filter(is_in=False).first()

    sentence = find_changes({"choice": choice.pk}, at=AT, report=silent)

    choice.refresh_from_db()
    assert len(choice.changes) > 0
    assert sentence.startswith(str(len(choice.changes)))
    required = [one for one in choice.changes if one["step"] == "required"]
    assert [(one["enters"], len(one["leaves"])) for one in required] == [([], 1)]


def test_changes_are_those_of_the_selection_shown_whatever_was_computed_since(scenario: Scenario, loaded: Cycle):
    choice = scenario.choices.filter(is_in=False).first()
    find_changes({"choice": choice.pk}, at=AT, report=silent)
    before = scenario.choices.get(pk=choice.pk).changes
    Evaluation.objects.filter(proposal=choice.proposal).update(grades={"relevance": 5})
    Proposal.objects.filter(pk=scenario.choices.filter(is_in=True)[0].proposal_id).update(state=State.WITHDRAWN)
    compute_results({"cycle": loaded.pk}, at=AT, report=silent)

    find_changes({"choice": choice.pk}, at=AT, report=silent)

    assert scenario.choices.get(pk=choice.pk).changes == before


def test_the_pairs_that_the_example_hides_are_found(world: World, loaded: Cycle):
    found = [(pair["one"], pair["other"]) for pair in merger_pairs(loaded)]

    passed = set(loaded.proposals.filter(state=State.SUBMITTED).values_list("number", flat=True))
    hidden = [tuple(sorted(pair)) for pair in world.merger_pairs if passed.issuperset(pair)]
    assert hidden
    assert [pair for pair in hidden if pair not in found] == []


def test_a_member_who_asks_on_both_sides_of_a_pair_asked_once(loaded: Cycle):
    one, other = loaded.proposals.filter(state=State.SUBMITTED)[:2]
    Evaluation.objects.filter(proposal__cycle=loaded).update(merge_with=None)
    reader = Evaluation.objects.filter(proposal=one)[0].member
    for proposal, target in ((one, other), (other, one)):
        Evaluation.objects.update_or_create(member=reader, proposal=proposal, defaults={"merge_with": target})

    pairs = merger_pairs(loaded)

    assert [(pair["one"], pair["other"], pair["asked"]) for pair in pairs if pair["asked"]] == [
        (one.number, other.number, 1)
    ]

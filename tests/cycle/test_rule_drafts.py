"""Changing rules: drafts, two people at once, what is frozen, versions, and what is said of them."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from convenor.cycle import rule_drafts as drafts
from convenor.cycle import rules_in_use
from convenor.cycle.differences import differences
from convenor.cycle.models import Cycle, RuleDraft, RuleSet
from convenor.cycle.rules import Rules
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry

from .test_actions import start
from .test_rules import IGF_2017, changed

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHY = "The grid became smaller."


@pytest.fixture
def amina(person_as: Callable[[Role], Person]) -> Person:
    """Give the secretariat's person."""
    return person_as(Role.SECRETARIAT)


@pytest.fixture
def kofi(db: None) -> Person:
    """Give a second person of the secretariat."""
    return Person.objects.create(name="Kofi Sample", email="kofi@example.org")


@pytest.fixture
def users() -> Any:
    """Let a test say what uses a rule set, and put the registry back."""
    kept = list(rules_in_use.USERS)
    rules_in_use.USERS.clear()
    yield rules_in_use.USERS
    rules_in_use.USERS[:] = kept


def fresh(cycle: Cycle) -> Cycle:
    """Read a cycle as another request would."""
    return Cycle.objects.select_related("forum", "rule_set").get(pk=cycle.pk)


def keep(cycle: Cycle, key: str, part: Any, by: Person, *, seen: str | None = None) -> RuleDraft:
    """Keep a section as somebody who saw it as it is now."""
    data = drafts.data_of(cycle, drafts.draft_of(cycle))
    seen = drafts.mark_of(data[key]) if seen is None else seen
    return drafts.keep_section(cycle, key=key, part=part, seen=seen, by=by, at=AT)


def smaller(cycle: Cycle) -> dict[str, Any]:
    """Give the budget with ten sessions less on the grid."""
    return {**drafts.whole(cycle.rule_set.data)["budget"], "grid": cycle.rules.budget.grid - 10}


def save(cycle: Cycle, by: Person, reason: str = WHY) -> RuleSet:
    """Save the draft as it stands."""
    draft = drafts.draft_of(cycle)
    seen = drafts.mark_of(drafts.data_of(cycle, draft))
    return drafts.save_rules(cycle, reason=reason, seen=seen, by=by, at=AT)


def test_the_first_change_of_a_preset_gives_the_forum_its_own_copy(cycle: Cycle, amina: Person):
    preset = cycle.rule_set
    keep(cycle, "budget", smaller(cycle), amina)

    saved = save(cycle, amina)

    cycle = fresh(cycle)
    assert cycle.rule_set == saved
    assert (saved.forum, saved.name, saved.version, saved.is_preset) == (cycle.forum, "IGF 2017", 2, False)
    assert (saved.origin, saved.reason, saved.made_by, saved.made_at) == (preset, WHY, amina, AT)
    assert cycle.rules.budget.places == 70
    preset.refresh_from_db()
    assert preset.data == IGF_2017
    assert not RuleDraft.objects.exists()


def test_a_saved_change_is_an_entry_that_gives_its_reason_beside_the_chain(cycle: Cycle, amina: Person):
    keep(cycle, "budget", smaller(cycle), amina)
    saved = save(cycle, amina, "Amina Mfano asked for it.")

    entry = Entry.objects.get()
    assert sentence(entry) == (
        f"The rules were changed: “IGF 2017” is now version 2, digest {drafts.digest_of(saved)}. "
        "Reason: Amina Mfano asked for it."
    )
    assert "Mfano" not in str(list(Entry.objects.values()))


def test_what_nobody_used_is_changed_in_place_and_needs_no_reason(cycle: Cycle, amina: Person, users: Any):
    keep(cycle, "budget", smaller(cycle), amina)
    own = save(cycle, amina)
    cycle = fresh(cycle)
    keep(cycle, "budget", smaller(cycle), amina)

    again = save(cycle, amina, reason="")

    assert (again.pk, again.version, again.rules.budget.places) == (own.pk, 2, 60)
    assert RuleSet.objects.count() == 2
    assert again.reason == WHY


def test_what_was_used_is_frozen(cycle: Cycle, amina: Person, users: Any):
    keep(cycle, "budget", smaller(cycle), amina)
    own = save(cycle, amina)
    users.append(lambda rule_set: ["It was used."])
    cycle = fresh(cycle)
    keep(cycle, "budget", smaller(cycle), amina)

    with pytest.raises(Refused, match="Say in a sentence why the rules change"):
        save(cycle, amina, reason="because")
    new = save(fresh(cycle), amina)

    own.refresh_from_db()
    assert (own.rules.budget.places, new.version, new.rules.budget.places) == (70, 3, 60)


def test_another_year_under_the_same_rules_freezes_them(cycle: Cycle, amina: Person, users: Any):
    keep(cycle, "budget", smaller(cycle), amina)
    own = save(cycle, amina)
    Cycle.objects.create(
        forum=cycle.forum,
        slug="2018",
        name="IGF 2018",
        zone="UTC",
        starts_on=cycle.starts_on,
        ends_on=cycle.ends_on,
        rule_set=own,
    )
    assert rules_in_use.uses_of(own, cycle) == ["1 other year runs under it."]
    cycle = fresh(cycle)
    keep(cycle, "budget", smaller(cycle), amina)

    assert save(cycle, amina).version == 3
    assert Cycle.objects.get(slug="2018").rules.budget.places == 70


def test_a_section_changed_by_somebody_else_is_not_written_over(cycle: Cycle, amina: Person, kofi: Person):
    data = drafts.whole(cycle.rule_set.data)
    seen = drafts.mark_of(data["reports"])
    keep(cycle, "reports", {"days": 21, "template": {}}, kofi, seen=seen)

    with pytest.raises(drafts.ChangedMeanwhile, match="Kofi Sample changed this section while you did"):
        keep(cycle, "reports", {"days": 30, "template": {}}, amina, seen=seen)

    assert RuleDraft.objects.get().data["reports"]["days"] == 21


def test_two_people_write_different_sections_into_one_draft(cycle: Cycle, amina: Person, kofi: Person):
    data = drafts.whole(cycle.rule_set.data)
    keep(cycle, "reports", {"days": 21, "template": {}}, kofi, seen=drafts.mark_of(data["reports"]))
    keep(cycle, "budget", smaller(cycle), amina, seen=drafts.mark_of(data["budget"]))

    draft = RuleDraft.objects.get()
    assert (draft.data["reports"]["days"], draft.data["budget"]["grid"]) == (21, 93)


def test_a_draft_changed_since_its_consequences_were_seen_is_not_saved(cycle: Cycle, amina: Person, kofi: Person):
    keep(cycle, "budget", smaller(cycle), amina)
    seen = drafts.mark_of(RuleDraft.objects.get().data)
    keep(cycle, "reports", {"days": 21, "template": {}}, kofi)

    with pytest.raises(Refused, match="The draft was changed since you saw its consequences"):
        drafts.save_rules(cycle, reason=WHY, seen=seen, by=amina, at=AT)

    assert RuleDraft.objects.exists()


def test_rules_saved_by_somebody_else_are_not_lost_and_neither_is_the_draft(cycle: Cycle, amina: Person, kofi: Person):
    keep(cycle, "budget", smaller(cycle), amina)
    mine = deepcopy(RuleDraft.objects.get().data)
    data = {**drafts.whole(cycle.rule_set.data), "reports": {"days": 21, "template": {}}}
    theirs = RuleSet.objects.create(forum=cycle.forum, name="IGF 2017", version=2, data=data)
    Cycle.objects.update(rule_set=theirs)
    cycle = fresh(cycle)

    with pytest.raises(Refused, match="Your draft is kept: carry it over first"):
        save(cycle, amina)
    assert RuleDraft.objects.get().data == mine

    drafts.carry_over(cycle, by=amina, at=AT)
    saved = save(fresh(cycle), amina)
    assert (saved.rules.reports.days, saved.rules.budget.places) == (21, 70)


def test_nothing_changed_is_nothing_saved(cycle: Cycle, amina: Person):
    keep(cycle, "budget", drafts.whole(cycle.rule_set.data)["budget"], amina)

    with pytest.raises(Refused, match="the draft says the same as the rules in force"):
        save(cycle, amina)
    assert RuleSet.objects.count() == 1


def test_rules_that_cannot_be_kept_are_not_saved(cycle: Cycle, amina: Person):
    keep(cycle, "quotas", [{"dimension": "theme", "value": "data", "least": 81}], amina)

    with pytest.raises(Refused, match="add up to 81"):
        save(cycle, amina)


def test_a_theme_that_goes_takes_its_quota_and_a_format_its_fields_along(cycle: Cycle, amina: Person):
    data = drafts.whole(cycle.rule_set.data)
    keep(cycle, "themes", [one for one in data["themes"] if one["code"] != "access"], amina)
    draft = keep(cycle, "formats", [one for one in data["formats"] if one["code"] != "panel"], amina)

    assert [quota for quota in draft.data["quotas"] if quota["value"] == "access"] == []
    assert list(draft.data["required"]) == ["*"]


def test_a_draft_is_thrown_away_and_the_rules_stay(cycle: Cycle, amina: Person):
    keep(cycle, "budget", smaller(cycle), amina)

    assert (drafts.throw_away(cycle), drafts.throw_away(cycle)) == (True, False)
    assert fresh(cycle).rules.budget.places == 80


def test_versions_are_those_of_the_forum_and_the_preset_behind_them(cycle: Cycle, amina: Person, kofi: Person):
    keep(cycle, "budget", smaller(cycle), amina)
    save(cycle, amina)
    other = start(kofi, preset="igf-2017")
    other.rule_set = RuleSet.objects.create(forum=other.forum, name="IGF 2017", version=2, data=IGF_2017)
    other.save()
    cycle = fresh(cycle)

    assert [(one.version, one.forum_id) for one in drafts.versions_of(cycle)] == [(2, cycle.forum_id), (1, None)]


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (lambda d: None, []),
        (
            lambda d: (d["themes"].pop(0), d["quotas"].pop(0)),
            [
                "Theme “Access and infrastructure” goes.",
                "Balance, Theme “Access and infrastructure”: any number of places instead of 5 to 16 places.",
            ],
        ),
        (
            lambda d: d["themes"].append({"code": "new", "names": {"en": "Space"}}),
            ["Theme “Space” is new."],
        ),
        (
            lambda d: d["themes"][0]["names"].update(en="Access"),
            ["Theme “Access and infrastructure” is now called “Access”."],
        ),
        (
            lambda d: d["themes"][0]["names"].update(fr="Accès"),
            ["Theme “Access and infrastructure” is called otherwise in another language."],
        ),
        (lambda d: d["themes"].reverse(), ["Themes: the order is another."]),
        (
            lambda d: d["formats"][-1].update(minutes=[90]),
            ["Format “Other”: 90 minutes instead of 60 or 90 minutes."],
        ),
        (
            lambda d: d["criteria"][0].update(high=10, weight=2.5),
            [
                "Criterion “Relevance” is graded 1 to 10 instead of 1 to 5.",
                "Criterion “Relevance” weighs 2.5 instead of 1.",
            ],
        ),
        (
            lambda d: d["statuses"][2].update(outcome="out"),
            ["Status “Asked to merge”: takes no place instead of may still take a place."],
        ),
        (
            lambda d: d["budget"].update(grid=95, by_score_percent=80, taken={"open-forum": 12, "coalition": 7}),
            [
                "The grid holds 95 sessions instead of 103.",
                "Taken off the grid for best practice forums: 0 instead of 4.",
                "By score are filled 80 % of the places instead of 90 %.",
            ],
        ),
        (
            lambda d: d["quotas"][0].update(least=6, most=None),
            [
                "Balance, Theme “Access and infrastructure”: at least 6 places instead of 5 to 16 places.",
            ],
        ),
        (
            lambda d: d["limits"].update(sessions_per_speaker=2),
            ["Sessions of one speaker, at most: 2 instead of 3."],
        ),
        (
            lambda d: d["required"].update(panel=["tags"]),
            ["Panel: “Tags” is required.", "Panel: “Background paper” is no longer required."],
        ),
        (
            lambda d: d["grading"].update(reason_at_most=None, may_ask_merger=False),
            ["No grade asks for a reason any more.", "Members may not ask for a merger."],
        ),
        (
            lambda d: d["reports"].update(days=21, template={}),
            [
                "A report is due 21 days after its session instead of 14.",
                "The text that a report is written from is another.",
            ],
        ),
        (
            lambda d: d["visibility"].update(proposer="committee"),
            ["“Proposer’s name” is seen by: committee, instead of: public."],
        ),
        (lambda d: d.update(source="Else"), ["The source named for the rules is another."]),
    ],
)
def test_every_difference_is_said_and_nothing_else(change: Callable[[dict[str, Any]], object], sentences: list[str]):
    assert differences(Rules.parse(IGF_2017), Rules.parse(changed(change)), "en") == sentences

"""What keeps a proposal from being handed in, and what is only told."""

from convenor.cycle import rule_call
from convenor.cycle.rules import Choice
from convenor.proposals.call_rules import PEOPLE, Asked
from convenor.proposals.drafting.completing import Lack, Missed, Somebody, measure

ASKED = (
    Asked("title", rule_call.SHORT, is_required=True),
    Asked("theme", rule_call.CHOICE, is_required=True, options=(Choice("access", {}, {}), Choice("trust", {}, {}))),
    Asked("minutes", rule_call.CHOICE, is_required=True, minutes=(60, 90)),
    Asked("summary", rule_call.LONG, is_required=True, most_words=3),
    Asked("issue", rule_call.LONG, is_required=False, most_words=2),
    Asked("speakers", PEOPLE, is_required=True, part="speaker", least=2, most=3),
    Asked("moderator", PEOPLE, is_required=True, part="moderator"),
)
WHOLE = {"title": "Cables", "theme": "trust", "minutes": 90, "summary": "One two three"}
PEOPLE_WHOLE = [Somebody("speaker"), Somebody("speaker"), Somebody("moderator")]


def missed(content: dict[str, object], people: list[Somebody], *checks: str, cap: int = 3) -> tuple[Missed, ...]:
    """Give what is not kept."""
    return measure(ASKED, content, people, checks=frozenset(checks), speaker_cap=cap).missed  # type: ignore[arg-type]  # values of the form


def test_a_whole_one_lacks_nothing():
    meter = measure(ASKED, WHOLE, PEOPLE_WHOLE, speaker_cap=3)  # type: ignore[arg-type]  # values of the form

    assert (meter.done, meter.needed, meter.missed) == (6, 6, ())


def test_each_rule_is_named_with_its_figures():
    content = {"theme": "gone", "minutes": 45, "summary": "One two three four", "issue": "接入网"}

    assert missed(content, [Somebody("speaker")]) == (
        Missed("title", Lack.MISSING),
        Missed("theme", Lack.NOT_OFFERED),
        Missed("minutes", Lack.NOT_OFFERED),
        Missed("summary", Lack.TOO_LONG, {"n": 4, "most": 3}),
        Missed("issue", Lack.TOO_LONG, {"n": 3, "most": 2}),
        Missed("speakers", Lack.TOO_FEW, {"n": 1, "least": 2}),
        Missed("moderator", Lack.MISSING, {"n": 0, "least": 1}),
    )


def test_too_many_speakers_stop_and_those_above_their_cap_are_only_told():
    people = [*PEOPLE_WHOLE, Somebody("speaker", others=2, key=7), Somebody("speaker", others=3, key=8)]

    assert missed(WHOLE, people) == (  # type: ignore[arg-type]  # values of the form
        Missed("speakers", Lack.TOO_MANY, {"n": 4, "most": 3}),
        Missed("speakers", Lack.SPEAKER_CAP, {"key": 8, "n": 4, "cap": 3}, stops=False),
    )


def test_who_is_on_site_is_told_where_the_rules_screen_for_it():
    people = [Somebody("speaker", is_on_site=False), Somebody("speaker"), Somebody("moderator")]

    assert missed(WHOLE, people, "on-site") == (  # type: ignore[arg-type]  # values of the form
        Missed("speakers", Lack.ON_SITE, {"speakers": 1, "moderators": 1}, stops=False),
    )
    assert missed(WHOLE, people) == ()  # type: ignore[arg-type]  # values of the form

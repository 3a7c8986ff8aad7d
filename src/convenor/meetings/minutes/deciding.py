"""What was counted, checked and decided, with the words that were typed."""

from collections.abc import Mapping

from convenor.meetings.floor import State
from convenor.meetings.floor import state as floor
from convenor.meetings.floor.state import CountEnd
from convenor.meetings.minutes.record import Check, Count, Decision
from convenor.meetings.minutes.sources import Sources

PROPOSAL, CONDITION = "proposal", "condition"  # the fields of the words beside the log


def decided(
    sources: Sources, state: State, day_at: Mapping[int, str]
) -> tuple[tuple[Count, ...], tuple[Check, ...], tuple[Decision, ...]]:
    """Return the counts, the checks and the decisions; each decision with what it rests on."""
    running_count = (state.count,) if state.count else ()
    counts = {one.id: _count(sources, one) for one in (*state.counts, *running_count)}
    running_check = (state.check,) if state.check else ()
    checks = {one.id: _check(sources, one) for one in (*state.checks, *running_check)}
    decisions = tuple(_decision(sources, one, counts, checks, day_at) for one in state.decisions)
    return tuple(counts.values()), tuple(checks.values()), decisions


def _about(sources: Sources, about: floor.About) -> str:
    return sources.subjects.get((about.kind, about.id), "") if about.kind else ""


def _count(sources: Sources, one: floor.Count) -> Count:
    about, words = _about(sources, one.about), sources.said(one.id, PROPOSAL)
    return Count(one.id, one.item, about, words, one.began_at, one.end, one.objector)


def _check(sources: Sources, one: floor.Check) -> Check:
    about, words = _about(sources, one.about), sources.said(one.id, PROPOSAL)
    at = sources.entries[one.id - 1].at
    answers = {} if one.is_anonymous else {key: one.answers[key].value for key in sorted(one.answers)}
    return Check(one.id, one.item, about, words, at, one.is_anonymous, one.numbers, answers)


def _decision(
    sources: Sources,
    one: floor.Decision,
    counts: Mapping[int, Count],
    checks: Mapping[int, Check],
    day_at: Mapping[int, str],
) -> Decision:
    count, check = counts.get(one.basis), checks.get(one.basis)
    basis = count or check
    words = sources.said(one.id, PROPOSAL) or (basis.words if basis else "")
    about = _about(sources, one.about) or (basis.about if basis else "")
    overcame = tuple(
        earlier.entry
        for earlier in counts.values()
        if earlier.end is CountEnd.OBJECTED
        and earlier.entry < one.id
        and (earlier.item, earlier.about, earlier.words) == (one.item, about, words)
    )
    return Decision(
        entry=one.id,
        day=day_at[one.id],
        item=one.item,
        outcome=one.outcome,
        about=about,
        words=words,
        condition=sources.said(one.id, CONDITION),
        at=one.at,
        count=count,
        check=check,
        overcame=overcame,
    )

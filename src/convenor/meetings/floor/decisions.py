"""Decisions: adoption by silence, checks of the sense of the room, and what the chair states as agreed.

Nothing here says what a decision is about in words: those stand beside the log, where they can be erased.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from convenor.meetings.floor.days import require_no_vote, require_open
from convenor.meetings.floor.entries import Barred, Code, Draft, Entry, Kind, Value
from convenor.meetings.floor.setting import Setting
from convenor.meetings.floor.state import About, Answer, Check, Count, CountEnd, Decision, Numbers, Outcome, State

COUNTS, SECONDS_PER_COUNT = 6, 2
MOST_COUNTS, MOST_SECONDS = 60, 60
LEAST_IN_GROUP = 3
"""So many answers at least are told apart, by group or at all, in an anonymous check."""
OTHERS = "others"
ITEM = About()


def begin_count(
    state: State,
    setting: Setting,
    *,
    about: About = ITEM,
    item: str = "",
    counts: int = COUNTS,
    seconds: int = SECONDS_PER_COUNT,
) -> Draft:
    """Begin a slow count; everybody sees the same one, since it is reckoned from the moment of this entry."""
    subject = _subject(state, setting, about, item)
    for number, most in ((counts, MOST_COUNTS), (seconds, MOST_SECONDS)):
        if not 0 < number <= most:
            raise Barred(Code.BAD_NUMBER, number=number)
    return Draft(Kind.COUNT_BEGUN, {**subject, "counts": counts, "seconds": seconds})


def object_to(state: State, _setting: Setting, *, count: int, person: str) -> Draft:
    """Object to what is counted: that stops it. An objection is heard until the chair has stated the adoption."""
    if state.count is None or state.count.id != count:
        raise Barred(Code.NO_COUNT, count=count)
    return Draft(Kind.OBJECTED, {"count": count, "person": person})


def stop_count(state: State, _setting: Setting) -> Draft:
    """Stop the count without a result."""
    return Draft(Kind.COUNT_STOPPED, {"count": _count(state).id})


def adopt(state: State, _setting: Setting, *, at: datetime) -> Draft:
    """State that what was counted to its end is adopted."""
    count = _count(state)
    if max(at, state.at) < count.ends_at:
        raise Barred(Code.STILL_COUNTING, counted=count.counted(at), counts=count.counts)
    return Draft(Kind.ADOPTED, {"count": count.id})


def begin_check(state: State, setting: Setting, *, is_anonymous: bool, about: About = ITEM, item: str = "") -> Draft:
    """Begin a check of the sense of the room: support, can live with it, object."""
    subject = _subject(state, setting, about, item)
    return Draft(Kind.CHECK_BEGUN, {**subject, "is_anonymous": is_anonymous})


def answer(state: State, _setting: Setting, *, check: int, person: str, answer: Answer) -> Draft:
    """Answer a named check, or change one's answer while it runs; anonymous answers never come to the log."""
    found = running_check(state, check)
    if found.is_anonymous:
        raise Barred(Code.IS_ANONYMOUS)
    if found.answers.get(person) is answer:
        raise Barred(Code.ALREADY_ANSWERED)
    return Draft(Kind.ANSWERED, {"check": check, "person": person, "answer": answer.value})


def close_check(state: State, setting: Setting, *, numbers: Numbers | None = None) -> Draft:
    """Close the check with its numbers by group; those of an anonymous one are handed in, and small groups joined.

    Raises:
        ValueError: numbers are missing for an anonymous check, or handed in for a named one.
    """
    if state.check is None:
        raise Barred(Code.NO_CHECK, check=0)
    if state.check.is_anonymous != (numbers is not None):
        raise ValueError("numbers are handed in for anonymous checks, and for no others")
    found = counted(state.check, setting) if numbers is None else joined(numbers)
    return Draft(Kind.CHECK_CLOSED, {"check": state.check.id, "numbers": found})


def decide(
    state: State, setting: Setting, *, outcome: Outcome, about: About = ITEM, item: str = "", basis: int = 0
) -> Draft:
    """State a decision: agreed, agreed on a condition, noted or deferred; `basis` is the check it rests on."""
    if outcome is Outcome.ADOPTED:
        raise ValueError("what is adopted by silence is counted")
    subject = _subject(state, setting, about, item)
    if basis and all(check.id != basis for check in state.checks):
        raise Barred(Code.NO_CHECK, check=basis)
    return Draft(Kind.DECIDED, {**subject, "outcome": outcome.value, "basis": basis})


def running_check(state: State, number: int) -> Check:
    """Return the check that runs, if it is this one."""
    if state.check is None or state.check.id != number:
        raise Barred(Code.NO_CHECK, check=number)
    return state.check


def counted(check: Check, setting: Setting) -> Numbers:
    """Count the answers of a named check by group."""
    found: dict[str, Counter[str]] = {}
    for person, given in check.answers.items():
        found.setdefault(setting.speaker(person).group, Counter())[given.value] += 1
    return {group: dict(found[group]) for group in sorted(found)}


def joined(numbers: Numbers) -> Numbers:
    """Join groups with so few answers that these would tell who gave them, so that none can be reckoned back either.

    The smallest others are joined to them until enough are together; of too few answers in all nothing is told.
    """
    sizes = {group: sum(answers.values()) for group, answers in numbers.items()}
    if sum(sizes.values()) < LEAST_IN_GROUP:
        return {}
    by_size = sorted((group for group in sizes if sizes[group]), key=lambda group: (sizes[group], group))
    together = [group for group in by_size if sizes[group] < LEAST_IN_GROUP]
    for group in by_size[len(together) :]:
        if not together or (sum(sizes[one] for one in together) >= LEAST_IN_GROUP and len(together) > 1):
            break
        together.append(group)
    apart = {group: dict(numbers[group]) for group in sorted(by_size) if group not in together}
    if together:
        apart[OTHERS] = dict(sum((Counter(numbers[group]) for group in together), Counter[str]()))
    return apart


def _subject(state: State, setting: Setting, about: About, item: str) -> dict[str, Value]:
    require_open(state)
    require_no_vote(state)
    item = item or state.item
    if item and not setting.has_item(item):
        raise Barred(Code.UNKNOWN_PART, part=item)
    if not item and not about.kind:
        raise Barred(Code.NO_ITEM)
    return {"item": item, "about_kind": about.kind, "about_id": about.id}


def _count(state: State) -> Count:
    if state.count is None:
        raise Barred(Code.NO_COUNT, count=0)
    return state.count


def _about(entry: Entry) -> About:
    return About(entry.text("about_kind"), entry.number("about_id"))


def count_begun(state: State, entry: Entry) -> State:
    """Begin the count."""
    item, about = entry.text("item"), _about(entry)
    count = Count(entry.sequence, item, about, entry.at, entry.number("counts"), entry.number("seconds"))
    return replace(state, count=count)


def count_ended(state: State, entry: Entry, *, end: CountEnd) -> State:
    """End the count."""
    if state.count is None:
        return state
    ended = replace(state.count, end=end, objector=entry.text("person"))
    return replace(state, count=None, counts=(*state.counts, ended))


def adopted(state: State, entry: Entry) -> State:
    """Adopt what was counted."""
    count = state.count
    if count is None:
        return state
    decision = Decision(entry.sequence, Outcome.ADOPTED, count.item, count.about, entry.at, count.id)
    return replace(count_ended(state, entry, end=CountEnd.ADOPTED), decisions=(*state.decisions, decision))


def check_begun(state: State, entry: Entry) -> State:
    """Begin the check."""
    is_anonymous = bool(entry.values.get("is_anonymous"))
    return replace(state, check=Check(entry.sequence, entry.text("item"), _about(entry), is_anonymous))


def answered(state: State, entry: Entry) -> State:
    """Take the answer, which replaces an earlier one of the same person."""
    if state.check is None:
        return state
    answers = {**state.check.answers, entry.text("person"): Answer(entry.text("answer"))}
    return replace(state, check=replace(state.check, answers=answers))


def check_closed(state: State, entry: Entry) -> State:
    """Close the check."""
    numbers = entry.values.get("numbers")
    if state.check is None or not isinstance(numbers, Mapping):
        return state
    return replace(state, check=None, checks=(*state.checks, replace(state.check, numbers=numbers)))


def decided(state: State, entry: Entry) -> State:
    """Take the decision."""
    outcome = Outcome(entry.text("outcome"))
    decision = Decision(entry.sequence, outcome, entry.text("item"), _about(entry), entry.at, entry.number("basis"))
    return replace(state, decisions=(*state.decisions, decision))

"""What can be decided at the floor: counts, checks and statements, each with its words and its entry in the journal."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Unpack

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle import processes
from convenor.meetings.floor import Barred, decisions
from convenor.meetings.floor.decisions import COUNTS, ITEM, SECONDS_PER_COUNT, running_check
from convenor.meetings.floor.state import About, Answer, Check, Decision, Numbers, Outcome
from convenor.meetings.floor_actions import Said, enter
from convenor.meetings.floor_log import lock, state_of
from convenor.meetings.floor_models import FloorAnswered, FloorEntry, FloorTally, FloorWords, floor_topic
from convenor.meetings.floor_words import OUTCOMES, refusal
from convenor.meetings.models import Item, Meeting
from convenor.people.models import Group, Person
from convenor.shared import references
from convenor.shared.errors import Refused
from convenor.shared.journal import Private, record, typed
from convenor.shared.live.news import tell
from convenor.shared.references import Page

MOST_WORDS = 4_000
PROPOSAL, CONDITION = "proposal", "condition"  # fields of the words beside the log


def begin_count(
    meeting: Meeting,
    *,
    by: Person,
    at: datetime,
    expected: int,
    about: About = ITEM,
    words: str = "",
    counts: int = COUNTS,
    seconds: int = SECONDS_PER_COUNT,
    **said: Unpack[Said],
) -> FloorEntry:
    """Begin a slow count on a proposal; `words` say what is adopted if nobody objects.

    Raises:
        Refused: no item is under way, another count or check runs, or what it is about is not of this forum.
    """
    _require_page(meeting, about)
    step = partial(decisions.begin_count, about=about, counts=counts, seconds=seconds)
    return enter(meeting, step, by=by, at=at, expected=expected, words={PROPOSAL: _bounded(words)}, **said)[0]


def object_to(meeting: Meeting, count: int, *, by: Person, at: datetime, **said: Unpack[Said]) -> FloorEntry:
    """Object to what is counted, which stops the count.

    Raises:
        Refused: this count has ended.
    """
    return enter(meeting, partial(decisions.object_to, count=count, person=str(by.key)), by=by, at=at, **said)[0]


@transaction.atomic
def adopt(meeting: Meeting, *, by: Person, at: datetime, expected: int, **said: Unpack[Said]) -> FloorEntry:
    """State that what was counted to its end is adopted, and write it into the journal.

    Raises:
        Refused: somebody objected, or it is not yet counted to its end.
    """
    entry, is_new = enter(meeting, partial(decisions.adopt, at=at), by=by, at=at, expected=expected, **said)
    if is_new:
        _journal(meeting, entry, by=by)
    return entry


@transaction.atomic
def decide(
    meeting: Meeting,
    outcome: Outcome,
    *,
    by: Person,
    at: datetime,
    expected: int,
    about: About = ITEM,
    item: str = "",
    basis: int = 0,
    words: str = "",
    condition: str = "",
    **said: Unpack[Said],
) -> FloorEntry:
    """State a decision, and write it into the journal.

    Raises:
        Refused: there is nothing it is about, or an agreement on a condition does not say which.
    """
    _require_page(meeting, about)
    if outcome is Outcome.AGREED_ON_CONDITION and not condition.strip():
        raise Refused(_("Nothing was decided: the condition is missing. Say what has to be done, by whom and by when."))
    step = partial(decisions.decide, outcome=outcome, about=about, item=item, basis=basis)
    texts = {PROPOSAL: _bounded(words), CONDITION: _bounded(condition)}
    entry, is_new = enter(meeting, step, by=by, at=at, expected=expected, words=texts, **said)
    if is_new:
        _journal(meeting, entry, by=by)
    return entry


@transaction.atomic
def begin_check(
    meeting: Meeting,
    *,
    by: Person,
    at: datetime,
    expected: int,
    is_anonymous: bool,
    about: About = ITEM,
    words: str = "",
    **said: Unpack[Said],
) -> FloorEntry:
    """Begin a check of the sense of the room. For an anonymous one all tallies stand at 0 before the first answer.

    Raises:
        Refused: no item is under way, another count or check runs, or what it is about is not of this forum.
    """
    _require_page(meeting, about)
    step = partial(decisions.begin_check, is_anonymous=is_anonymous, about=about)
    kept = {PROPOSAL: _bounded(words)}
    entry, is_new = enter(meeting, step, by=by, at=at, expected=expected, words=kept, **said)
    if is_anonymous and is_new:
        FloorTally.objects.bulk_create(
            FloorTally(meeting=meeting, check_number=entry.sequence, group=group, answer=answer.value)
            for group in ("", *Group.values)
            for answer in Answer
        )
    return entry


@transaction.atomic
def answer_check(
    meeting: Meeting, check: int, answer: Answer, *, by: Person, at: datetime, **said: Unpack[Said]
) -> None:
    """Answer the check that runs: by name into the log, or without a name into a tally, and once.

    Raises:
        Refused: the check has ended, or the person has answered: an anonymous answer cannot be found to be changed.
    """
    lock(meeting)
    try:
        is_anonymous = running_check(state_of(meeting), check).is_anonymous
    except Barred as reason:
        raise Refused(refusal(reason)) from reason
    if not is_anonymous:
        step = partial(decisions.answer, check=check, person=str(by.key), answer=answer)
        enter(meeting, step, by=by, at=at, **said)
        return
    if FloorAnswered.objects.filter(meeting=meeting, check_number=check, person_key__in=by.keys).exists():
        raise Refused(
            _("Your answer was not entered: you have answered, and an anonymous answer cannot be found to be changed.")
        )
    FloorAnswered.objects.create(meeting=meeting, check_number=check, person_key=str(by.key))
    tally = FloorTally.objects.filter(meeting=meeting, check_number=check, group=by.group, answer=answer.value)
    if not tally.update(count=F("count") + 1):
        raise ValueError("an anonymous check has a tally for every group and answer")
    tell(floor_topic(meeting.pk))


@transaction.atomic
def close_check(meeting: Meeting, *, by: Person, at: datetime, expected: int, **said: Unpack[Said]) -> FloorEntry:
    """Close the check. The numbers go into log and journal; the rows that held them go, or are written anew.

    Raises:
        Refused: no check runs.
    """
    lock(meeting)
    check = state_of(meeting).check
    numbers = _numbers(meeting, check.id) if check and check.is_anonymous else None
    step = partial(decisions.close_check, numbers=numbers)
    entry, is_new = enter(meeting, step, by=by, at=at, expected=expected, **said)
    if check and is_new:
        _journal_check(meeting, entry, check, by=by)
        if check.is_anonymous:
            _smooth(meeting, check.id)
    return entry


def answered(meeting: Meeting, check: int) -> int:
    """Say how many have answered an anonymous check: all that anybody learns while it runs."""
    return FloorAnswered.objects.filter(meeting=meeting, check_number=check).count()


def page_of(meeting: Meeting, about: About) -> Page | None:
    """Give the page of what a decision is about; None where it is gone, unknown or another forum's."""
    return pages_of(meeting, [about]).get((about.kind, about.id))


def pages_of(meeting: Meeting, abouts: Iterable[About]) -> dict[tuple[str, int], Page]:
    """Give the pages of what decisions are about, by kind and number; the number of queries grows with the kinds."""
    cycle, wanted = meeting.cycle, {(one.kind, one.id) for one in abouts if one.kind}
    address = cycle.forum.get_absolute_url()
    found = {key: page for key, page in references.resolve_all(wanted).items() if page.url.startswith(address)}
    found |= {key: Page(one.url, one.words) for key, one in processes.find_all(cycle, wanted).items()}
    in_force = ("cycle.ruleset", cycle.rule_set_id)
    if in_force in wanted:
        found[in_force] = Page(reverse("cycle:rules", args=cycle.address), str(cycle.rule_set))
    return found


def _require_page(meeting: Meeting, about: About) -> None:
    if about.kind and page_of(meeting, about) is None:
        raise Refused(_("Nothing was entered: what it is about is not here any more. Choose it again."))


def _bounded(words: str) -> str:
    words = words.replace("\0", "").strip()
    if len(words) > MOST_WORDS:
        raise Refused(
            _("Nothing was entered: the text has %(count)s characters, and %(limit)s are allowed. Shorten it.")
            % {"count": len(words), "limit": MOST_WORDS}
        )
    return words


def _numbers(meeting: Meeting, check: int) -> Numbers:
    numbers: dict[str, dict[str, int]] = {}
    rows = FloorTally.objects.filter(meeting=meeting, check_number=check, count__gt=0)
    for group, answer, count in rows.values_list("group", "answer", "count"):
        numbers.setdefault(group, {})[answer] = count
    return numbers


def _smooth(meeting: Meeting, check: int) -> None:
    """Drop the tallies, and write anew that people have answered: in the order of their random keys, all at once."""
    FloorTally.objects.filter(meeting=meeting, check_number=check).delete()
    rows = FloorAnswered.objects.filter(meeting=meeting, check_number=check)
    keys = sorted(rows.values_list("person_key", flat=True))
    rows.delete()
    FloorAnswered.objects.bulk_create(
        FloorAnswered(meeting=meeting, check_number=check, person_key=key) for key in keys
    )


def _journal(meeting: Meeting, entry: FloorEntry, *, by: Person) -> None:
    """Write a decision into the journal, once: a message that came twice has its entry already."""
    decision = next(one for one in state_of(meeting).decisions if one.id == entry.sequence)
    rows = FloorWords.objects.filter(entry__meeting=meeting, entry__sequence__in=[decision.id, decision.basis])
    texts = dict(rows.order_by("entry__sequence").values_list("field", "text"))  # its own come over those of its basis
    said = " ".join(filter(None, (texts.get(PROPOSAL, ""), texts.get(CONDITION, ""))))
    private: dict[str, str | Private] = {"meeting": typed(meeting.title), "what": typed(_title(meeting, decision))}
    template = gettext_noop("“%(meeting)s” decided on “%(what)s”: %(outcome_word)s.")
    if said:
        private["words"] = typed(said)
        template = gettext_noop("“%(meeting)s” decided on “%(what)s”: %(outcome_word)s. %(words)s")
    record(
        scope=meeting.cycle.scope,
        verb="floor.decided",
        at=entry.at,
        actor=by,
        subject=meeting,
        template=template,
        values={"outcome_word": OUTCOMES[decision.outcome]},
        private=private,
    )


def _title(meeting: Meeting, decision: Decision) -> str:
    if page := page_of(meeting, decision.about) if decision.about.kind else None:
        return page.sentence
    item = Item.objects.filter(block__day__meeting=meeting, pk=int(decision.item[1:] or 0)).first()
    return str(item or meeting.title)


def _journal_check(meeting: Meeting, entry: FloorEntry, check: Check, *, by: Person) -> None:
    """Write the result of a check into the journal, in numbers only."""
    numbers: Numbers = entry.values["numbers"]
    template = gettext_noop(
        "Sense of the room in “%(meeting)s”: %(support)s support, %(live_with)s can live with it, %(object)s object."
    )
    if check.is_anonymous and not numbers:
        template = gettext_noop("Sense of the room in “%(meeting)s”: too few answered for anything to be told.")
    record(
        scope=meeting.cycle.scope,
        verb="floor.checked",
        at=entry.at,
        actor=by,
        subject=meeting,
        template=template,
        values={answer.value: sum(group.get(answer.value, 0) for group in numbers.values()) for answer in Answer},
        private={"meeting": typed(meeting.title)},
    )

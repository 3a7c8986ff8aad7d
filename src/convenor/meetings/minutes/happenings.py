"""Says what happened at a moment: objections, checks, decisions, what was minuted; each in its own paragraph."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from convenor.meetings.floor.decisions import OTHERS
from convenor.meetings.floor.minuting import Fate, Sort
from convenor.meetings.floor.state import CountEnd, Outcome
from convenor.meetings.minutes.names import Names
from convenor.meetings.minutes.record import Check, Count, Decision, Minuted, Record
from convenor.meetings.minutes.report import Does, Paragraph
from convenor.meetings.minutes.wording import Say

OUTCOMES: Mapping[Outcome, Say] = {
    Outcome.ADOPTED: Say.ADOPTED,
    Outcome.AGREED: Say.AGREED,
    Outcome.AGREED_ON_CONDITION: Say.AGREED_ON_CONDITION,
    Outcome.NOTED: Say.NOTED,
    Outcome.DEFERRED: Say.DEFERRED,
}
DOES: Mapping[Sort, Does] = {
    Sort.ANNOUNCEMENT: Does.ANNOUNCES,
    Sort.ACTION: Does.ASKS,
    Sort.PROPOSAL: Does.PROPOSES,
    Sort.NOTE: Does.TELLS,
}


@dataclass(frozen=True, slots=True)
class Happenings:
    """What happened under each item, in the order of the log; `loose` is what belongs to none on the agenda."""

    under: Mapping[str, list[tuple[int, Paragraph]]] = field(default_factory=dict)
    loose: tuple[Paragraph, ...] = ()

    def of(self, item: str, after: int = 0, *, before: int | None = None) -> Iterator[Paragraph]:
        """Yield what happened under an item between two entries."""
        for entry, paragraph in self.under.get(item, ()):
            if after < entry and (before is None or entry < before):
                yield paragraph


def happenings(record: Record, names: Names) -> Happenings:
    """Gather what happened."""
    said = sorted(_all(record, names), key=lambda one: one[0])
    known = {item.key for item in record.items}
    under = defaultdict[str, list[tuple[int, Paragraph]]](list)
    for entry, paragraph in said:
        if paragraph.item in known:
            under[paragraph.item].append((entry, paragraph))
    return Happenings(dict(under), tuple(one for _entry, one in said if one.item not in known))


def _all(record: Record, names: Names) -> Iterator[tuple[int, Paragraph]]:
    resting = {one.check.entry for one in record.decisions if one.check}
    for count in record.counts:
        if count.end in (CountEnd.OBJECTED, CountEnd.STOPPED):
            yield count.entry, _count(count, names)
    for check in record.checks:
        if check.numbers is not None and check.entry not in resting:
            yield check.entry, _check(check, names)
    for decision in record.decisions:
        yield decision.entry, _decision(decision, names)
    for one in record.minuted():
        if one.stands:
            yield one.entry, _minuted(one, record, names)


def _what(about: str, words: str, item: str, names: Names) -> str:
    """Say what it is about: the name of the thing, the words that were typed, else the matter of the item."""
    if about and words:
        return names.say(Say.NAMED, name=names.say(Say.QUOTED, words=about), value=words)
    if about:
        return names.say(Say.QUOTED, words=about)
    found = names.record.item(item)
    return words or (names.say(Say.QUOTED, words=found.title) if found else names.say(Say.THIS_MATTER))


def _count(count: Count, names: Names) -> Paragraph:
    what = names.wording.stopped(_what(count.about, count.words, count.item, names))
    if count.end is CountEnd.OBJECTED:
        objected = names.say(Say.OBJECTED, name=names.person(count.objector))
        said = names.wording.joined(names.say(Say.PUT, what=what), objected)
    else:
        said = names.say(Say.STOPPED, what=what)
    return Paragraph(f"count:{count.entry}", said, entries=(count.entry,), item=count.item)


def _check(check: Check, names: Names) -> Paragraph:
    what = names.wording.stopped(_what(check.about, check.words, check.item, names))
    said = names.wording.joined(names.say(Say.CHECKED, what=what), _figures(check, names))
    return Paragraph(f"check:{check.entry}", said, entries=(check.entry,), item=check.item)


def _figures(check: Check, names: Names) -> str:
    """Say the numbers of a check, in all and by group; of an anonymous one nothing else is known here."""
    numbers = check.numbers or {}
    parts = [names.say(Say.FIGURES, figures=_answers(check.totals, names))] if numbers else [names.say(Say.TOO_FEW)]
    if len(numbers) > 1:
        groups = [
            names.say(Say.FIGURES_OF, group=_group(code, names), figures=_answers(numbers[code], names))
            for code in sorted(numbers, key=lambda code: (code == OTHERS, code))
        ]
        parts.append(names.say(Say.BY_GROUPS, groups="; ".join(groups)))
    if check.is_anonymous:
        parts.append(names.say(Say.ANONYMOUS))
    return names.wording.joined(*parts)


def _answers(numbers: Mapping[str, int], names: Names) -> str:
    given = ((name, numbers.get(answer.value, 0)) for answer, name in names.wording.answers.items())
    return names.wording.comma.join(
        names.say(Say.FIGURE, answer=name, number=number) for name, number in given if number
    )


def _group(code: str, names: Names) -> str:
    if code == OTHERS:
        return names.say(Say.OTHER_GROUPS)
    return names.record.groups.get(code, code) or names.say(Say.NOT_STATED)


def _decision(one: Decision, names: Names) -> Paragraph:
    what = names.wording.stopped(_what(one.about, one.words, one.item, names))
    said = [names.say(OUTCOMES[one.outcome], what=what)]
    if one.condition:
        said.append(names.say(Say.ON_CONDITION, condition=names.wording.stopped(one.condition)))
    if one.overcame and one.outcome in (Outcome.ADOPTED, Outcome.AGREED):
        said.append(names.say(Say.OVERCAME))
    if one.check and one.check.numbers is not None:
        said += [names.say(Say.RESTED_ON), _figures(one.check, names)]
    entries = (one.entry, *(basis.entry for basis in (one.count, one.check) if basis))
    return Paragraph(f"decision:{one.entry}", names.wording.joined(*said), Does.DECIDES, entries, one.item)


def _minuted(one: Minuted, record: Record, names: Names) -> Paragraph:
    words = names.wording.stopped(one.words)
    match one.sort:
        case Sort.ANNOUNCEMENT:
            said = names.say(Say.ANNOUNCED, words=words)
        case Sort.ACTION:
            said = _action(one, words, names)
        case Sort.PROPOSAL:
            said = _proposal(one, words, record, names)
        case Sort.NOTE:
            said = words
    return Paragraph(f"{one.sort.value}:{one.entry}", said, DOES[one.sort], one.entries, one.item)


def _action(one: Minuted, words: str, names: Names) -> str:
    said = [names.say(Say.ACTION, number=one.number, words=words)]
    if owner := names.person(one.owner, one.owner_words):
        said.append(names.say(Say.OWNER, name=owner))
    if one.due:
        said.append(names.say(Say.DUE, day=names.wording.on_day(date.fromisoformat(one.due))))
    return names.wording.joined(*said)


def _proposal(one: Minuted, words: str, record: Record, names: Names) -> str:
    owner = names.person(one.owner, one.owner_words)
    said = [names.say(Say.PROPOSED_BY, name=owner, words=words) if owner else names.say(Say.PROPOSED, words=words)]
    if one.fate is Fate.AGREED:
        said.append(names.say(Say.WAS_AGREED))
    elif one.fate is Fate.ACTION:
        action = next((action for action in record.actions if action.entry == one.settled_by), None)
        number = action.number if action else 0
        said.append(names.say(Say.WAS_ACTION_NUMBER, number=number) if number else names.say(Say.WAS_ACTION))
    elif one.fate is Fate.DECLINED:
        said.append(names.say(Say.WAS_DECLINED))
    if one.fate_words:
        said.append(names.wording.stopped(one.fate_words))
    return names.wording.joined(*said)

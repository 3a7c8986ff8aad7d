"""What differs between two rule sets, one sentence each, in the reader's language."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from convenor.cycle import call_differences, rule_words
from convenor.cycle.rule_data import DIMENSIONS, LIMITS
from convenor.cycle.rule_life import EVERY_FORMAT, VISIBLE
from convenor.cycle.rules import Choice, Criterion, Field, Format, Kind, Quota, Rules, Screening, Status
from convenor.cycle.wording import DIMENSION_NAMES, TAKEN_NAMES, lengths


def differences(before: Rules, after: Rules, language: str) -> list[str]:
    """Say every difference; the same rules have none."""
    return list(
        chain(
            *(_choices(kind, before, after, language) for kind in rule_words.KINDS),
            _budget(before, after),
            _quotas(before, after, language),
            _limits(before, after),
            _required(before, after, language),
            _grading(before, after),
            _consents(before, after),
            _reports(before, after),
            _adoption(before, after),
            _visibility(before, after),
            _source(before, after),
        )
    )


def _choices(kind: str, before: Rules, after: Rules, language: str) -> Iterator[str]:
    one = rule_words.word(rule_words.ONE, kind)
    old, new = _by_code(before, kind), _by_code(after, kind)
    for code in old.keys() - new.keys():
        yield _("%(kind)s “%(name)s” goes.") % {"kind": one, "name": old[code].name(language)}
    for code, choice in new.items():
        words = {"kind": one, "name": choice.name(language)}
        if code not in old:
            yield _("%(kind)s “%(name)s” is new.") % words
            continue
        if dict(old[code].names) != dict(choice.names):
            yield _named(old[code], choice, words, language)
        if dict(old[code].shorts) != dict(choice.shorts):
            yield _("%(kind)s “%(name)s” has another short name.") % words
        was = old[code]
        if isinstance(choice, Kind | Field) and isinstance(was, Kind | Field):
            yield from call_differences.details(was, choice, words, before=before, after=after, language=language)
        else:
            yield from _details(was, choice, words)
    same = [code for code in old if code in new] == [code for code in new if code in old]
    if not same:
        yield _("%(kind)s: the order is another.") % {"kind": rule_words.word(rule_words.KINDS, kind)}


def _by_code(rules: Rules, kind: str) -> dict[str, Choice]:
    found: tuple[Choice, ...] = getattr(rules, kind)
    return {choice.code: choice for choice in found}


def _named(old: Choice, new: Choice, words: dict[str, str], language: str) -> str:
    if old.name(language) != new.name(language):
        return _("%(kind)s “%(old)s” is now called “%(name)s”.") % {**words, "old": old.name(language)}
    return _("%(kind)s “%(name)s” is called otherwise in another language.") % words


def _details(old: Choice, new: Choice, words: dict[str, str]) -> Iterator[str]:
    """Say what changed beside names; both are of one kind."""
    match old, new:
        case Format(), Format() if old.minutes != new.minutes:
            yield _("%(kind)s “%(name)s”: %(new)s instead of %(old)s.") % {
                **words,
                "new": lengths(new.minutes),
                "old": lengths(old.minutes),
            }
        case Criterion(), Criterion():
            if (old.low, old.high) != (new.low, new.high):
                yield _("%(kind)s “%(name)s” is graded %(low)s to %(high)s instead of %(old_low)s to %(old_high)s.") % {
                    **words,
                    "low": new.low,
                    "high": new.high,
                    "old_low": old.low,
                    "old_high": old.high,
                }
            if old.weight != new.weight:
                yield _("%(kind)s “%(name)s” weighs %(new)s instead of %(old)s.") % {
                    **words,
                    "new": f"{new.weight:g}",
                    "old": f"{old.weight:g}",
                }
        case Status(), Status() if old.outcome != new.outcome:
            yield _turned(words, rule_words.OUTCOMES, old.outcome, new.outcome)
        case Screening(), Screening() if old.check != new.check:
            yield _turned(words, rule_words.CHECKS, old.check, new.check)


def _turned(words: dict[str, str], table: rule_words.Words, old: str, new: str) -> str:
    said = {**words, "new": rule_words.word(table, new), "old": rule_words.word(table, old)}
    return _("%(kind)s “%(name)s”: %(new)s instead of %(old)s.") % said


def _budget(before: Rules, after: Rules) -> Iterator[str]:
    old, new = before.budget, after.budget
    if old.grid != new.grid:
        yield _("The grid holds %(new)s sessions instead of %(old)s.") % {"new": new.grid, "old": old.grid}
    for kind in dict.fromkeys((*old.taken, *new.taken)):
        if old.taken.get(kind, 0) != new.taken.get(kind, 0):
            yield _("Taken off the grid for %(kind)s: %(new)s instead of %(old)s.") % {
                "kind": TAKEN_NAMES.get(kind, kind),
                "new": new.taken.get(kind, 0),
                "old": old.taken.get(kind, 0),
            }
    if old.by_score_percent != new.by_score_percent:
        yield _("By score are filled %(new)s %% of the places instead of %(old)s %%.") % {
            "new": new.by_score_percent,
            "old": old.by_score_percent,
        }


def _quotas(before: Rules, after: Rules, language: str) -> Iterator[str]:
    old, new = _quotas_of(before), _quotas_of(after)
    for dimension, value in dict.fromkeys((*old, *new)):
        was, now = old.get((dimension, value)), new.get((dimension, value))
        if was == now:
            continue
        rules = after if now else before
        words = {
            "dimension": str(DIMENSION_NAMES[dimension]),
            "name": rules.named(DIMENSIONS[dimension], value, language),
            "old": quota_words(was),
            "new": quota_words(now),
        }
        yield _("Balance, %(dimension)s “%(name)s”: %(new)s instead of %(old)s.") % words


def _quotas_of(rules: Rules) -> dict[tuple[str, str], Quota]:
    return {(quota.dimension, quota.value): quota for quota in rules.quotas}


def quota_words(quota: Quota | None) -> str:
    """Say what a quota asks for."""
    if quota is None:
        return _("any number of places")
    if quota.most is None:
        return _("at least %(least)s places") % {"least": quota.least}
    if quota.least is None:
        return _("at most %(most)s places") % {"most": quota.most}
    return _("%(least)s to %(most)s places") % {"least": quota.least, "most": quota.most}


def _limits(before: Rules, after: Rules) -> Iterator[str]:
    for name in LIMITS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            said = {"limit": rule_words.word(rule_words.LIMITS, name), "new": new, "old": old}
            yield _("%(limit)s: %(new)s instead of %(old)s.") % said


def _required(before: Rules, after: Rules, language: str) -> Iterator[str]:
    for code in dict.fromkeys((*before.required, *after.required)):
        old, new = before.required.get(code, ()), after.required.get(code, ())
        rules = after if code in after.required else before
        of = str(rule_words.EVERY_FORMAT) if code == EVERY_FORMAT else rules.named("formats", code, language)
        for field in (field for field in new if field not in old):
            yield _("%(format)s: “%(field)s” is required.") % {"format": of, "field": _field(field)}
        for field in (field for field in old if field not in new):
            yield _("%(format)s: “%(field)s” is no longer required.") % {"format": of, "field": _field(field)}


def _grading(before: Rules, after: Rules) -> Iterator[str]:
    old, new = before.grading, after.grading
    if old.reason_at_most != new.reason_at_most:
        if new.reason_at_most is None:
            yield _("No grade asks for a reason any more.")
        else:
            yield _("A grade of %(grade)s or less asks for a reason.") % {"grade": new.reason_at_most}
    if old.may_ask_merger != new.may_ask_merger:
        yield _("Members may ask for a merger.") if new.may_ask_merger else _("Members may not ask for a merger.")


def _adoption(before: Rules, after: Rules) -> Iterator[str]:
    old, new = before.adoption, after.adoption
    words = (
        (old.before_results, new.before_results, _("Results wait for a meeting to adopt the rules.")),
        (old.before_selection, new.before_selection, _("The selection waits for a meeting to adopt the rules.")),
    )
    for was, waits, sentence in words:
        if was != waits:
            yield sentence if waits else _("No longer: %(sentence)s") % {"sentence": sentence}


def _consents(before: Rules, after: Rules) -> Iterator[str]:
    for code, words in rule_words.CONSENTS.items():
        if before.consents.get(code, {}) != after.consents.get(code, {}):
            yield _("Contributors are asked in other words: %(question)s") % {"question": words}


def _reports(before: Rules, after: Rules) -> Iterator[str]:
    old, new = before.reports, after.reports
    if old.days != new.days:
        yield _("A report is due %(new)s days after its session instead of %(old)s.") % {
            "new": new.days,
            "old": old.days,
        }
    if dict(old.template) != dict(new.template):
        yield _("The text that a report is written from is another.")


def _visibility(before: Rules, after: Rules) -> Iterator[str]:
    for field in VISIBLE:
        old, new = before.visibility[field], after.visibility[field]
        if old != new:
            yield _("“%(field)s” is seen by: %(new)s, instead of: %(old)s.") % {
                "field": _field(field),
                "new": rule_words.word(rule_words.SEERS, new),
                "old": rule_words.word(rule_words.SEERS, old),
            }


def _source(before: Rules, after: Rules) -> Iterator[str]:
    if before.source != after.source:
        yield _("The source named for the rules is another.")


def _field(code: str) -> str:
    return rule_words.word(rule_words.FIELDS, code)

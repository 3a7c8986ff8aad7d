"""What differs between two versions of a kind or of a custom field, one sentence each, in the reader's language."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convenor.cycle import rule_words
from convenor.cycle.rules import Choice, Field, Kind, Rules
from convenor.cycle.wording import lengths
from convenor.shared.languages.days import date_format
from convenor.shared.languages.lists import listed

Said = Callable[[Any, Rules, str], str]


def _of(kind: str) -> Said:
    def said(codes: tuple[str, ...], rules: Rules, language: str) -> str:
        return listed(rules.named(kind, code, language) for code in codes) or _("all")

    return said


def _word(table: rule_words.Words) -> Said:
    return lambda code, _rules, _language: rule_words.word(table, code)


def _fields(codes: tuple[str, ...] | None, _rules: Rules, _language: str) -> str:
    if codes is None:
        return _("all")
    return listed(rule_words.word(rule_words.FIELDS, code) for code in codes) or _("nothing")


def _minutes(minutes: tuple[int, ...], _rules: Rules, _language: str) -> str:
    return lengths(minutes) if minutes else _("those of the format")


def _cap(most: int | None, _rules: Rules, _language: str) -> str:
    return _("any number") if most is None else str(most)


def _yes(value: object, _rules: Rules, _language: str) -> str:
    return _("yes") if value else _("no")


def _day(value: Any, _rules: Rules, _language: str) -> str:
    return date_format(value, "j F Y") if value else _("the deadline")


def _options(options: tuple[Choice, ...], _rules: Rules, language: str) -> str:
    return listed(one.name(language) for one in options) or _("nothing")


_KIND: dict[str, tuple[Promise, Said]] = {
    "who": (gettext_lazy("who may propose it"), _word(rule_words.WHO)),
    "groups": (gettext_lazy("stakeholder groups"), _of("groups")),
    "formats": (gettext_lazy("formats"), _of("formats")),
    "minutes": (gettext_lazy("lengths"), _minutes),
    "offered": (gettext_lazy("what is asked"), _fields),
    "required": (gettext_lazy("what it must have"), _fields),
    "per_person": (gettext_lazy("of one person, at most"), _cap),
    "per_organisation": (gettext_lazy("of one organisation, at most"), _cap),
    "takes_place": (gettext_lazy("takes a place that the committee fills"), _yes),
    "is_graded": (gettext_lazy("graded by the committee"), _yes),
}
_FIELD: dict[str, tuple[Promise, Said]] = {
    "type": (gettext_lazy("what is given"), _word(rule_words.TYPES)),
    "most_words": (gettext_lazy("words, at most"), _cap),
    "options": (gettext_lazy("options"), _options),
    "kinds": (gettext_lazy("asked of these kinds"), _of("kinds")),
    "formats": (gettext_lazy("asked in these formats"), _of("formats")),
    "is_required": (gettext_lazy("must be answered"), _yes),
    "visible": (gettext_lazy("seen by"), _word(rule_words.SEERS)),
    "changes_until": (gettext_lazy("may be changed until"), _day),
}


def details(
    old: Kind | Field, new: Kind | Field, words: dict[str, str], *, before: Rules, after: Rules, language: str
) -> Iterator[str]:
    """Say what changed beside names: every part with what it says now and said before."""
    for part, (label, said) in (_KIND if isinstance(new, Kind) else _FIELD).items():
        was, now = getattr(old, part), getattr(new, part)
        if was != now:
            values = {"part": label, "new": said(now, after, language), "old": said(was, before, language)}
            yield _("%(kind)s “%(name)s”, %(part)s: %(new)s instead of %(old)s.") % {**words, **values}
    texts = "words" if isinstance(new, Kind) else "helps"
    if dict(getattr(old, texts)) != dict(getattr(new, texts)):
        if isinstance(new, Kind):
            yield _("%(kind)s “%(name)s”: the word for what one proposes is another.") % words
        else:
            yield _("%(kind)s “%(name)s”: the help is another.") % words

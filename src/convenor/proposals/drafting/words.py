"""What lacks in a proposal, in sentences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.proposals.drafting.asking import Ask
from convenor.proposals.drafting.completing import Lack, Meter, Missed

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A rule that is not kept: where it is mended, what is wrong."""

    code: str
    sentence: str
    stops: bool


def lines_of(meter: Meter, asks: Mapping[str, Ask], names: Mapping[int, str]) -> list[Line]:
    """Say every rule that is not kept, what stops first; `names` are those of contributors by their keys."""
    missed = sorted(meter.missed, key=lambda one: not one.stops)
    return list(_lines(missed, asks, names))


def _lines(missed: Sequence[Missed], asks: Mapping[str, Ask], names: Mapping[int, str]) -> Iterator[Line]:
    for one in missed:
        ask = asks.get(one.code)
        values = {
            **one.values,
            "field": ask.label if ask else one.code,
            "name": names.get(one.values.get("key", 0), ""),
        }
        code = "people" if ask is None or ask.is_people else one.code
        yield Line(code, _SENTENCES[one.lack](values), one.stops)


def _missing(values: Values) -> str:
    return _("%(field)s: this is not there yet.") % values


def _too_long(values: Values) -> str:
    return _("%(field)s: %(n)s words, and at most %(most)s are taken. Shorten it.") % values


def _not_offered(values: Values) -> str:
    return _("%(field)s: what is chosen does not fit the format, or is no longer offered. Choose again.") % values


def _too_few(values: Values) -> str:
    return (
        ngettext(
            "%(field)s: %(n)s is named, and the rules ask for at least %(least)s.",
            "%(field)s: %(n)s are named, and the rules ask for at least %(least)s.",
            values["n"],
        )
        % values
    )


def _too_many(values: Values) -> str:
    return _("%(field)s: %(n)s are named, and the rules allow %(most)s.") % values


def _cap(values: Values) -> str:
    return (
        _(
            "“%(name)s” would speak in %(n)s sessions with this one, and the rules allow %(cap)s: it will be noted at "
            "screening."
        )
        % values
    )


def _on_site(values: Values) -> str:
    return (
        _(
            "On site are %(speakers)s speakers and %(moderators)s moderators; screening asks for two speakers and a "
            "moderator."
        )
        % values
    )


_SENTENCES: Mapping[Lack, Callable[[Values], str]] = {
    Lack.MISSING: _missing,
    Lack.TOO_LONG: _too_long,
    Lack.NOT_OFFERED: _not_offered,
    Lack.TOO_FEW: _too_few,
    Lack.TOO_MANY: _too_many,
    Lack.SPEAKER_CAP: _cap,
    Lack.ON_SITE: _on_site,
}

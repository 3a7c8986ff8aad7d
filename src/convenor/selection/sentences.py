"""Rules, reasons and changes in words. The data they are made from: see `selection.compute`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.cycle.rules import Rules

Data = Mapping[str, Any]
KINDS = {"theme": "themes", "region": "regions", "group": "groups", "format": "formats"}


class Words:
    """Writes sentences in one language with the names of one rule set."""

    def __init__(self, rules: Rules, language: str) -> None:
        self.rules, self.language = rules, language

    def name(self, dimension: str, value: str) -> str:
        """Name a class of a dimension."""
        return self.rules.named(KINDS[dimension], value, self.language) if dimension in KINDS else value

    def rule(self, data: Data) -> str:
        """Say a rule, ready to stand in a sentence."""
        return RULES[data["kind"]](self, data)

    def rules_in_words(self, rules: Sequence[Data]) -> str:
        """Say several rules, joined."""
        return "; ".join(self.rule(one) for one in rules)

    def reason(self, code: str, score: float, values: Data) -> str:
        """Say why a proposal is in or out."""
        return REASONS[code] % {
            "score": number(score), "line": number(values["line"]), "other": values["other"],
            "other_score": number(values["other_score"]), "rules": self.rules_in_words(values["rules"]),
        }

    def change(self, data: Data) -> str:
        """Say one change that would bring a proposal in, and who would leave for it."""
        quota = data["quota"]
        name = self.name(quota["dimension"], quota["value"]) if quota else ""
        words = CHANGES[data["step"]] % {"to": data["to"], "name": name, "other": data["other"]}
        leaves = ", ".join(map(str, data["leaves"]))
        if not leaves:
            return words
        return _("%(change)s It enters, %(leaves)s leaves.") % {"change": words, "leaves": leaves}

    def clash(self, conflict: Data) -> list[str]:
        """Say which rules cannot hold together, with the figures that show it."""
        lines = []
        for one in conflict["counts"]:
            words = self.rule(one["rule"])
            kind = one["rule"]["kind"]
            if kind == "least":
                lines.append(ngettext(
                    "%(rule)s: %(available)s could be chosen.", "%(rule)s: %(available)s could be chosen.", one["available"]
                ) % {"rule": capital(words), "available": one["available"]})
            else:
                lines.append(_("%(rule)s.") % {"rule": capital(words)})
        return lines + [self.sum(one, conflict) for one in conflict["sums"]]

    def sum(self, sums: Data, conflict: Data) -> str:
        """Say what the minima or maxima of one dimension add up to."""
        dimension = DIMENSIONS[sums["dimension"]]()
        if sums["least"] is not None:
            return _("Together the minima by %(dimension)s ask for %(sum)s.") % {"dimension": dimension, "sum": sums["least"]}
        return _("Together the maxima by %(dimension)s leave room for %(sum)s.") % {"dimension": dimension, "sum": sums["most"]}


def capital(words: str) -> str:
    """Begin a sentence."""
    return words[:1].upper() + words[1:]


def number(value: float | None) -> str:
    """Write a score."""
    return "–" if value is None else str(localize(round(value, 2)))


DIMENSIONS: dict[str, Callable[[], str]] = {
    "theme": lambda: _("theme"), "region": lambda: _("region"), "group": lambda: _("stakeholder group"),
    "format": lambda: _("format"),
}
RULES: dict[str, Callable[[Words, Data], str]] = {
    "places": lambda words, data: _("there are %(count)s places") % {"count": data["count"]},
    "least": lambda words, data: _("at least %(count)s from “%(name)s” are wanted")
    % {"count": data["count"], "name": words.name(data["dimension"], data["value"])},
    "most": lambda words, data: _("at most %(count)s from “%(name)s” are allowed")
    % {"count": data["count"], "name": words.name(data["dimension"], data["value"])},
    "required": lambda words, data: _("proposal %(number)s is required") % {"number": data["candidate"]},
    "barred": lambda words, data: _("proposal %(number)s is barred") % {"number": data["candidate"]},
    "apart": lambda words, data: _("only one of %(one)s and %(other)s may be in") % {"one": data["one"], "other": data["other"]},
}


class _Table(dict[str, Callable[[], str]]):
    """Sentences by code, translated when asked for."""

    def __getitem__(self, code: str) -> Any:
        return dict.__getitem__(self, code)()


REASONS = _Table(
    in_required=lambda: _("In: the committee required it."),
    in_by_score=lambda: _("In by its score of %(score)s; the line stands at %(line)s."),
    in_by_lot=lambda: _("In by lot: it shares the score of the line, %(line)s, with %(other)s, which is out."),
    in_for_quota=lambda: _("In because %(rules)s; otherwise %(other)s, with %(other_score)s, would have its place."),
    out_below_line=lambda: _("Out: its score of %(score)s is below the line at %(line)s."),
    out_by_lot=lambda: _("Out by lot: it shares the score of the line, %(line)s, with %(other)s, which is in."),
    out_for_quota=lambda: _("Out: %(rules)s, which keeps %(other)s in with %(other_score)s."),
    out_quota_full=lambda: _("Out: %(rules)s; %(other)s has the last of these places with %(other_score)s."),
    out_apart=lambda: _("Out: %(rules)s, and %(other)s is in with %(other_score)s."),
    out_barred=lambda: _("Out: the committee barred it."),
    out_no_open_place=lambda: _("Out: the places it could take are required or kept by minima: %(rules)s."),
    out_not_proven=lambda: _("Out, but %(other)s could give way to it: the search was stopped before its end."),
)
CHANGES = _Table(
    more_places=lambda: _("%(to)s places."),
    least_raised=lambda: _("At least %(to)s from “%(name)s”."),
    least_lowered=lambda: _("A minimum of only %(to)s from “%(name)s”."),
    most_raised=lambda: _("Room for %(to)s from “%(name)s”."),
    required=lambda: _("The committee requires it."),
    bar_lifted=lambda: _("The committee lifts its bar."),
    pair_lifted=lambda: _("It need not be kept apart from %(other)s."),
)

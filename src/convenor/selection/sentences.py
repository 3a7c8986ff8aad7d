"""Rules, reasons and changes in words. The data they are made from: see `selection.data`."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from convenor.cycle.rules import Rules
from convenor.shared.languages.lists import listed

Data = Mapping[str, Any]
KINDS = {"theme": "themes", "region": "regions", "group": "groups", "format": "formats"}
ENOUGH_TO_ADD = 2  # minima or maxima of one dimension: one alone needs no sum


class Words:
    """Writes sentences in one language with the names of one rule set, for a reader who may not see `hidden` fields."""

    def __init__(self, rules: Rules, language: str, hidden: Collection[str] = ()) -> None:
        self.rules, self.language, self.hidden = rules, language, hidden

    def name(self, dimension: str, value: str) -> str:
        """Name a class of a dimension, unless its reader may not see of what class a proposal is."""
        if dimension in self.hidden:
            return pgettext("a region or stakeholder group", "not shown to you")
        return self.rules.named(KINDS[dimension], value, self.language) if dimension in KINDS else value

    def rule(self, data: Data) -> str:
        """Say a rule, ready to stand in a sentence."""
        return RULES[data["kind"]](self, data)

    def rules_in_words(self, rules: Sequence[Data]) -> str:
        """Say several rules, joined."""
        return "; ".join(self.rule(one) for one in rules)

    def reason(self, code: str, score: float, values: Data) -> str:
        """Say why a proposal is in or out."""
        if code == "out_no_open_place" and not values["rules"]:
            code = "out_no_place_at_all"
        return REASONS[code]() % {
            "score": number(score),
            "line": number(values["line"]),
            "other": values["other"],
            "other_score": number(values["other_score"]),
            "rules": self.rules_in_words(values["rules"]),
        }

    def change(self, data: Data) -> str:
        """Say one change that would bring a proposal in, and what else would move."""
        quota = data["quota"]
        name = self.name(quota["dimension"], quota["value"]) if quota else ""
        words = [CHANGES[data["step"]](data["to"] or 0) % {"to": data["to"], "name": name, "other": data["other"]}]
        if data["enters"]:
            enter = ngettext("%(numbers)s enters as well.", "%(numbers)s enter as well.", len(data["enters"]))
            words.append(enter % {"numbers": joined(data["enters"])})
        if data["leaves"]:
            leave = ngettext("%(numbers)s leaves.", "%(numbers)s leave.", len(data["leaves"]))
            words.append(leave % {"numbers": joined(data["leaves"])})
        return " ".join(words)

    def clash(self, conflict: Data) -> list[str]:
        """Say which rules cannot hold together, with the figures that show it."""
        rules = [one["rule"] for one in conflict["counts"]]
        lines = [self._counted(one) for one in conflict["counts"]]
        for sums in conflict["sums"]:
            dimension = DIMENSIONS[sums["dimension"]]() if sums["dimension"] in DIMENSIONS else sums["dimension"]
            if _many(rules, "least", sums["dimension"]):
                words = _("Together the minima by %(dimension)s ask for %(sum)s.")
                lines.append(words % {"dimension": dimension, "sum": sums["least"]})
            if _many(rules, "most", sums["dimension"]):
                words = _("Together the maxima by %(dimension)s leave room for %(sum)s.")
                lines.append(words % {"dimension": dimension, "sum": sums["most"]})
        return lines

    def _counted(self, one: Data) -> str:
        words = capital(self.rule(one["rule"]))
        if one["rule"]["kind"] != "least":
            return _("%(rule)s.") % {"rule": words}
        line = ngettext(
            "%(rule)s; %(count)s could be chosen.", "%(rule)s; %(count)s could be chosen.", one["available"]
        )
        return line % {"rule": words, "count": one["available"]}


def _many(rules: Iterable[Data], kind: str, dimension: str) -> bool:
    kinds = [one["kind"] for one in rules if one.get("dimension") == dimension]
    return kinds.count(kind) >= ENOUGH_TO_ADD


def capital(words: str) -> str:
    """Begin a sentence."""
    return words[:1].upper() + words[1:]


def joined(numbers: Iterable[int]) -> str:
    """Write several numbers of proposals."""
    return listed(numbers)


def number(value: float | None) -> str:
    """Write a score with two decimals."""
    return "–" if value is None else number_format(value, 2)


DIMENSIONS: Mapping[str, Callable[[], str]] = {
    "theme": lambda: _("theme"),
    "region": lambda: _("region"),
    "group": lambda: _("stakeholder group"),
    "format": lambda: _("format"),
}


def _at_least(words: Words, data: Data) -> str:
    line = ngettext(
        "at least %(count)s from “%(name)s” is wanted", "at least %(count)s from “%(name)s” are wanted", data["count"]
    )
    return line % {"count": data["count"], "name": words.name(data["dimension"], data["value"])}


def _at_most(words: Words, data: Data) -> str:
    line = ngettext(
        "at most %(count)s from “%(name)s” is allowed", "at most %(count)s from “%(name)s” are allowed", data["count"]
    )
    return line % {"count": data["count"], "name": words.name(data["dimension"], data["value"])}


def _places(words: Words, data: Data) -> str:
    return ngettext("there is %(count)s place", "there are %(count)s places", data["count"]) % {"count": data["count"]}


# By the kind that `selection.data.rule_as_data` gives a rule.
RULES: Mapping[str, Callable[[Words, Data], str]] = {
    "eligible": lambda words, data: _("only proposals that were graded can be chosen"),
    "places": _places,
    "least": _at_least,
    "most": _at_most,
    "required": lambda words, data: _("proposal %(number)s is required") % {"number": data["number"]},
    "barred": lambda words, data: _("proposal %(number)s is barred") % {"number": data["number"]},
    "apart": lambda words, data: (
        _("only one of %(one)s and %(other)s may be in") % {"one": data["one"], "other": data["other"]}
    ),
}
# By the code of `optimise.explain`, translated when asked for.
REASONS: Mapping[str, Callable[[], str]] = {
    "in_required": lambda: _("In: the committee required it."),
    "in_by_score": lambda: _("In by its score of %(score)s; the line stands at %(line)s."),
    "in_by_lot": lambda: _("In by lot: it shares the score of the line, %(line)s, with %(other)s, which is out."),
    "in_for_quota": lambda: _("In because %(rules)s; otherwise %(other)s, with %(other_score)s, would have its place."),
    "out_below_line": lambda: _("Out: its score of %(score)s is below the line at %(line)s."),
    "out_by_lot": lambda: _("Out by lot: it shares the score of the line, %(line)s, with %(other)s, which is in."),
    "out_for_quota": lambda: _("Out: %(rules)s, which keeps %(other)s in with %(other_score)s."),
    "out_quota_full": lambda: _("Out: %(rules)s; %(other)s has the last of these places with %(other_score)s."),
    "out_apart": lambda: _("Out: %(rules)s, and %(other)s is in with %(other_score)s."),
    "out_barred": lambda: _("Out: the committee barred it."),
    "out_no_open_place": lambda: _("Out: the place it could take is kept by rules: %(rules)s."),
    "out_no_place_at_all": lambda: _("Out: every place is required or kept by minima."),
    "out_not_proven": lambda: _("Out, but %(other)s could give way to it: the search was stopped before its end."),
}
# By the step of `optimise.changes`; the number it goes to decides the plural.
CHANGES: Mapping[str, Callable[[int], str]] = {
    "more_places": lambda to: ngettext("%(to)s place.", "%(to)s places.", to),
    "least_raised": lambda to: _("At least %(to)s from “%(name)s”."),
    "least_lowered": lambda to: _("A minimum of only %(to)s from “%(name)s”."),
    "most_raised": lambda to: _("Room for %(to)s from “%(name)s”."),
    "required": lambda to: _("The committee requires it."),
    "bar_lifted": lambda to: _("The committee lifts its bar."),
    "pair_lifted": lambda to: _("It need not be kept apart from %(other)s."),
}

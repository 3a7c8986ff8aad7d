"""The rules of a cycle in plain words, in the reader's language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from convenor.cycle import rule_words
from convenor.cycle.rule_data import DIMENSIONS
from convenor.cycle.rule_shapes import in_language
from convenor.cycle.rules import Criterion, Rules
from convenor.shared.languages.lists import listed

DIMENSION_NAMES: Mapping[str, Promise] = {
    "theme": gettext_lazy("Theme"),
    "region": gettext_lazy("Region"),
    "group": gettext_lazy("Stakeholder group"),
}
TAKEN_NAMES: Mapping[str, Promise] = {
    "open-forum": gettext_lazy("open forums"),
    "coalition": gettext_lazy("dynamic coalitions"),
    "bpf": gettext_lazy("best practice forums"),
    "main": gettext_lazy("main sessions"),
    "ceremony": gettext_lazy("opening and closing"),
}


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """A quota with the names that a table prints."""

    dimension: str
    name: str
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the slot budget: a number and the words under it."""

    number: int
    words: str


def implied(rules: Rules) -> str:
    """Say in one sentence what a rule set implies: criteria, formats, places."""
    return " · ".join((_criteria(rules), _formats(rules), _places(rules)))


def limits(rules: Rules) -> tuple[str, ...]:
    """Say the limits, one sentence each."""
    return tuple(_limits(rules))


def quotas(rules: Rules, language: str) -> list[QuotaRow]:
    """Give the quotas with their names."""
    return [
        QuotaRow(
            str(DIMENSION_NAMES[quota.dimension]),
            rules.named(DIMENSIONS[quota.dimension], quota.value, language),
            quota.least,
            quota.most,
        )
        for quota in rules.quotas
    ]


def taken(rules: Rules) -> list[Term]:
    """Give what the slot budget takes off the grid, in words."""
    return [Term(number, str(TAKEN_NAMES.get(kind, kind))) for kind, number in rules.budget.taken.items()]


def lengths(minutes: Sequence[int]) -> str:
    """Say the lengths of a format."""
    return _("%(lengths)s minutes") % {"lengths": _(" or ").join(str(length) for length in minutes)}


def scale(criterion: Criterion) -> str:
    """Say the scale of a criterion."""
    return _("%(low)s to %(high)s") % {"low": criterion.low, "high": criterion.high}


def _criteria(rules: Rules) -> str:
    first = rules.criteria[0]
    if len(rules.criteria) == 1:
        return _("one overall grade, %(low)s to %(high)s") % {"low": first.low, "high": first.high}
    return _("%(count)s criteria, graded %(low)s to %(high)s") % {
        "count": len(rules.criteria),
        "low": min(criterion.low for criterion in rules.criteria),
        "high": max(criterion.high for criterion in rules.criteria),
    }


def _formats(rules: Rules) -> str:
    lengths = [length for one in rules.formats for length in one.minutes]
    words = ngettext(
        "%(count)s format of %(least)s to %(most)s minutes",
        "%(count)s formats of %(least)s to %(most)s minutes",
        len(rules.formats),
    )
    return words % {"count": len(rules.formats), "least": min(lengths), "most": max(lengths)}


def _places(rules: Rules) -> str:
    words = ngettext(
        "%(places)s place, %(by_score)s by score", "%(places)s places, %(by_score)s by score", rules.budget.places
    )
    return words % {"places": rules.budget.places, "by_score": rules.budget.by_score}


def _limits(rules: Rules) -> Iterator[str]:
    words = ngettext(
        "A description has at most %(n)s word.", "A description has at most %(n)s words.", rules.description_words
    )
    yield words % {"n": rules.description_words}
    words = ngettext(
        "A proposal names at least %(n)s speaker who has said yes for now.",
        "A proposal names at least %(n)s speakers who have said yes for now.",
        rules.least_speakers,
    )
    yield words % {"n": rules.least_speakers}
    words = ngettext(
        "A proposal names at most %(n)s speaker.", "A proposal names at most %(n)s speakers.", rules.most_speakers
    )
    yield words % {"n": rules.most_speakers}
    words = ngettext(
        "A person hands in at most %(n)s proposal.",
        "A person hands in at most %(n)s proposals.",
        rules.proposals_per_person,
    )
    yield words % {"n": rules.proposals_per_person}
    words = ngettext(
        "An organisation hands in at most %(n)s proposal.",
        "An organisation hands in at most %(n)s proposals.",
        rules.proposals_per_organisation,
    )
    yield words % {"n": rules.proposals_per_organisation}
    yield from _further_limits(rules)


def _further_limits(rules: Rules) -> Iterator[str]:
    words = ngettext(
        "Nobody speaks in more than %(n)s session.",
        "Nobody speaks in more than %(n)s sessions.",
        rules.sessions_per_speaker,
    )
    yield words % {"n": rules.sessions_per_speaker}
    words = ngettext(
        "Each proposal is read by %(n)s member of the committee.",
        "Each proposal is read by %(n)s members of the committee.",
        rules.evaluations_per_proposal,
    )
    yield words % {"n": rules.evaluations_per_proposal}
    if rules.grace_minutes:
        words = ngettext(
            "What comes within %(n)s minute after a deadline is taken, and marked late.",
            "What comes within %(n)s minutes after a deadline is taken, and marked late.",
            rules.grace_minutes,
        )
        yield words % {"n": rules.grace_minutes}


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what is said of it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Life:
    """What the rules say of a proposal from its first draft to its report."""

    screening: list[Line]
    required: list[Line]
    statuses: list[Line]
    seen: list[Line]
    grading: list[str]
    reports: str
    template: str


def life(rules: Rules, language: str) -> Life:
    """Say screening, required fields, what can become of a proposal, who sees what, and reports."""
    word = rule_words.word
    formats = {one.code: one.name(language) for one in rules.formats}
    required = [
        Line(
            formats.get(code, str(rule_words.EVERY_FORMAT)),
            listed(word(rule_words.FIELDS, field) for field in fields),
        )
        for code, fields in rules.required.items()
        if fields
    ]
    fields_by_seer = {
        seer: [word(rule_words.FIELDS, field) for field, by in rules.visibility.items() if by == seer]
        for seer in rule_words.SEERS
    }
    return Life(
        screening=[Line(one.name(language), word(rule_words.CHECKS, one.check)) for one in rules.screening],
        required=required,
        statuses=[Line(one.name(language), word(rule_words.OUTCOMES, one.outcome)) for one in rules.statuses],
        seen=[Line(word(rule_words.SEERS, seer), listed(names)) for seer, names in fields_by_seer.items() if names],
        grading=[*_grading(rules), *_adoption(rules)],
        reports=ngettext(
            "A report is due %(n)s day after its session.",
            "A report is due %(n)s days after its session.",
            rules.reports.days,
        )
        % {"n": rules.reports.days},
        template=in_language(rules.reports.template, language),
    )


def _adoption(rules: Rules) -> Iterator[str]:
    if rules.adoption.before_results:
        yield _("Results wait for a meeting to adopt the rules.")
    if rules.adoption.before_selection:
        yield _("The selection waits for a meeting to adopt the rules.")


def _grading(rules: Rules) -> Iterator[str]:
    if rules.grading.reason_at_most is not None:
        yield _("A grade of %(grade)s or less asks for a reason.") % {"grade": rules.grading.reason_at_most}
    if rules.grading.may_ask_merger:
        yield _("Members may ask for a merger.")

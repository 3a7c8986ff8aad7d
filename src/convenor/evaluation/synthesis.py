"""The worker's part: the synthesis of the evaluation as spreadsheet, text and PDF. No page may import it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.template.defaultfilters import floatformat
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.cycle.rules import Rules
from convenor.evaluation.above import above_the_line
from convenor.evaluation.models import Ranking, Result
from convenor.evaluation.results import Look, Results, ends_of
from convenor.evaluation.shelves import SYNTHESIS, synthesis_title
from convenor.people.roles import Role
from convenor.proposals.finding import Filters
from convenor.shared.charts import Estimate, draw_balance, draw_intervals
from convenor.shared.documents import (
    Alignment,
    Block,
    Column,
    Direction,
    Document,
    Figure,
    Heading,
    Paragraph,
    Sheet,
    Table,
    Value,
    Workbook,
)
from convenor.shared.documents.making import make
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report
from convenor.shared.languages.days import date_format

T = TypeVar("T")
NEAR = 12  # proposals drawn on either side of the line
HIDEABLE = {-5: "conflicts", -2: "group", -1: "region"}  # columns of both rankings, counted from the last


@dataclass(frozen=True, slots=True)
class Words:
    """Names of codes in the language of the document."""

    rules: Rules
    language: str

    def name(self, kind: str, code: str) -> str:
        """Give the full name, for a spreadsheet."""
        return self.rules.named(kind, code, self.language)

    def short(self, kind: str, code: str) -> str:
        """Give the short name, for a narrow column."""
        return self.rules.short(kind, code, self.language)


def make_synthesis(form: str, values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Make the synthesis of a cycle's newest ranking in a form.

    Raises:
        Refused: nothing is computed yet, or there is more than the form holds.
    """
    cycle = Cycle.objects.select_related("forum", "rule_set").get(pk=values["cycle"])
    ranking = cycle.rankings.first()
    if ranking is None:
        raise Refused(
            _("No synthesis was made: the results of %(cycle)s are not computed yet. Compute them, and ask again.")
            % {"cycle": cycle}
        )
    report(None, _("Writing the document."))
    results = Results(cycle, ranking, Look(Filters(), shows_all=True))
    made = workbook(results, at=at) if form == "xlsx" else document(results, at=at)
    return make(made, form, kind=SYNTHESIS, scope=cycle.scope, subject=cycle.pk, version=ranking.pk, at=at)


make_pdf = partial(make_synthesis, "pdf")
make_docx = partial(make_synthesis, "docx")
make_xlsx = partial(make_synthesis, "xlsx")


def workbook(results: Results, *, at: datetime) -> Workbook:
    """Give every result as typed values, and what the ranking says of itself on a second sheet."""
    columns = (
        Column(_("Rank"), 7), Column(_("Rank shared with"), 9), Column(_("Above the line"), 9),
        Column(_("In the noise band"), 9),
        Column(_("Number"), 9), Column(_("Title"), 60), Column(_("Calibrated"), 11, "0.000"), Column("±", 8, "0.000"),
        Column(_("Lowest"), 9, "0.000"), Column(_("Highest"), 9, "0.000"), Column(_("Is in"), 8, "0.0%"),
        Column(_("Evaluations"), 11), Column(_("Mean"), 8, "0.000"), Column(_("Rank by mean"), 9),
        Column(_("Mean shared with"), 9), Column(_("Standard deviation"), 10, "0.000"), Column(_("Blank"), 8),
        Column(_("Conflicts"), 9), Column(_("Theme"), 28), Column(_("Format"), 22), Column(_("Stakeholder group"), 24),
        Column(_("Region"), 26),
    )  # fmt: skip
    words = Words(results.cycle.rules, _language())
    rows = tuple(_shown(_values(results, one, words), words.rules) for one in results.everything)
    about = Sheet(_("About"), (Column(_("What"), 40), Column(_("Value"), 24)), _about(results.ranking, words.rules))
    return Workbook(
        title=f"{synthesis_title()}, {results.cycle}",
        language=_language(),
        at=at,
        direction=_direction(),
        author=str(results.cycle.forum),
        subject=_computed(results.ranking),
        sheets=(Sheet(_("Ranking"), _shown(columns, words.rules), rows), about),
    )


def _shown(cells: Sequence[T], rules: Rules) -> tuple[T, ...]:
    """Leave out the columns that the rule set hides from members.

    One document is for all who may see the results, so it says what the least of them may see.
    """
    hidden = _hidden(rules)
    return tuple(cell for at, cell in enumerate(cells, start=-len(cells)) if HIDEABLE.get(at) not in hidden)


def _hidden(rules: Rules) -> frozenset[str]:
    return frozenset(field for field in rules.visibility if not rules.visible(field, {Role.MEMBER}))


def _values(results: Results, one: Result, words: Words) -> tuple[Value, ...]:
    proposal, organisation = one.proposal, one.proposal.organisation
    low, high = ends_of(one) or (None, None)
    graded = one.n > 0
    yes, no = _("yes"), _("no")
    return (
        one.calibrated_rank if graded else None,
        results.sharing[one.calibrated_rank] - 1 if graded else None,
        yes if graded and one.calibrated_rank <= results.ranking.line else no,
        yes if results.is_undecided(one) else no,
        proposal.number,
        proposal.title,
        one.calibrated,
        one.half_width,
        low if one.half_width is not None else None,
        high if one.half_width is not None else None,
        one.chance_in if graded else None,
        one.n,
        one.mean,
        one.rank if graded else None,
        one.tied_with if graded else None,
        one.sd,
        one.blanks,
        one.conflicts,
        words.name("themes", proposal.theme),
        words.name("formats", proposal.format),
        words.name("groups", organisation.group),
        words.name("regions", organisation.region),
    )


def _about(ranking: Ranking, rules: Rules) -> tuple[tuple[str, Value], ...]:
    shows_conflicts = "conflicts" not in _hidden(rules)
    figures, band = ranking.figures, ranking.figures["band"]
    return (
        (_("Computed on (UTC)"), ranking.computed_at),
        (_("Places filled by score"), ranking.line),
        (_("Evaluations"), figures["evaluations"]),
        (_("Members"), figures["members"]),
        (_("Abstentions"), figures["abstentions"]),
        (_("Blanks"), figures["blanks"]),
        *([(_("Conflicts"), figures["conflicts"])] if shows_conflicts else []),
        (_("General mean"), figures["mean"]),
        (_("Spread of quality (standard deviation)"), figures["sd_quality"]),
        (_("Spread of severity (standard deviation)"), figures["sd_severity"]),
        (_("Spread of noise (standard deviation)"), figures["sd_noise"]),
        (_("Noise band, lowest score"), band["lowest"]),
        (_("Noise band, highest score"), band["highest"]),
        (_("Undecided by their grades"), band["undecided"]),
        (_("Would change places, if other members had read"), figures["expected_changes"]),
        (_("Seed of the redraws"), ranking.seed),
    )


def document(results: Results, *, at: datetime) -> Document:
    """Give the synthesis to read: the finding, the line in figures, who stands above it, and the whole ranking."""
    blocks: list[Block] = [Paragraph.of(_finding(results)), Paragraph.of(_computed(results.ranking))]
    if (chart := _chart(results)) is not None:
        blocks += [Heading(_("What the grades can tell near the line")), chart]
    blocks += [Heading(_("Ranking")), Paragraph.of(_legend()), _ranking(results)]
    if results.last_above:
        blocks.append(Heading(_("Who is above the line at %(line)s") % {"line": results.ranking.line}))
        blocks += [
            draw_balance(one) for one in above_the_line(results, _language(), hidden=_hidden(results.cycle.rules))
        ]
    return Document(
        title=f"{synthesis_title()}, {results.cycle}",
        language=_language(),
        direction=_direction(),
        at=at,
        author=str(results.cycle.forum),
        subject=_computed(results.ranking),
        is_landscape=True,
        blocks=tuple(blocks),
    )


def _finding(results: Results) -> str:
    figures, band = results.ranking.figures, results.band
    counted = _("%(proposals)s proposals, %(evaluations)s evaluations by %(members)s members.") % {
        "proposals": len(results.everything),
        "evaluations": figures["evaluations"],
        "members": figures["members"],
    }
    if band["line"] is None:
        return counted
    decided = _(
        "At %(line)s places the grades decide %(in)s proposals in and %(out)s out; %(undecided)s are for the committee."
    ) % {
        "line": results.ranking.line,
        "in": band["clearly_in"],
        "out": band["clearly_out"],
        "undecided": band["undecided"],
    }
    return f"{counted} {decided}"


def _computed(ranking: Ranking) -> str:
    return _("Computed on %(day)s.") % {"day": date_format(ranking.computed_at, "DATE_FORMAT")}


def _legend() -> str:
    return _(
        "“=”: shared with others, never cut by the machine. “*”: the interval holds the line. “Is in”: share of 10,000 "
        "redraws of the readers in which the proposal stands above the line. A blank is no grade, never a zero."
    )


def _chart(results: Results) -> Figure | None:
    line = results.band["line"]
    if line is None:
        return None
    near = results.everything[max(results.last_above - NEAR, 0) : results.last_above + NEAR]
    estimates = [
        Estimate(f"{one.calibrated_rank}. {one.proposal.title}", *ends_around(one)) for one in near if one.n > 0
    ]
    return draw_intervals(_("Calibrated scores around the line with their 90 % intervals"), estimates, line)


def ends_around(one: Result) -> tuple[float, float, float]:
    """Give a graded result's lowest, middle and highest value."""
    low, high = ends_of(one)
    return low, (low + high) / 2, high


def _ranking(results: Results) -> Table:
    header = (
        _("Rank"), _("No."), _("Title"), _("Calibrated"), _("90 % interval"), _("Is in"), _("n"), _("Mean"),
        _("Its rank"), _("sd"), _("Blank"), _("Confl."), _("Theme"), _("Format"), _("Group"), _("Region"),
    )  # fmt: skip
    words = Words(results.cycle.rules, _language())
    numbers: tuple[Alignment, ...] = ("end", "end", "start", *("end",) * 9, *("start",) * 4)
    rows = tuple(_shown(_cells(results, one, words), words.rules) for one in results.everything)
    sides = _shown(numbers, words.rules)
    return Table(_shown(header, words.rules), rows, _("Proposals with their scores"), sides)


def _cells(results: Results, one: Result, words: Words) -> Sequence[str]:
    proposal, organisation = one.proposal, one.proposal.organisation
    tied, tied_mean = results.sharing[one.calibrated_rank] > 1, one.tied_with > 0
    low, high = ends_of(one) or (None, None)
    is_known = one.half_width is not None
    return (
        f"{'= ' if tied else ''}{one.calibrated_rank}{'*' if results.is_undecided(one) else ''}" if one.n else "–",
        str(proposal.number),
        proposal.title,
        _number(one.calibrated),
        f"{_number(low)}–{_number(high)}" if is_known else "–",
        f"{floatformat(100 * one.chance_in, 0)} %" if one.n else "–",
        str(one.n),
        _number(one.mean, 3),
        f"{'= ' if tied_mean else ''}{one.rank}" if one.n else "–",
        _number(one.sd),
        str(one.blanks),
        str(one.conflicts),
        words.short("themes", proposal.theme),
        words.short("formats", proposal.format),
        words.short("groups", organisation.group),
        words.short("regions", organisation.region),
    )


def _number(value: float | None, decimals: int = 2) -> str:
    return "–" if value is None else str(floatformat(value, decimals))


def _language() -> str:
    return get_language() or "en"


def _direction() -> Direction:
    return "rtl" if get_language_bidi() else "ltr"

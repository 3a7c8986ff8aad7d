"""The worker's part: the template as a spreadsheet, with drop-down lists and a sheet that says the rules."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.proposals.importing.helps import column_helps, format_lengths
from convenor.proposals.importing.shelves import TEMPLATE, template_title
from convenor.shared.documents import Column, Sheet, Workbook
from convenor.shared.documents.making import make
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report

_WIDE = ("title", "summary", "issue", "policy-questions", "session-agenda", "speakers")


def make_xlsx(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Make the template of a year.

    Raises:
        Refused: the year is gone.
    """
    cycle = Cycle.objects.select_related("forum", "rule_set").filter(pk=values["cycle"]).first()
    if cycle is None:
        raise Refused(_("No template was made: the year is no longer here."))
    report(None, _("Writing the document."))
    return make(
        template_of(cycle, at=at),
        "xlsx",
        kind=TEMPLATE,
        scope=cycle.scope,
        subject=cycle.pk,
        version=cycle.rule_set_id,
        at=at,
    )


def template_of(cycle: Cycle, *, at: datetime) -> Workbook:
    """Give an empty sheet of proposals and one that says what goes in, in the reader's language."""
    rules, helps = cycle.rules, list(column_helps(cycle.rules))
    columns = tuple(Column(one.name, width=44 if one.code in _WIDE else 22, choices=one.choices) for one in helps)
    said = [(one.name, one.help, _("yes") if one.is_required else _("no"), one.choices_listed) for one in helps] + [
        (_("Lengths of a format"), name, "", lengths) for name, lengths in format_lengths(rules)
    ]
    told = (
        Column(_("Column"), 28),
        Column(_("What goes in"), 60),
        Column(_("Must be there"), 14),
        Column(_("Choices"), 80),
    )
    return Workbook(
        title=f"{template_title()} {cycle.name}",
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
        at=at,
        author=f"{cycle.forum}, {cycle}",
        sheets=(Sheet(_("Proposals"), columns, ()), Sheet(_("What goes in"), told, tuple(said))),
    )

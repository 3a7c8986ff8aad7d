"""Where the template of a year waits to be fetched."""

from django.urls import reverse
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.shared.documents.shelf import Shelf

TEMPLATE = "proposals.import-template"


def template_title() -> str:
    """Name the template."""
    return _("Template for proposals")


def template_shelf(cycle: Cycle) -> Shelf:
    """Give the shelf of the template; other rules make what stands there old."""
    return Shelf(
        kind=TEMPLATE,
        scope=cycle.scope,
        subject=cycle.pk,
        version=cycle.rule_set_id,
        is_settled=False,
        title=template_title(),
        tasks={"xlsx": "convenor.proposals.importing.template.make_xlsx"},
        values={"cycle": cycle.pk},
        page=reverse("proposals:import-template", args=cycle.address),
        back=reverse("proposals:imports", args=cycle.address),
    )

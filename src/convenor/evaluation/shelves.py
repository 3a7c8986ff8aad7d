"""Where the documents about the evaluation wait to be fetched."""

from django.urls import reverse
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.evaluation.models import Ranking
from convenor.shared.documents.shelf import Shelf

SYNTHESIS = "evaluation.synthesis"
FORMS = ("xlsx", "docx", "pdf")


def synthesis_title() -> str:
    """Name the synthesis."""
    return _("Synthesis of the evaluation")


def synthesis_shelf(cycle: Cycle) -> Shelf:
    """Give the shelf of the synthesis; a newer ranking makes what stands there old."""
    newest: Ranking | None = cycle.rankings.only("pk").first()
    return Shelf(
        kind=SYNTHESIS,
        scope=cycle.scope,
        subject=cycle.pk,
        version=newest.pk if newest else 0,
        title=synthesis_title(),
        tasks={form: f"convenor.evaluation.synthesis.make_{form}" for form in FORMS},
        values={"cycle": cycle.pk},
        page=reverse("evaluation:documents", args=cycle.address),
        back=reverse("evaluation:results", args=cycle.address),
    )

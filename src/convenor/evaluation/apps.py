"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Evaluation(AppConfig):
    """The part named `evaluation`."""

    name = "convenor.evaluation"

    def ready(self) -> None:
        """Say which page the agenda's items about this part lead to, and what the year's page may tell."""
        from convenor.cycle import consequences, home, places, rules_in_use  # noqa: PLC0415 - models load only now
        from convenor.evaluation import privacy, rules_use  # noqa: PLC0415 - models load only now
        from convenor.evaluation.home import facts, offers  # noqa: PLC0415
        from convenor.shared.jobs import titles  # noqa: PLC0415

        home.FACTS.append(facts)
        home.OFFERS.append(offers)
        places.register(
            "evaluation", "evaluation:results", _("Results of the evaluation"), phase="evaluation", content="rankings"
        )
        rules_in_use.USERS.append(rules_use.uses)
        consequences.CHECKS.append(rules_use.changed)
        privacy.register_all()
        titles.register("convenor.evaluation.compute.compute_results", _("Results of the evaluation"))
        for form in ("pdf", "docx", "xlsx"):
            titles.register(f"convenor.evaluation.synthesis.make_{form}", _("Document: synthesis of the evaluation"))

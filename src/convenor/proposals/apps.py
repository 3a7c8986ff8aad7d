"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Proposals(AppConfig):
    """The part named `proposals`."""

    name = "convenor.proposals"

    def ready(self) -> None:
        """Say who is a proposer, where the journal's subjects are found, and what the year's page may tell."""
        from convenor.cycle import access, consequences, home, members, places, rules_in_use  # noqa: PLC0415 - models load only now
        from convenor.proposals import privacy, rules_use  # noqa: PLC0415 - models load only now
        from convenor.proposals.finding import id_of, numbered  # noqa: PLC0415
        from convenor.proposals.home import contributors, facts, offers, owners, proposer  # noqa: PLC0415
        from convenor.proposals.models import Proposal  # noqa: PLC0415
        from convenor.shared import references  # noqa: PLC0415
        from convenor.shared.jobs import titles  # noqa: PLC0415

        access.FOLLOWING.append(proposer)
        members.APPEARANCES += [("proposer", owners), ("speakers", contributors)]
        references.register("proposals.proposal", references.by_model(Proposal, "cycle__forum"))
        references.register_numbered("proposals.proposal", numbered)
        references.register_id("proposals.proposal", _("Proposal"), id_of)
        home.FACTS.append(facts)
        home.OFFERS.append(offers)
        places.register("proposals", "proposals:list", _("Proposals"), phase="call", content="proposals")
        rules_in_use.USERS.append(rules_use.uses)
        consequences.CHECKS.append(rules_use.changed)
        privacy.register_all()
        titles.register("convenor.proposals.importing.jobs.read", _("Reading a file of proposals"))
        titles.register("convenor.proposals.importing.jobs.write", _("Taking proposals over from a file"))
        titles.register("convenor.proposals.importing.template.make_xlsx", _("Document: template for proposals"))

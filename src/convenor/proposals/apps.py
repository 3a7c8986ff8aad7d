"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Proposals(AppConfig):
    """The part named `proposals`."""

    name = "convenor.proposals"

    def ready(self) -> None:
        """Say who is a proposer, where the journal's subjects are found, and what the year's page may tell."""
        from convenor.cycle import access, closing, consequences, home, members, places, rules_in_use  # noqa: PLC0415 - models load only now
        from convenor.proposals import call_home, call_letters, call_privacy, privacy, rules_use  # noqa: PLC0415 - models load only now
        from convenor.proposals.contributing import asking  # noqa: PLC0415 - as above
        from convenor.proposals.contributing import letters as questions  # noqa: PLC0415 - as above
        from convenor.proposals.contributing.home import offers as parts_that_wait  # noqa: PLC0415 - as above
        from convenor.proposals.drafting import letters  # noqa: PLC0415
        from convenor.proposals.drafting.sending import HANDED_IN  # noqa: PLC0415
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
        home.OFFERS += [offers, parts_that_wait]
        places.register("proposals", "proposals:list", _("Proposals"), phase="call", content="proposals")
        rules_in_use.USERS.append(rules_use.uses)
        consequences.CHECKS.append(rules_use.changed)
        privacy.register_all()
        letters.register_kinds()
        call_privacy.register_all()
        call_letters.register()
        questions.register_kinds()
        asking.register_schedule()
        HANDED_IN.append(asking.when_handed_in)
        closing.MOVED.append(call_letters.phase_moved)
        home.OFFERS.append(call_home.offers)
        home.DATES.append(call_home.dates)
        home.DOCUMENTS.append(call_home.documents)
        titles.register("convenor.proposals.importing.jobs.read", _("Reading a file of proposals"))
        titles.register("convenor.proposals.importing.jobs.write", _("Taking proposals over from a file"))
        titles.register("convenor.proposals.importing.template.make_xlsx", _("Document: template for proposals"))
        titles.register("convenor.proposals.contributing.sheet.make_xlsx", _("Document: people named in proposals"))

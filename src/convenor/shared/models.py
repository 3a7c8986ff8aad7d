"""All tables of the shared parts, for Django to find."""

from convenor.shared.jobs.models import Job
from convenor.shared.journal.models import Entry
from convenor.shared.mail.models import Mail

__all__ = ["Entry", "Job", "Mail"]

"""All tables of the shared parts, for Django to find."""

from convenor.shared.documents.models import File
from convenor.shared.jobs.models import Job, JobEffect
from convenor.shared.journal.models import Entry, JournalPayload, Removal
from convenor.shared.languages.models import Confirmation, TranslationChange
from convenor.shared.live.models import Topic
from convenor.shared.mail.models import Batch, Beat, Mail, MailTemplate, Stop

__all__ = [
    "Batch",
    "Beat",
    "Confirmation",
    "Entry",
    "File",
    "Job",
    "JobEffect",
    "JournalPayload",
    "Mail",
    "MailTemplate",
    "Removal",
    "Stop",
    "Topic",
    "TranslationChange",
]

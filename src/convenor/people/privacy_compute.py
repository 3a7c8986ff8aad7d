"""The job that gathers a large download."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.people.models import Person
from convenor.people.privacy_archive import archive, file_name
from convenor.people.privacy_own import ARCHIVE
from convenor.shared.documents.models import File
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report

KEPT_DAYS = 7


def make_archive(values: dict[str, int], *, at: datetime, report: Report) -> str:
    """Gather everything about a person and keep it for some days, for them alone.

    Raises:
        Refused: the person was erased in the meantime.
    """
    person = Person.objects.filter(pk=values["person"], erased_at=None).first()
    if person is None:
        raise Refused(_("Nothing was gathered: there is nothing about this person any more."))
    data = archive(person, at=at, report=report)
    with transaction.atomic():
        if not Person.objects.select_for_update().filter(pk=person.pk, erased_at=None).exists():
            raise Refused(_("Nothing was kept: the person was erased while their data were gathered."))
        File.objects.update_or_create(
            kind=ARCHIVE,
            subject=person.pk,
            form="zip",
            language=get_language() or "en",
            defaults={
                "scope": "",
                "name": file_name(at),
                "data": data,
                "size_bytes": len(data),
                "made_at": at,
                "kept_until": at + timedelta(days=KEPT_DAYS),
            },
        )
    return _("Your data are gathered and wait on the page “My data” for %(days)s days.") % {"days": KEPT_DAYS}

"""What a function is called on the pages of jobs; its owner says so in `apps.ready()`, nothing is imported here."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

TITLES: dict[str, str | Promise] = {}  # dotted path → name, translated when it is read


def register(task: str, title: str | Promise) -> None:
    """Name a function."""
    TITLES[task] = title


def title_of(task: str) -> str:
    """Give the name of a function in the reader's language; one without a name is just a job."""
    return str(TITLES.get(task) or _("Job"))

"""Where the matters of a year are worked on: each domain registers its pages, the agenda leads there.

    places.register("proposals", "proposals:list", _("Proposals"), phase="call", content="proposals")

Matters are named as in `meetings.matters.Matter`, which stands above; a test there checks that every name is known.
A page counts as open once its phase has begun, or once the cycle has rows of `content` (a reverse name of Cycle).
"""

from dataclasses import dataclass

from django.utils.functional import Promise

from convenor.cycle.models import PhaseKind


@dataclass(frozen=True, slots=True)
class Place:
    """A page where a matter is worked on."""

    url_name: str
    title: str | Promise
    phase: PhaseKind
    content: str


PLACES: dict[str, Place] = {}


def register(matter: str, url_name: str, title: str | Promise, *, phase: str, content: str) -> None:
    """Say on which page of a cycle a matter is worked on; called by the page's owner in `apps.ready()`."""
    PLACES[matter] = Place(url_name, title, PhaseKind(phase), content)

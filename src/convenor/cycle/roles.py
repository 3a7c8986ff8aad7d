"""The names of forums and years that roles are held in, for the page of an account."""

from collections.abc import Collection

from convenor.cycle.models import Cycle
from convenor.people.terms import Named, Place


def role_places(wanted: Collection[Place]) -> dict[Place, Named]:
    """Name the wanted places with their pages; a role in all years of a forum leads to its newest."""
    slugs = {place[0] for place in wanted}
    named: dict[Place, Named] = {}
    for cycle in Cycle.objects.filter(forum__slug__in=slugs).select_related("forum").order_by("starts_on"):
        named[cycle.address] = (cycle.name, cycle.get_absolute_url())
        named[cycle.forum.slug, ""] = (cycle.forum.name, cycle.get_absolute_url())
    return {place: name for place, name in named.items() if place in wanted}

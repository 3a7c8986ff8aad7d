"""Addresses of forums and years, made from what people type, refused with a sentence where they cannot be."""

from collections.abc import Collection

from django.utils.text import slugify
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused

# First parts of addresses that belong to the house: a forum of such a name would hide behind them.
RESERVED = frozenset(
    {
        "account",
        "enter",
        "invitation",
        "jobs",
        "language",
        "languages",
        "live",
        "outbox",
        "read",
        "sign-in",
        "start",
        "static",
        "theme",
    }
)
SLUG_LENGTH = 60


def forum_slug(typed: str, name: str, taken: Collection[str]) -> str:
    """Give the address of a forum: the one typed, else one made from its name, else `forum`; numbered when it is taken.

    Raises:
        Refused: the address typed is taken, or the address belongs to the house.
    """
    slug = slugify(typed)[:SLUG_LENGTH].strip("-") or slugify(name)[: SLUG_LENGTH - 4].strip("-") or "forum"
    if slug in RESERVED:
        raise Refused(
            _("“%(slug)s” is an address of the site itself. Choose another short name; what you typed is kept.")
            % {"slug": slug}
        )
    if slug not in taken:
        return slug
    if typed:
        raise Refused(
            _("Another forum here has the short name “%(slug)s”. Choose another one; what you typed is kept.")
            % {"slug": slug}
        )
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def year_slug(year: str, fallback: int) -> str:
    """Give the address of a year: what was typed where it can stand in an address, else the year's number."""
    return slugify(year)[:SLUG_LENGTH].strip("-") or str(fallback)

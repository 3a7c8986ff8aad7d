"""How somebody's parts in a proposal stand, in words."""

from collections.abc import Sequence

from convenor.proposals.contributing.models import ContributorAnswer, Said
from convenor.proposals.models import Contributor
from convenor.shared.languages.lists import listed


def name_of(row: Contributor) -> str:
    """Give the name as the proposal prints it."""
    return row.shown_name


def answer_of(row: Contributor) -> ContributorAnswer | None:
    """Give what somebody said to a part; nobody who was never asked has said anything."""
    return getattr(row, "answer", None)


def said_of(row: Contributor) -> Said:
    """Give where a part stands: what others noted as confirmed counts as confirmed."""
    answer = answer_of(row)
    if answer is not None and answer.said == Said.DECLINED:
        return Said.DECLINED
    return Said.CONFIRMED if row.is_confirmed else Said.OPEN


def parts_in_words(rows: Sequence[Contributor]) -> str:
    """Name parts, one after the other."""
    return listed(row.get_part_display() for row in rows)

"""A value of the form as people read it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from convenor.proposals.drafting.asking import Ask
from convenor.proposals.drafting.merging import Value
from convenor.proposals.drafting.reading import typed


def shown(ask: Ask, value: Value) -> str:
    """Say a value: names for codes, an entry a line for lists, nothing for what is empty."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    codes: Sequence[str] = typed(ask.sort, value)
    names = dict(ask.sort.options)
    return "\n".join(str(names.get(code, code)) for code in codes)

"""Days as each language says them, beyond what one format string can."""

import re
from datetime import date

from django.utils.formats import date_format as _plain
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext, gettext_noop

_DAY = re.compile(r"(?<![\\\w])j(?= [FEMNb]|$)")
# Formats that pages use without marking them; the filter looks every format up.
UNMARKED = (gettext_noop("j M Y"), gettext_noop("j F Y, H:i e"))
FIRST = {"fr": r"j\e\r"}  # 1er juin
BRITISH = {"DATE_FORMAT": "j F Y", "DATETIME_FORMAT": "j F Y, H:i"}  # for English, which Django says as in America


def date_format(value: date, form: str = "DATE_FORMAT") -> str:
    """Say a moment in the reader's language, as Django's function of this name does, with two additions.

    The format itself is looked up in the catalogue ("j F Y" is "Y年n月j日" in Chinese, "j E Y" in Russian, where the
    month stands in the genitive), and the first of a month is an ordinal where the language says it so.
    """
    return _plain(value, format_for(value, form))


def format_for(value: object, form: str) -> str:
    """Give the format that says this value in the reader's language."""
    language = get_language() or "en"
    if language.startswith("en"):
        form = BRITISH.get(form, form)
    resolved = str(get_format(form, language)) if form.isupper() and "_" in form else form
    resolved = gettext(resolved) if resolved else resolved
    first = FIRST.get(language.partition("-")[0])
    if first and getattr(value, "day", 0) == 1:
        resolved = _DAY.sub(lambda _found: first, resolved)
    return resolved

"""What the page frame needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi, get_language_info

from convenor.shared.languages.reading import is_by_machine

THEME_COOKIE = "theme"
DARK_MEDIA = {"dark": "screen", "light": "not all"}


def look(request: HttpRequest) -> dict[str, Any]:
    """Give theme, direction, languages, and the cycle of the address if there is one."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "cycle": getattr(request, "cycle", None),
        "dark_media": DARK_MEDIA.get(theme, "screen and (prefers-color-scheme:dark)"),
        "next_theme": "light" if theme == "dark" else "dark",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": [get_language_info(code) for code in settings.OFFERED_LANGUAGES],
        "is_demo": settings.DEMO,
        "is_by_machine": SimpleLazyObject(lambda: is_by_machine(get_language() or "en")),
    }

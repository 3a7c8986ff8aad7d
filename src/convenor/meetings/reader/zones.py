"""Printed time zones ("UTC", "CEST", "Geneva time"), and one time told in several of them."""

import re

_OFFSET = r"(?:\s?[+−-]\s?\d{1,2}(?::?\d{2})?)"
_WORDS = (
    rf"(?:UTC|GMT){_OFFSET}?|(?:CEST|CET|BST|WEST|WET|EET|EEST|MSK|EST|EDT|CST|CDT|MST|MDT|PST|PDT|EAT|WAT|CAT|SAST|IST|"
    rf"PKT|WIB|JST|KST|HKT|SGT|AEST|AEDT|ACST|NZST|NZDT|BRT|ART|COT){_OFFSET}?|"
    r"(?:Eastern|Central|Mountain|Pacific)(?: Standard| Daylight)? Time|"
    r"(?:Geneva|Paris|Brussels|London|New York|local|Greenwich Mean|Central European)(?: Summer)? [Tt]ime|hora local|"
    r"heure locale|heure de Paris|heure de Genève|Ortszeit|ora locale"
)
_NAME = re.compile(rf"\b(?:{_WORDS})(?!\w)")
_IN_BRACKETS = rf"(?:{_WORDS}|[A-Z]{{2,4}}T{_OFFSET}?|[A-Z][a-z]+ [Tt]ime|[A-Z][a-z]+/[A-Z][A-Za-z_]+)"
ZONE = re.compile(rf"\s*(?:[(\[](?P<inner>{_IN_BRACKETS})[)\]]|\b(?P<bare>{_WORDS})(?!\w))")
_BEFORE = re.compile(r"\b(?P<bare>UTC|GMT|CEST|CET|EST|EDT|PST|PDT)\s?:?\s$")
_TIME = r"\d{1,2}(?:[:.h]\d\d)?\s?(?:[ap]\.?m\.?)?"
_TOLD = rf"{_TIME}(?:\s?[-–]\s?{_TIME})?\s*(?:[(\[]{_IN_BRACKETS}[)\]]|\b(?:{_WORDS})(?!\w))"
_ALSO = re.compile(rf"\s*[/|=,;]\s*{_TOLD}|\s*\(\s*{_TOLD}(?:\s*[/|=,;]\s*{_TOLD})*\s*\)")
_ALSO_IN_BRACKETS = re.compile(rf"\s*\(\s*{_TOLD}(?:\s*[/|=,;]\s*{_TOLD})*\s*\)")
BEFORE = 10


def zone_in(text: str, start: int = 0) -> tuple[int, int] | None:
    """Return where the first name of a time zone stands in a text, or None."""
    match = _NAME.search(text, start)
    return match.span() if match else None


def zone_beside(text: str, begin: int, *ends: int) -> tuple[int, int] | None:
    """Return where the zone of a time stands, without brackets: at one of its ends, or before its begin."""
    for place in ends:
        if match := ZONE.match(text, place):
            return match.span("inner" if match["inner"] else "bare")
    before = _BEFORE.search(text, max(0, begin - BEFORE), begin)
    return before.span("bare") if before else None


def after_zones(text: str, end: int) -> int:
    """Return where a time ends with its zone and with the same time told in other zones: "14:00 UTC / 10:00 EDT"."""
    zone = ZONE.match(text, end)
    if zone:
        end = zone.end()
    while (also := (_ALSO if zone else _ALSO_IN_BRACKETS).match(text, end)) and also.end() > end:
        end = also.end()
    return end

"""Tells the line of a speaker ("Ann Example, Director, Example Institute") from a title."""

import re

_HONORIFIC = r"(?:Dr|Mr|Mrs|Ms|Prof|Professor|Amb|Ambassador|H\.\s?E|Hon|Sr|Sra|Dra|Engr|Mme|Ing|Sir|Lic)"
_NAME = re.compile(
    rf"(?P<honorific>{_HONORIFIC}\b\.?\s+)*(?:[^\W\d_a-z][\w'’-]*\.?)"
    r"(?:\s+(?:[^\W\d_a-z][\w'’-]*\.?|de|da|do|dos|van|von|der|den|el|al|bin|di|du|la|le)){1,4}"
    r"\s*(?P<cut>,|\s[–—-]\s|\(|:|$)\s*(?P<rest>.*)"
)
_BY = re.compile(r"\A(?:by|par|por|von|door)\s+", re.I)
_ROLE = re.compile(
    r"\b(?:president|vice|director|directora?|chair(?:man|woman|person)?|secretary|professor|prof|ceo|cto|coo|founder|"
    r"candidate|ad[vw]is[eo]r|officer|minister|ministro|ambassador|manager|head|coordinator|co-?ordinator|senior|"
    r"fellow|researcher|analyst|counsel|lead|engineer|attorney|journalist|representative|member|commissioner|deputy|"
    r"assistant|consultant|expert|specialist|scientist|executive|policy|university|institute|foundation|ministry|"
    r"ministerio|universidad|universidade|université|fundación|coordinador|coordenador|presidente|directeur|"
    r"secrétaire|secretario|professeur|chef|leiter|leiterin|geschäftsführer|inc|ltd|gmbh|llc|isoc|icann|ripe ncc|"
    r"lacnic|apnic|afrinic|google|facebook|meta|microsoft|government|politico)\b",
    re.I,
)
_PARTICLES = frozenset(
    {"de", "da", "do", "dos", "das", "del", "van", "von", "der", "den", "el", "al", "bin", "di", "du", "la", "le"}
)  # fmt: skip
_CUT = re.compile(r"\s*(?:[,;:(]|\s[–—-]\s)")
_INITIAL = re.compile(r"\b[^\W\d_a-z]\.\s?(?:[^\W\d_a-z]\.\s?)*[^\W\d_a-z]\w")
NAME_WORDS = range(2, 6)


def opens_with_name(text: str) -> bool:
    """Say whether a text is a name in any alphabet with capitals, alone or before a comma, a dash or a bracket."""
    words = _CUT.split(text.strip(), maxsplit=1)[0].split()
    proper = [word for word in words if word.casefold() not in _PARTICLES]
    return len(words) in NAME_WORDS and len(proper) > 1 and all(word[0].isupper() for word in proper)


def are_names(text: str) -> bool:
    """Say whether a text is nothing but names: "Ann Example, Ben B. Sample and Cleo Model"."""
    parts = re.split(r"\s*(?:[,;&/]|\band\b|\bet\b|\by\b|\bund\b|\be\b)\s*", text.strip())
    return all(_is_name(part) for part in parts if part)


def _is_name(text: str) -> bool:
    words = [word for word in text.split() if word.casefold() not in _PARTICLES]
    return len(words) in NAME_WORDS and all(
        re.fullmatch(r"[^\W\d_][\w.'’-]*", word) and word[0].isupper() for word in words
    )


def has_initial(text: str) -> bool:
    """Say whether a text has initials before a name: "C.J. Example", "A. Sample"."""
    return bool(_INITIAL.search(text))


def is_office(text: str) -> bool:
    """Say whether a text names an office or a house."""
    return bool(_ROLE.search(text))


def is_person(text: str) -> bool:
    """Say whether the line is a name with an office or a house after it, or a name with a title of honour."""
    match = _NAME.fullmatch(_BY.sub("", text.strip()))
    if not match:
        return False
    if match["honorific"]:
        return True
    return bool(match["rest"]) and match["cut"] != ":" and bool(_ROLE.search(match["rest"]))

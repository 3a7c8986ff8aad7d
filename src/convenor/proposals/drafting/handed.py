"""What the form of a proposal sends: whole, or a few fields of it as they are typed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from convenor.proposals.drafting.content import written
from convenor.proposals.drafting.merging import both
from convenor.proposals.drafting.saving import Said
from convenor.proposals.models import Proposal

FIELD = "f-"
TOKEN = re.compile(r"[0-9a-f]{32}")
MOST_FIELDS = 200


@dataclass(frozen=True, slots=True)
class Handed:
    """One message of the form: what it says, which button was pressed, and what was typed about people."""

    said: Said
    do: str = "save"
    row: int = 0  # the key of the contributor that a button stands beside
    person: Mapping[str, str] = field(default_factory=dict)
    paste: str = ""


def handed_of(post: QueryDict, proposal: Proposal) -> Handed:
    """Read a message; what is stored is asked for only where somebody chose to keep both versions."""
    opened = _opened(post.get("was", ""))
    codes = {*opened, *(name.removeprefix(FIELD) for name in post if name.startswith(FIELD))}
    fields = {code: post.getlist(f"{FIELD}{code}") for code in sorted(codes)[:MOST_FIELDS]}
    for code in list(fields):
        if (choice := post.get(f"keep-{code}")) == "theirs":
            del fields[code]
        elif choice == "both":
            fields[code] = _both(written(proposal).get(code), fields[code])
    token = post.get("token", "")
    verb, _dash, key = post.get("do", "save").partition("-")
    is_of_row = key.isdecimal() and key.isascii()
    return Handed(
        Said(fields, opened, token if TOKEN.fullmatch(token) else ""),
        verb if is_of_row else post.get("do", "save"),
        int(key[:18]) if is_of_row else 0,
        {name: post.get(f"p-{name}", "") for name in ("email", "name", "organisation", "part", "online")},
        post.get("p-paste", ""),
    )


def _opened(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {code: digest for code, digest in found.items() if isinstance(digest, str)}


def _both(theirs: Any, mine: list[str]) -> list[str]:
    if isinstance(theirs, list):
        theirs = "\n".join(map(str, theirs))
    return [str(both(theirs if isinstance(theirs, str) else "", mine[0] if mine else ""))]

"""Which identity providers people may sign in with, as the environment lists them."""

import json
import re
from typing import NotRequired, TypedDict, cast
from urllib.parse import urlsplit

_NEEDED = ("id", "name", "server_url", "client_id")
_KNOWN = {*_NEEDED, "client_secret"}
_ID = re.compile(r"[a-z0-9-]{1,30}")
_LOCAL = ("localhost", "127.0.0.1", "::1")


class Provider(TypedDict):
    """One provider that speaks OpenID Connect; `server_url` is where its `/.well-known/openid-configuration` lies."""

    id: str
    name: str
    server_url: str
    client_id: str
    client_secret: NotRequired[str]


def read_providers(text: str) -> list[Provider]:
    """Read the list of providers, JSON; nothing gives none.

    Raises:
        ValueError: something is missing, unknown, doubled, or would travel in clear; the sentence says what to write.
    """
    if not text.strip():
        return []
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise ValueError(f"CONVENOR_OIDC is no JSON ({error}): write a list of providers, see the settings.") from None
    if not isinstance(rows, list):
        raise ValueError("CONVENOR_OIDC is no list: write [{…}], also for one provider.")  # noqa: TRY004 - for people
    providers = [_provider(row, place) for place, row in enumerate(rows, 1)]
    ids = [one["id"] for one in providers]
    if len(set(ids)) < len(ids):
        raise ValueError("CONVENOR_OIDC names an id twice: each provider needs its own.")
    return providers


def _provider(row: object, place: int) -> Provider:
    where = f"CONVENOR_OIDC, provider {place}"
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        raise ValueError(f"{where}: write an object of names and texts.")
    if missing := [name for name in _NEEDED if not row.get(name)]:
        raise ValueError(f"{where}: {', '.join(missing)} is missing.")
    if unknown := sorted(set(row) - _KNOWN):
        raise ValueError(f"{where}: {', '.join(unknown)} is not known; known are {', '.join(sorted(_KNOWN))}.")
    if not _ID.fullmatch(row["id"]):
        raise ValueError(f"{where}: the id “{row['id']}” is part of an address: use a–z, 0–9 and dashes.")
    url = urlsplit(row["server_url"])
    if url.scheme != "https" and not (url.scheme == "http" and url.hostname in _LOCAL):
        raise ValueError(f"{where}: server_url has to begin with https://, secrets travel there.")
    return cast("Provider", row)

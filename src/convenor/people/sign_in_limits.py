"""How often each way of signing in, and what sends mail to any address, may be tried.

The counts lie in the database, so that all processes share them.

A try is counted in one row per network and one per address, code or account, locked together. Rows are named by a keyed
digest and hold times only. A sliding window: at any moment the last N seconds count, so no edge lets twice as many in.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from math import ceil

from allauth.core.internal.ratelimit import get_ip
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from convenor.people.sign_in_models import Tally

# what is tried → by whom it is counted → (times, within seconds)
LIMITS: dict[str, dict[str, tuple[tuple[int, int], ...]]] = {
    "code": {"network": ((20, 60),), "address": ((3, 60), (20, 3600))},
    "typed": {"code": ((3, 900),)},
    "password": {"network": ((100, 600),), "address": ((5, 900), (20, 86_400))},
    "passkey": {"network": ((30, 60),)},
    "provider": {"network": ((30, 60),)},
    "change": {"account": ((30, 3600),)},
    "registration": {"network": ((100, 3600),), "address": ((3, 3600), (10, 86_400))},  # mails with a link to register
    "contributors": {"account": ((60, 3600),)},  # asking the people of a proposal, by their proposer
}
_SWEPT = 100


def network_of(request: HttpRequest) -> str:
    """Give the reader's network: an IPv4 address, or the /64 of an IPv6 address."""
    network: str = get_ip(request)
    return network


def wait(action: str, *, at: datetime, **who: str) -> int:
    """Count a try, unless there were too many.

    Args:
        action: a row of LIMITS; `who` names each of its columns (`network`, `address`, `code`, `account`).

    Returns:
        0 when counted, else the seconds until the next try counts; nothing is counted then.
    """
    limits = {_key(action, kind, who[kind]): rows for kind, rows in LIMITS[action].items()}
    _sweep(at)
    now = at.timestamp()
    with transaction.atomic():
        tallies = [_locked(key, at) for key in sorted(limits)]
        seconds = max(_seconds(tally.times, limits[tally.key], now) for tally in tallies)
        if seconds:
            return seconds
        for tally in tallies:
            longest = max(within for _times, within in limits[tally.key])
            tally.times = [*(one for one in tally.times if one > now - longest), now]
            tally.until = datetime.fromtimestamp(now + longest, UTC)
            tally.save()
    return 0


def forget(action: str, kind: str, value: str) -> None:
    """Forget what was counted, because somebody proved to be who they say."""
    Tally.objects.filter(pk=_key(action, kind, value)).delete()


def in_words(seconds: int) -> str:
    """Say how long to wait."""
    minutes = ceil(seconds / 60)
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}


def _key(action: str, kind: str, value: str) -> str:
    return salted_hmac("convenor.people.limits", f"{action}\n{kind}\n{value}", algorithm="sha256").hexdigest()


def _locked(key: str, at: datetime) -> Tally:
    return Tally.objects.select_for_update().get_or_create(key=key, defaults={"until": at})[0]


def _seconds(times: list[float], limits: Iterable[tuple[int, int]], now: float) -> int:
    """Give the seconds until one more try is within all limits."""
    waits = [0]
    for most, within in limits:
        lately = [one for one in times if one > now - within]
        if len(lately) >= most:
            waits.append(ceil(lately[-most] + within - now))
    return max(waits)


@transaction.atomic
def _sweep(at: datetime) -> None:
    """Delete rows that count no more, passing over those in somebody's hands."""
    old = Tally.objects.select_for_update(skip_locked=True).filter(until__lt=at).values_list("pk", flat=True)
    Tally.objects.filter(pk__in=list(old[:_SWEPT])).delete()

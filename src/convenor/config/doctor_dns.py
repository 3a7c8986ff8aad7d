"""Look at what the world's name servers say of the domain that mails come from: SPF, DKIM, DMARC.

SPF (RFC 7208) says which servers may send for a domain, DKIM (RFC 6376) signs each mail with a key published there,
DMARC (RFC 7489) says what to do with a mail that has neither. Large mailboxes ask for all three of whoever writes to
many.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from email.utils import parseaddr

import dns.exception
import dns.resolver
from django.conf import settings

from convenor.config.doctor import Finding, Health

MOST_LOOKUPS = 10  # RFC 7208, 4.6.4
SHORTEST_KEY_BYTES = 160  # a key of 1024 bits with its wrapping
_LOOKUP = re.compile(r"[+?~-]?(?:include:|a\b|mx\b|ptr\b|exists:)|redirect=", re.IGNORECASE)
_SECONDS = 5.0


class Unanswered(Exception):  # noqa: N818 - no fault of ours or of the zone
    """No name server answered."""


def sender_domain() -> str:
    """Give the domain of the address that mails come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()


def examine_sender(domain: str, *, resolver: dns.resolver.Resolver, selector: str = "") -> Iterator[Finding]:
    """Look at SPF, DKIM and DMARC of a domain.

    Args:
        domain: behind the @ of the sender.
        resolver: asks the name servers.
        selector: the name under which the mail server's DKIM key is published; what its mails say as `s=`.
    """
    if "." not in domain:
        yield Finding(
            Health.BAD,
            f"Mails come from “{settings.DEFAULT_FROM_EMAIL}”, an address that is nowhere.",
            "Set CONVENOR_MAIL_FROM to an address of your domain that somebody reads.",
        )
        return
    for check in (_spf(domain, resolver), _dkim(domain, selector, resolver), _dmarc(domain, resolver)):
        try:
            yield from check
        except Unanswered as error:
            yield Finding(Health.UNKNOWN, f"No name server answered about {error}.", f"By hand: `dig TXT {error}`.")


def default_resolver() -> dns.resolver.Resolver | None:
    """Give a resolver as this machine is set, or None where it knows no name server."""
    try:
        resolver = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        return None
    resolver.lifetime = _SECONDS
    return resolver


def texts_at(name: str, resolver: dns.resolver.Resolver) -> list[str]:
    """Give the TXT records of a name, each as one text; none where the name does not exist.

    Raises:
        Unanswered: no name server answered.
    """
    try:
        answer = resolver.resolve(name, "TXT", lifetime=_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise Unanswered(name) from error
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def _spf(domain: str, resolver: dns.resolver.Resolver) -> Iterator[Finding]:
    records = [text for text in texts_at(domain, resolver) if text.lower().split(" ")[0] == "v=spf1"]
    if not records:
        yield Finding(
            Health.BAD,
            f"SPF: {domain} does not say which servers may send for it.",
            f"Publish a TXT record at {domain}, such as “v=spf1 mx include:… -all”; "
            "your mail provider says what to include.",
        )
    elif len(records) > 1:
        yield Finding(Health.BAD, f"SPF: {domain} has {len(records)} records, so none counts.", "Make one of them.")
    else:
        yield _spf_record(domain, records[0])


def _spf_record(domain: str, record: str) -> Finding:
    terms = record.lower().split()[1:]
    lookups = sum(bool(_LOOKUP.match(term)) for term in terms)
    last = next((term for term in reversed(terms) if term.endswith("all")), "")
    if lookups > MOST_LOOKUPS:
        todo = "Take some of its include, a and mx away; no more than ten count."
        return Finding(Health.BAD, f"SPF: the record of {domain} asks for {lookups} look-ups, so it fails.", todo)
    if last in ("all", "+all", "?all") or (not last and not any(term.startswith("redirect=") for term in terms)):
        todo = "End it with “-all” or “~all”."
        return Finding(Health.ODD, f"SPF: the record of {domain} forbids nobody to send for it.", todo)
    todo = "Compare it with your mail server by hand: it must name the server that CONVENOR_SMTP_URL sends through."
    return Finding(Health.GOOD, f"SPF: {domain} says “{record}”.", todo)


def _dkim(domain: str, selector: str, resolver: dns.resolver.Resolver) -> Iterator[Finding]:
    if not selector:
        yield Finding(
            Health.UNKNOWN,
            "DKIM: not looked at, since only your mail server knows the name of its key.",
            "Send yourself a mail, read `s=` in its DKIM-Signature header, and run "
            "`convenor doctor --selector` with it. No such header: switch DKIM on at your mail server.",
        )
        return
    name = f"{selector}._domainkey.{domain}"
    fields = [_fields(text) for text in texts_at(name, resolver) if "p=" in text]
    if not fields:
        todo = f"Publish the key that your mail server shows as a TXT record at {name}."
        yield Finding(Health.BAD, f"DKIM: there is no key at {name}.", todo)
        return
    key = fields[0].get("p", "").replace(" ", "")
    if not key:
        yield Finding(Health.BAD, f"DKIM: the key at {name} is withdrawn.", "Publish the one that is in use.")
    elif (size := _key_bytes(key)) is None:
        yield Finding(Health.BAD, f"DKIM: the key at {name} cannot be read.", "Copy it once more, in one piece.")
    elif fields[0].get("k", "rsa") == "rsa" and size < SHORTEST_KEY_BYTES:
        yield Finding(Health.BAD, f"DKIM: the key at {name} is shorter than 1024 bits.", "Make one of 2048 bits.")
    else:
        yield Finding(Health.GOOD, f"DKIM: a key is published at {name}.")


def _key_bytes(key: str) -> int | None:
    try:
        return len(base64.b64decode(key, validate=True))
    except (binascii.Error, ValueError):
        return None


def _dmarc(domain: str, resolver: dns.resolver.Resolver) -> Iterator[Finding]:
    """Look at the domain and then at those above it: the record of the first that has one counts."""
    parts = domain.split(".")
    above = [".".join(parts[start:]) for start in range(len(parts) - 1)]
    for one in above:
        records = [text for text in texts_at(f"_dmarc.{one}", resolver) if text.replace(" ", "").startswith("v=DMARC1")]
        if records:
            yield _dmarc_record(one, records)
            return
    yield Finding(
        Health.BAD,
        f"DMARC: {domain} does not say what to do with mails that pretend to come from it.",
        f"Publish a TXT record at _dmarc.{domain}: “v=DMARC1; p=none; rua=mailto:you@{domain}” to begin with.",
    )


def _dmarc_record(domain: str, records: list[str]) -> Finding:
    policy = _fields(records[0]).get("p", "").lower()
    if len(records) > 1:
        return Finding(Health.BAD, f"DMARC: {domain} has {len(records)} records, so none counts.", "Keep one.")
    if policy not in ("none", "quarantine", "reject"):
        return Finding(Health.BAD, f"DMARC: the record of {domain} has no policy.", "Add p=none, quarantine or reject.")
    if policy == "none":
        todo = "Once its reports show that your own mails pass, say p=quarantine."
        return Finding(Health.ODD, f"DMARC: {domain} only watches (p=none).", todo)
    return Finding(Health.GOOD, f"DMARC: {domain} says p={policy}.")


def _fields(record: str) -> dict[str, str]:
    """Read `name=value; name=value`."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _sign, value in pairs if name.strip()}

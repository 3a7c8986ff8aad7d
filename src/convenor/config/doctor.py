"""Look an installation over: each check gives one finding, a sentence, and what to do.

Nothing is changed. What cannot be looked at from here is said so, with how to look by hand.
"""

import os
import ssl
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from django.http.request import validate_host

from convenor.config.installation import check_home
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.jobs.models import Job
from convenor.shared.jobs.models import State as JobState
from convenor.shared.mail.delivery import connect, in_words, is_this_machine
from convenor.shared.mail.models import Beat, Mail, State
from convenor.shared.mail.rounds import BEAT

OLDEST_PYTHON = (3, 11)
SECRET_LETTERS = 32
MOST_SKEW = timedelta(seconds=5)
MOST_SILENCE = timedelta(seconds=60)  # of a worker, which beats every five seconds
LONG_WAIT = timedelta(hours=1)
DAY = timedelta(days=1)


class Health(StrEnum):
    """How a check ended."""

    GOOD = "good"
    ODD = "odd"  # works, but look at it
    BAD = "bad"
    UNKNOWN = "unknown"  # could not be looked at from here


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `todo` is empty where there is nothing to do."""

    health: Health
    sentence: str
    todo: str = ""


Check = Callable[[datetime], Iterator[Finding]]


def examine(*, now: datetime, checks: tuple[Check, ...]) -> Iterator[Finding]:
    """Carry checks out one after the other; one that the database stops says so, and the others go on."""
    for check in checks:
        try:
            yield from check(now)
        except DatabaseError as error:
            yield Finding(
                Health.UNKNOWN,
                f"Not looked at, {check.__name__.replace('_', ' ')}: the database said “{first_line(error)}”.",
                "Mend what the first findings say, then run `convenor doctor` again.",
            )


def python(now: datetime) -> Iterator[Finding]:
    """Look at the version of Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        yield Finding(Health.BAD, f"Python {version} is too old.", "Install Python 3.11 or newer.")
    else:
        yield Finding(Health.GOOD, f"Python {version}.")


def database(now: datetime) -> Iterator[Finding]:
    """Look whether the database answers, and in which version."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(
            Health.BAD,
            f"The database does not answer: {first_line(error)}.",
            "Check CONVENOR_DATABASE_URL, and that the server runs; for SQLite, the rights on CONVENOR_HOME.",
        )
        return
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    version = ".".join(map(str, connection.get_database_version()))
    yield Finding(Health.GOOD, f"{names.get(connection.vendor, connection.vendor)} {version} answers.")


def migrations(now: datetime) -> Iterator[Finding]:
    """Look whether the tables are those of this version."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(f"{one.app_label} {one.name}" for one, _backwards in plan[:3])
        yield Finding(
            Health.BAD,
            f"The database lacks {len(plan)} migrations ({names}{' …' if plan[3:] else ''}).",
            "Run `convenor setup`; nothing entered is touched.",
        )
    else:
        yield Finding(Health.GOOD, "The tables are those of this version.")


def home(now: datetime) -> Iterator[Finding]:
    """Look whether the folder for data can be written."""
    try:
        check_home()
    except Refused as refusal:
        yield Finding(Health.BAD, str(refusal))
    else:
        yield Finding(Health.GOOD, f"{settings.HOME} can be written.")


def secret(now: datetime) -> Iterator[Finding]:
    """Look at the signing key: long enough, and readable by its owner only."""
    if len(settings.SECRET_KEY) < SECRET_LETTERS:
        yield Finding(
            Health.BAD,
            f"The signing key has {len(settings.SECRET_KEY)} letters: whoever guesses it signs in as anybody.",
            f"Set CONVENOR_SECRET_KEY to at least {SECRET_LETTERS} random letters. Everybody signs in anew then.",
        )
    path = settings.HOME / "secret"
    if os.environ.get("CONVENOR_SECRET_KEY"):
        yield Finding(Health.GOOD, "The signing key comes from the environment.")
    elif not path.exists():
        yield Finding(
            Health.BAD,
            f"The signing key could not be kept in {path}: it is another one at every start.",
            "Let CONVENOR_HOME be a folder that can be written, or set CONVENOR_SECRET_KEY.",
        )
    elif mode := stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding(
            Health.BAD,
            f"Others on this machine may read the signing key (rights {mode:03o}).",
            f"Run `chmod 600 {path}`.",
        )
    else:
        yield Finding(Health.GOOD, f"Only its owner may read the signing key in {path}.")


def static_files(now: datetime) -> Iterator[Finding]:
    """Look whether the static files are collected."""
    if (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield Finding(Health.GOOD, "The static files are collected.")
    else:
        yield Finding(Health.BAD, "The static files are not collected: pages have no look.", "Run `convenor setup`.")


def worker(now: datetime) -> Iterator[Finding]:
    """Look whether a worker is alive: by its beat, or by a running job's lease."""
    beat = Beat.objects.filter(name=BEAT).first()
    silence = now - beat.at if beat else None
    is_running = Job.objects.filter(state=JobState.RUNNING, lease_until__gt=now).exists()
    waiting = Job.objects.filter(state=JobState.QUEUED).count()
    if is_running or (silence is not None and silence <= MOST_SILENCE):
        yield Finding(Health.GOOD, f"A worker is alive; {waiting} jobs wait.")
        return
    last = f"its last sign of life is {in_time(silence)} old" if silence else "none has ever run here"
    yield Finding(
        Health.BAD,
        f"No worker is alive: {last}. {waiting} jobs wait, and no mail that is released leaves.",
        "Run `convenor serve`, which starts one, or `convenor worker`.",
    )


def clock(now: datetime) -> Iterator[Finding]:
    """Compare the clock of this process with the database's; deadlines count by the first, some rows by the second."""
    if connection.vendor != "postgresql":
        yield Finding(Health.GOOD, "The database is on this machine and shares its clock.")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    yield skew(now, theirs)


def skew(ours: datetime, theirs: datetime) -> Finding:
    """Judge how far two clocks are apart."""
    apart = abs(ours - theirs)
    if apart <= MOST_SKEW:
        return Finding(Health.GOOD, "The clocks of this machine and the database agree.")
    return Finding(
        Health.BAD,
        f"The clocks of this machine and the database are {in_time(apart)} apart: deadlines count wrongly.",
        "Let both take their time from a time server (chrony or systemd-timesyncd).",
    )


def origin(now: datetime) -> Iterator[Finding]:
    """Look at the public address and what depends on it."""
    parts = urlsplit(settings.ORIGIN)
    host, is_here = parts.hostname or "", is_this_machine(parts.hostname or "")
    if parts.scheme != "https" and not is_here:
        yield Finding(
            Health.BAD,
            f"{settings.ORIGIN} is not encrypted: codes and sessions can be read on the way.",
            "Put the site behind a proxy with a certificate and set CONVENOR_ORIGIN=https://….",
        )
    elif is_here:
        yield Finding(
            Health.ODD, f"{settings.ORIGIN} is this machine only: links in mails lead nobody here.",
            "Set CONVENOR_ORIGIN to the public address before others use it.",
        )  # fmt: skip
    else:
        yield Finding(Health.GOOD, f"{settings.ORIGIN} is encrypted; cookies are for https only.")
    if not validate_host(host, settings.ALLOWED_HOSTS):
        yield Finding(
            Health.BAD,
            f"The site does not answer to {host}, the name in CONVENOR_ORIGIN.",
            f"Add {host} to CONVENOR_HOSTS.",
        )
    for is_on, name in ((settings.DEMO, "CONVENOR_DEMO"), (settings.DEBUG, "CONVENOR_DEBUG")):
        if is_on and not is_here:
            yield Finding(
                Health.BAD, f"{name} is on at a public address: strangers read what they must not.", f"Unset {name}."
            )


def mail_server(now: datetime) -> Iterator[Finding]:
    """Look whether the mail server answers, takes the password, and encrypts."""
    if not settings.SMTP_URL:
        yield Finding(
            Health.BAD,
            "No mail server is set: nobody can get a code to sign in.",
            "Set CONVENOR_SMTP_URL=smtps://user:password@host, or smtp:// with a server that offers STARTTLS.",
        )
        return
    host = urlsplit(settings.SMTP_URL).hostname or ""
    try:
        server = connect(settings.SMTP_URL)
    except (OSError, ValueError, Refused) as error:
        yield Finding(
            Health.BAD, f"The mail server {host} cannot be used: {in_words(error)}", "Check CONVENOR_SMTP_URL."
        )
        return
    with server:
        if isinstance(server.sock, ssl.SSLSocket) or is_this_machine(host):
            yield Finding(Health.GOOD, f"The mail server {host} answers, and the way to it is safe.")
        else:
            yield Finding(
                Health.BAD,
                f"The mail server {host} offers no STARTTLS: mails, codes among them, travel in clear.",
                "Use smtps://, or a server that offers STARTTLS.",
            )


def mails(now: datetime) -> Iterator[Finding]:
    """Look at the mails that wait, failed or came back."""
    waiting = Mail.objects.filter(state=State.WAITING)
    oldest = waiting.order_by("released_at").first()
    failed = Mail.objects.filter(state=State.FAILED, tried_at__gt=now - DAY)
    bounced = Person.objects.filter(email_bounced_at__isnull=False).count()
    wait = now - (oldest.released_at or oldest.queued_at) if oldest else timedelta(0)
    if oldest and wait > LONG_WAIT:
        why = f"; the server said “{oldest.failure}”" if oldest.failure else ""
        yield Finding(
            Health.BAD,
            f"{waiting.count()} mails wait, the oldest for {in_time(wait)}{why}.",
            "Mend the mail server or start the worker; `convenor send-mail --now` tries at once.",
        )
    else:
        yield Finding(Health.GOOD, f"{waiting.count()} mails are on their way, {bounced} addresses take none.")
    if count := failed.count():
        last = failed.order_by("-tried_at")[0]
        yield Finding(
            Health.ODD,
            f"{count} mails failed in the last day; the last time the server said “{last.failure}”.",
            "The log of mails of each forum says which, and sends one again.",
        )


def in_time(span: timedelta) -> str:
    """Say a span in its largest unit."""
    seconds = int(span.total_seconds())
    for size, name in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}"
    return f"{seconds} seconds"


def first_line(error: Exception) -> str:
    """Give what an error says first."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


HERE: tuple[Check, ...] = (
    python,
    database,
    migrations,
    home,
    secret,
    static_files,
    worker,
    clock,
    origin,
    mail_server,
    mails,
)

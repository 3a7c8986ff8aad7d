"""What was kept long enough goes by itself, but never before a forum's secretariat was told, in time to object.

The first time that something is about to be due in a forum, nothing goes: its secretariat gets a mail, sees it on the
year's page, and the journal names the day. From that day on, what is due goes every day.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from convenor.cycle.access import may
from convenor.cycle.home import Offer
from convenor.cycle.mail_kinds import holders
from convenor.cycle.models import Cycle, Forum
from convenor.cycle.permissions import ERASE_PEOPLE
from convenor.cycle.retention import carry_out, day_in, plan
from convenor.people.roles import Role
from convenor.shared.journal import record
from convenor.shared.languages.days import date_format
from convenor.shared.mail import kinds
from convenor.shared.mail.actions import write
from convenor.shared.mail.kinds import Kind, Placeholder

NOTICE = "cycle.erasure-notice"
NOTICE_DAYS = 14


@transaction.atomic
def run(forum: Forum, *, at: datetime) -> int:
    """Erase what is due in a forum, or tell its secretariat first; give how many rows went. An example stays."""
    forum = Forum.objects.select_for_update().get(pk=forum.pk)
    if forum.is_example:
        return 0
    if forum.erases_from is None:
        _tell(forum, at=at)
    elif forum.erases_from <= day_in(forum, now=at):
        return sum(rows for _rule, rows in carry_out(forum, at=at))
    return 0


def offers(request: HttpRequest, cycle: Cycle) -> Sequence[Offer]:
    """Say on the year's page, until the day has come, that things will go by themselves."""
    day = cycle.forum.erases_from
    if day is None or day <= cycle.day_of(timezone.now()) or not may(request, ERASE_PEOPLE, cycle):
        return []
    url = reverse("cycle:retention", args=cycle.address)
    sentence = _(
        "From %(day)s on, what this forum has kept long enough is erased by itself. Keep longer what you need."
    ) % {"day": date_format(day, "j F Y")}
    return [Offer(_("See what will be erased"), url, sentence, day)]


def register() -> None:
    """Register the mail; called once, when the parts are ready."""
    kinds.register(
        Kind(
            code=NOTICE,
            title=gettext_noop("Notice before the first erasure"),
            purpose=gettext_noop(
                "Goes at once to the secretariat, once in the life of a forum: before what was kept long enough is "
                "erased by itself for the first time."
            ),
            subject=gettext_noop("{forum}: what was kept long enough will be erased from {day} on"),
            text=gettext_noop(
                "Dear {name},\n\nwhat {forum} keeps about people goes when its time is over. From {day} on this "
                "happens by itself, once a day. Due by then: {count}.\n\n"
                "See what goes when, and keep longer what you need:\n{link}\n\n"
                "If you agree, you need do nothing."
            ),
            placeholders=(
                Placeholder("name", gettext_noop("name of the person, else the address"), "Amina Diallo"),
                Placeholder("forum", gettext_noop("name of the forum"), "IGF"),
                Placeholder("day", gettext_noop("first day on which things go by themselves"), "12 June 2017"),
                Placeholder("count", gettext_noop("how many entries are due by then"), "34"),
                Placeholder(
                    "link",
                    gettext_noop("address of the page “Times of keeping”"),
                    f"{settings.ORIGIN}/igf/2017/retention/",
                    is_needed=True,
                    is_link=True,
                ),
            ),
        )
    )


def _tell(forum: Forum, *, at: datetime) -> None:
    today = day_in(forum, now=at)
    day = today + timedelta(days=NOTICE_DAYS)
    count = sum(len(line.due) for line in plan(forum, on=day))
    newest = forum.cycles.select_related("forum").order_by("-starts_on").first()
    if not count or newest is None:
        return
    forum.erases_from = day
    forum.save(update_fields=["erases_from"])
    record(
        scope=newest.scope,
        verb="retention.announced",
        at=at,
        template=gettext_noop(
            "From %(day)s on, what was kept long enough is erased here by itself, once a day; due by then: %(rows)s."
        ),
        values={"day": day.isoformat(), "rows": count},
    )
    link = f"{settings.ORIGIN}{reverse('cycle:retention', args=newest.address)}"
    for person in holders(newest, [Role.SECRETARIAT], on=today).exclude(email=None):
        language = person.language or newest.language
        with override(language):
            words = {"name": person.shown_name, "forum": forum.name, "day": date_format(day, "j F Y")}
        context = {**words, "count": str(count), "link": link}
        write(NOTICE, to=person, context=context, forum=forum.slug, at=at, language=language)

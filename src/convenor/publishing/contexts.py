"""What the templates of the programme need, for pages of the site and for files alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from convenor.cycle.models import Cycle, PhaseKind
from convenor.publishing.details import Details
from convenor.publishing.filters import Filters
from convenor.publishing.links import Links
from convenor.publishing.pages import days_of, summary, tabs_of
from convenor.publishing.talks import Programme, Talk

SITE_FRAME = "base.html"


def programme_context(
    cycle: Cycle,
    programme: Programme,
    talks: Sequence[Talk],
    filters: Filters,
    links: Links,
    *,
    now: datetime,
    frame: str = SITE_FRAME,
) -> dict[str, Any]:
    """Prepare the programme page; `talks` are those that the filters leave."""
    return {
        "frame": frame,
        "is_file": frame != SITE_FRAME,
        "cycle": cycle,
        "release": programme.release,
        "filters": filters,
        "links": links,
        "summary": summary(talks),
        "shown": len(talks),
        "all": len(programme.talks),
        "days": days_of(talks, filters, links, scope=cycle.scope, now=now),
        "tabs": tabs_of(programme, filters, links),
        "rooms": list(
            dict.fromkeys(talk.room for talk in sorted(programme.talks, key=lambda one: (one.room_order, one.room)))
        ),
        "themes": sorted({(talk.theme_name, talk.theme) for talk in programme.talks if talk.theme}),
        "all_url": links.programme(),
        "feed_url": links.calendar(filters.query(by="")),
        "data_url": links.json(filters.query(by="")),
        "by_hour_url": links.programme(filters.query(by="")),
        "by_room_url": links.programme(filters.query(by="room")),
        "opens": None if programme.release else cycle.phases.filter(kind=PhaseKind.TIMETABLE).first(),
    }


def session_context(cycle: Cycle, details: Details, links: Links, *, frame: str = SITE_FRAME) -> dict[str, Any]:
    """Prepare a session's page."""
    rules, language = cycle.rules, get_language() or "en"
    return {
        "frame": frame,
        "cycle": cycle,
        "details": details,
        "talk": details.talk,
        "links": links,
        "programme_url": links.programme(),
        "feed_url": links.session_calendar(details.talk.number),
        "key": f"{cycle.scope}/{details.talk.number}",
        "near": [(links.session(one.number), one) for one in details.near],
        "people": [
            (
                one,
                rules.short("groups", one.group, language),
                rules.named("regions", one.region, language),
            )
            for one in details.contributions
        ],
    }

"""What open pages follow of captions: the last lines of one language."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from convenor.meetings.captions.models import captions_topic
from convenor.meetings.captions.showing import last_captions
from convenor.meetings.floorpages.showing import Level
from convenor.meetings.models import Audience, Meeting
from convenor.shared.live.feeds import Channel
from convenor.shared.live.views import language_of

PAGE, PART = "meetings.captions", "floor-captions"
TEMPLATE = "meetings/captions/last.html"


def captions_channel(meeting: Meeting, language: str, level: Level, request: HttpRequest) -> Channel:
    """Name the last lines of a language as those of a level may read them."""
    address = reverse("meetings:captions:live", args=(*meeting.cycle.address, meeting.slug, language))
    own = level & {str(Audience.MEMBERS)}
    return Channel(
        PAGE, captions_topic(meeting.pk), meeting.pk, address, language_of(request), own | {f"in {language}"}
    )


def captions_parts(pk: int, level: Level) -> dict[str, str]:
    """Render the last lines."""
    meeting = Meeting.objects.select_related("cycle__forum", "cycle__rule_set").get(pk=pk)
    language = next(one.removeprefix("in ") for one in level if one.startswith("in "))
    with timezone.override(meeting.zone):
        found = last_captions(meeting, language, shows_members=Audience.MEMBERS in level)
        return {PART: render_to_string(TEMPLATE, {"captions": found, "language": language})}

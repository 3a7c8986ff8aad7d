"""What somebody who takes part does on the page of the floor: ask, change, withdraw, object, answer.

Each works as a plain form, which leads back to the page, and in place, where the answer is what the page then shows of
its reader. A message has a token, so that a double tap or a second try counts once.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.finding import meeting_at
from convenor.meetings.floor import Channel, State, Wish
from convenor.meetings.floor.state import Answer, CountEnd
from convenor.meetings.floor_actions import ask_for_floor, change_request, withdraw_request
from convenor.meetings.floor_decision_actions import answer_check, object_to
from convenor.meetings.floor_log import TOKEN, state_of
from convenor.meetings.floorpages.channel import reader_level
from convenor.meetings.floorpages.own import has_answered
from convenor.meetings.floorpages.showing import audience_of
from convenor.meetings.floorpages.views import WISHES_ASKED, told
from convenor.meetings.models import Audience, Day, Meeting
from convenor.meetings.permissions import FOLLOW, TAKE_PART_OPEN
from convenor.people.models import Person
from convenor.shared.errors import Refused

OWN_PARTS = {"floor-answer": "meetings/floor/own_answer.html", "floor-mine": "meetings/floor/own_dock.html"}
SEATS = (Channel.ROOM, Channel.ONLINE)
Act = Callable[[Meeting, HttpRequest, Person, datetime], str]


@in_cycle(FOLLOW)
@require_safe
@never_cache
def mine(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give a page what is its reader's own."""
    return _own(request, meeting_at(cycle, meeting))


def _own(request: HttpRequest, meeting: Meeting, said: str = "", *, is_refused: bool = False) -> HttpResponse:
    with timezone.override(meeting.zone):
        context = told(request, meeting, reader_level(request, meeting))
        parts = {name: render_to_string(template, context, request) for name, template in OWN_PARTS.items()}
    status = HTTPStatus.CONFLICT if is_refused else HTTPStatus.OK
    return JsonResponse({"parts": parts, "said": said}, status=status)


def _done_by(act: Act) -> Callable[..., HttpResponseBase]:
    """Make the view of something that is done; the door asks for an account, the day for more."""

    @in_cycle(TAKE_PART_OPEN)
    @require_POST
    def view(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
        found, said, is_refused = meeting_at(cycle, meeting), "", False
        try:
            _require_part(request, found)
            said = act(found, request, person_of(request), timezone.now())
        except Refused as refusal:
            said, is_refused = str(refusal), True
        if "X-In-Place" in request.headers:
            return _own(request, found, said, is_refused=is_refused)
        (messages.error if is_refused else messages.success)(request, said)
        where = reverse("meetings:floor:page", args=(*cycle.address, found.slug))
        return HttpResponseRedirect(where, status=HTTPStatus.SEE_OTHER)

    return view


def _require_part(request: HttpRequest, meeting: Meeting) -> None:
    state = state_of(meeting)
    if not state.day:
        raise Refused(_("Nothing was entered: no day of the meeting is open. Wait until the chair opens it."))
    day = Day.objects.filter(meeting=meeting, pk=int(state.day[1:])).first()
    audience = audience_of(day)
    if audience not in reader_level(request, meeting):
        raise Refused(
            _("Nothing was entered: this day is for %(audience)s. The secretariat says who belongs to them.")
            % {"audience": Audience(audience).label}
        )


def _ask(meeting: Meeting, request: HttpRequest, by: Person, at: datetime) -> str:
    wish, seat = _wish(request, *Wish), _seat(request)
    ask_for_floor(meeting, by=by, at=at, wish=wish, seat=seat, token=_token(request))
    if wish is Wish.POINT_OF_ORDER:
        return _("Your point of order is raised. The chair sees it first.")
    return _("You are on the list.")


def _change(meeting: Meeting, request: HttpRequest, by: Person, at: datetime) -> str:
    number, wish, seat = _number(request, "request"), _wish(request, *WISHES_ASKED), _seat(request)
    found = state_of(meeting).requests.get(number)
    if found and found.wish is Wish.POINT_OF_ORDER:
        wish = found.wish
    if found is None or (found.wish, found.seat) != (wish, seat):
        change_request(meeting, number, by=by, at=at, wish=wish, seat=seat, token=_token(request))
    return _("Your request is changed, and keeps its time of asking.")


def _withdraw(meeting: Meeting, request: HttpRequest, by: Person, at: datetime) -> str:
    withdraw_request(meeting, _number(request, "request"), by=by, at=at, token=_token(request))
    return _("Your request is withdrawn.")


def _object(meeting: Meeting, request: HttpRequest, by: Person, at: datetime) -> str:
    number = _number(request, "count")
    if not _has_objected(state_of(meeting), number, by):
        object_to(meeting, number, by=by, at=at, channel=Channel.ONLINE)
    return _("Your objection is heard: the count has stopped.")


def _has_objected(state: State, number: int, by: Person) -> bool:
    """Say whether somebody has stopped this count already, with the first of two taps."""
    return any(one.id == number and one.end is CountEnd.OBJECTED and one.objector in by.keys for one in state.counts)


def _answer(meeting: Meeting, request: HttpRequest, by: Person, at: datetime) -> str:
    number, check = _number(request, "check"), state_of(meeting).check
    try:
        answer = Answer(request.POST.get("answer", ""))
    except ValueError:
        raise Refused(_("Nothing was entered: the answer is missing. Choose one of the three.")) from None
    if check and check.id == number and _is_said(meeting, state_of(meeting), answer, by):
        return _("Your answer is entered.")
    answer_check(meeting, number, answer, by=by, at=at, channel=Channel.ONLINE, token=_token(request))
    return _("Your answer is entered.")


def _is_said(meeting: Meeting, state: State, answer: Answer, by: Person) -> bool:
    """Say whether the running check has this answer of somebody, or an anonymous one has any."""
    check = state.check
    if check is None:
        return False
    if check.is_anonymous:
        return has_answered(meeting, check.id, by)
    return any(check.answers.get(key) is answer for key in by.keys)


def _wish(request: HttpRequest, *allowed: Wish) -> Wish:
    found = request.POST.get("wish", Wish.INTERVENTION.value)
    if found not in allowed:
        raise Refused(_("Nothing was entered: say whether you ask for an intervention, a question or a reply."))
    return Wish(found)


def _seat(request: HttpRequest) -> Channel:
    found = request.POST.get("seat", "")
    if found not in SEATS:
        raise Refused(_("Nothing was entered: say whether you are in the room or online."))
    return Channel(found)


def _number(request: HttpRequest, name: str) -> int:
    found = request.POST.get(name, "")
    return int(found) if found.isdecimal() and len(found) < 10 else 0  # noqa: PLR2004 - more than any log has


def _token(request: HttpRequest) -> str:
    found = request.POST.get("token", "")
    return found if TOKEN.fullmatch(found) else ""


ask = _done_by(_ask)
change = _done_by(_change)
withdraw = _done_by(_withdraw)
object_to_count = _done_by(_object)
answer = _done_by(_answer)

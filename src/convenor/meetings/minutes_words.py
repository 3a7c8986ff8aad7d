"""The sentences of minutes in each language, in the register of United Nations reports; the record writes no prose."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial

from django.utils.translation import get_language_info, ngettext, override
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.meetings.clock.projection import Reason
from convenor.meetings.clock_words import ClockWords
from convenor.meetings.floor_words import ANSWERS
from convenor.meetings.minutes import Say, Wording
from convenor.meetings.minutes.sources import Capacity
from convenor.meetings.participants.models import Capacity as Registered
from convenor.meetings.wording import label_as_printed, period
from convenor.shared.languages.days import date_format
from convenor.shared.languages.lists import COMMA, OWN, listed

SENTENCES: Mapping[Say, str] = {
    Say.BODY: marked("The Committee"),
    Say.SOMEBODY: marked("a participant who is not named"),
    Say.ONLINE: marked("online"),
    Say.PERSON: marked("%(name)s (%(notes)s)"),
    Say.ITEM: marked("agenda item %(label)s"),
    Say.QUOTED: marked("“%(words)s”"),
    Say.NAMED: marked("%(name)s: %(value)s"),
    Say.STOP: marked("."),
    Say.TITLE: marked("Summary report: %(title)s"),
    Say.VERBATIM_TITLE: marked("Verbatim record: %(title)s"),
    Say.CHAIRED: marked("Chair: %(names)s"),
    Say.ZONE: marked("Times are those of %(zone)s."),
    Say.OPENING: marked("Opening and attendance"),
    Say.OTHER: marked("Other matters"),
    Say.ANNOUNCEMENTS: marked("Announcements"),
    Say.DECISIONS: marked("Decisions"),
    Say.NEXT_STEPS: marked("Next steps"),
    Say.DAY_HELD: marked("The meeting of %(day)s was opened at %(start)s and closed at %(end)s."),
    Say.DAY_OPEN: marked("The meeting of %(day)s was opened at %(start)s."),
    Say.DAY_PLANNED: marked("It had been planned for %(times)s."),
    Say.TOOK_PART: marked("%(people)s (%(capacities)s)."),
    Say.TAKEN_UP: marked(
        "%(body)s began its consideration of agenda item %(label)s, “%(title)s”, at %(time)s on %(day)s."
    ),
    Say.TAKEN_UP_BARE: marked("%(body)s began its consideration of “%(title)s” at %(time)s on %(day)s."),
    Say.GOES_ON_WITH: marked("It continued there what it had begun under %(item)s."),
    Say.LATE: marked("This had been planned for %(time)s."),
    Say.LATE_BECAUSE: marked("This had been planned for %(time)s (reason for the delay: %(causes)s)."),
    Say.COULD_COME: marked("%(name)s could be present only from %(time)s"),
    Say.RESUMED: marked("%(body)s resumed its consideration of the item at %(time)s on %(day)s."),
    Say.INTRODUCED: marked("The item was introduced by %(names)s."),
    Say.BEFORE_IT: marked("%(body)s had before it the following: %(documents)s."),
    Say.SUSPENDED: marked("The consideration of the item was suspended at %(time)s."),
    Say.PUT_OFF: marked("%(body)s deferred the consideration of the item."),
    Say.PUT_OFF_TO: marked("%(body)s deferred the consideration of the item to %(time)s on %(day)s."),
    Say.NOT_TAKEN_UP: marked("The item was not taken up."),
    Say.STATEMENTS: marked("Statements were made by %(names)s."),
    Say.QUESTIONS: marked("Questions were asked by %(names)s."),
    Say.REPLIES: marked("Replies were given by %(names)s."),
    Say.RIGHT_OF_REPLY: marked("The right of reply was exercised by %(names)s."),
    Say.POINT_OF_ORDER: marked("A point of order was raised by %(names)s."),
    Say.ADOPTED: marked("%(body)s adopted without objection: %(what)s"),
    Say.AGREED: marked("%(body)s agreed as follows: %(what)s"),
    Say.AGREED_ON_CONDITION: marked("%(body)s agreed as follows, on a condition: %(what)s"),
    Say.ON_CONDITION: marked("The condition is: %(condition)s"),
    Say.NOTED: marked("%(body)s took note of the following: %(what)s"),
    Say.DEFERRED: marked("%(body)s deferred its decision on the following: %(what)s"),
    Say.THIS_MATTER: marked("the matter before it"),
    Say.OVERCAME: marked("The objection that had been raised earlier was not maintained."),
    Say.RESTED_ON: marked("The decision rested on a check of the sense of the room."),
    Say.PUT: marked("The following was put to the meeting for adoption: %(what)s"),
    Say.OBJECTED: marked("An objection was raised by %(name)s."),
    Say.STOPPED: marked("The following was put to the meeting for adoption, and withdrawn before a result: %(what)s"),
    Say.CHECKED: marked("The sense of the room was taken on the following: %(what)s"),
    Say.FIGURE: marked("%(answer)s %(number)s"),
    Say.FIGURES: marked("The answers were as follows: %(figures)s."),
    Say.BY_GROUPS: marked("By stakeholder group: %(groups)s."),
    Say.FIGURES_OF: marked("%(group)s (%(figures)s)"),
    Say.OTHER_GROUPS: marked("other groups"),
    Say.NOT_STATED: marked("not stated"),
    Say.ANONYMOUS: marked("The answers were given anonymously."),
    Say.TOO_FEW: marked("Too few answered for figures to be given."),
    Say.ANNOUNCED: marked("It was announced: %(words)s"),
    Say.ACTION: marked("Action %(number)s: %(words)s"),
    Say.OWNER: marked("Responsible: %(name)s."),
    Say.DUE: marked("Due by %(day)s."),
    Say.PROPOSED: marked("It was proposed: %(words)s"),
    Say.PROPOSED_BY: marked("%(name)s proposed: %(words)s"),
    Say.WAS_AGREED: marked("This was agreed."),
    Say.WAS_ACTION: marked("This was taken up as an action."),
    Say.WAS_ACTION_NUMBER: marked("This was taken up as action %(number)s."),
    Say.WAS_DECLINED: marked("This was not taken up."),
    Say.NONE_ANNOUNCED: marked("No announcements were made."),
    Say.NONE_DECIDED: marked("No decisions were taken."),
    Say.NONE_TO_DO: marked("No actions were agreed."),
    Say.ANNEX: marked("Annex %(number)s: %(title)s"),
    Say.TIMETABLE: marked("Timetable"),
    Say.PARTICIPANTS: marked("List of participants"),
    Say.USE_OF_TIME: marked("Use of speaking time"),
    Say.PART: marked("Day, agenda item"),
    Say.PLANNED: marked("Planned"),
    Say.HELD: marked("Held"),
    Say.BREAK: marked("Break"),
    Say.NAME: marked("Name"),
    Say.ORGANISATION: marked("Organisation"),
    Say.COUNTRY: marked("Country"),
    Say.CAPACITY: marked("Capacity"),
    Say.DAYS: marked("Present on day"),
    Say.SPOKE_AS: marked("Division"),
    Say.TURNS: marked("Turns"),
    Say.PEOPLE: marked("People"),
    Say.TIME: marked("Time"),
    Say.SHARE: marked("Share"),
    Say.BY_GROUP: marked("Stakeholder group"),
    Say.BY_REGION: marked("Region"),
    Say.BY_CHANNEL: marked("Taking part"),
    Say.THE_CHAIR: marked("The Chair"),
    Say.UNIDENTIFIED: marked("Unidentified speaker"),
    Say.NO_WORDS: marked("No words were recorded."),
}
CHANNELS: Mapping[str, str] = {
    "room": marked("on site"),
    "online": marked("online"),
    "chat": marked("in the chat"),
    "hub": marked("at a remote hub"),
    "secretariat": marked("through the secretariat"),
}
WITHOUT_SPACES = frozenset({"zh"})  # languages whose sentences follow one another without a space


def wording_in(language: str) -> Wording:
    """Give the words of a language, all of them at once: none is looked up when the record is said."""
    with override(language):
        sentences = {what: _(words) for what, words in SENTENCES.items()}
        capacities = {one: str(Registered(one.value).label) for one in Capacity}
        answers = {answer: str(words) for answer, words in ANSWERS.items()}
        channels = {channel: _(words) for channel, words in CHANNELS.items()}
        last = _("%(others)s and %(last)s")
    return Wording(
        language=language,
        sentences=sentences,
        capacities=capacities,
        answers=answers,
        channels=channels,
        on_day=cache(partial(_in, language, _date)),
        period=partial(_in, language, period),
        listed=partial(_in, language, partial(_listed, last)),
        length=partial(_in, language, _length),
        took_part=partial(_in, language, _took_part),
        not_named=partial(_in, language, _not_named),
        cause=partial(_in, language, _cause),
        label=label_as_printed,
        gap="" if language.partition("-")[0] in WITHOUT_SPACES else " ",
        comma=OWN.get(language.partition("-")[0], COMMA),
        direction="rtl" if get_language_info(language)["bidi"] else "ltr",
    )


def _in(language: str, say: Callable[..., str], /, *values: object) -> str:
    with override(language):
        return say(*values)


def _date(day: date) -> str:
    return date_format(day, _("j F Y"))


def _listed(last: str, names: Sequence[str]) -> str:
    """Join names as a sentence does: "A, B and C"."""
    if len(names) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(names)
    return last % {"others": listed(names[:-1]), "last": names[-1]}


def _length(seconds: int) -> str:
    """Write a length as tables do: hours, minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _took_part(number: int) -> str:
    return ngettext("%(count)s person took part", "%(count)s people took part", number) % {"count": number}


def _not_named(number: int) -> str:
    return ngettext(
        "%(count)s more person took part who is not named here.",
        "%(count)s more people took part who are not named here.",
        number,
    ) % {"count": number}


def _cause(reason: Reason, names: Mapping[str, str], zone: str) -> str:
    return ClockWords(names, zone).cause(reason)

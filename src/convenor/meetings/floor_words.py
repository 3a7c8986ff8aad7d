"""What the floor says, in sentences of the page's language: refusals, reasons, moves; the rules write no prose."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.utils.translation import gettext_noop as marked

from convenor.meetings.floor import Barred, Code, Entry, Kind, Rule, Wish
from convenor.meetings.floor.orders import ASKED_FIRST, CHAIR, CLASSES, POINT_OF_ORDER, WAITED, Reason
from convenor.meetings.floor.state import Answer, Outcome
from convenor.people.genders import gender_names
from convenor.people.models import Group
from convenor.shared.languages.lists import listed

Names = Mapping[str, str]
REFUSALS: Mapping[Code, str] = {
    Code.ANOTHER_IS_NEXT: marked(
        "The floor was not given: somebody else has come first meanwhile. Look at the list, and call again."
    ),
    Code.ALREADY_OPEN: marked("The day was not opened: %(day)s is open. Close it first."),
    Code.NOT_OPEN: marked("Nothing was done: no day of the meeting is open. Wait until the chair opens it."),
    Code.UNKNOWN_PART: marked(
        "Nothing was done: the agenda has no such part any more. Look at the agenda as it stands."
    ),
    Code.ALREADY_STARTED: marked("Nothing was done: this block or break has begun already."),
    Code.NOT_STARTED: marked("Nothing was done: no block or break runs that could end."),
    Code.ALREADY_UNDER_WAY: marked("%(item)s was not taken up: it is under way already."),
    Code.NOT_UNDER_WAY: marked("Nothing was done: no item is under way. Take one up first."),
    Code.NOT_RESTING: marked("%(item)s was not continued: it does not rest. Take it up instead."),
    Code.ALREADY_CLOSED: marked("Nothing was done: %(item)s is closed. The chair can take it up again."),
    Code.NOT_TO_COME: marked("%(item)s was not moved: only what is still to come can be moved."),
    Code.NOT_MOVED: marked("%(item)s was not moved: it stands there already."),
    Code.NO_ITEM: marked("Nothing was entered: no item is under way. Say which item it is about."),
    Code.LIST_CLOSED: marked(
        "The request was not entered: the list of speakers is closed. Who waits is still heard; a point of order can "
        "be raised at any time."
    ),
    Code.LIST_CLOSED_BEFORE: marked("The list was not closed: it is closed already. Who waits is still heard."),
    Code.LIST_OPEN: marked("The list was not reopened: it is open."),
    Code.ALREADY_WAITING: marked(
        "The request was not entered: this person waits already with one of this kind, and keeps that place."
    ),
    Code.NOT_WAITING: marked(
        "Nothing was done: this request no longer waits. It was called, withdrawn or set aside; look at the list."
    ),
    Code.NOT_SET_ASIDE: marked("Nothing was done: this request is not set aside. Look at the list."),
    Code.NOT_YOURS: marked("Nothing was done: it is somebody else's request."),
    Code.NOT_IN_LIST: marked(
        "The request was not moved: it can only stand behind another that waits, and points of order come first."
    ),
    Code.IS_BREAK: marked("The floor was not given: it is a break. End the break, or take an item up."),
    Code.NOBODY_WAITS: marked("The floor was not given: nobody waits."),
    Code.NOBODY_SPEAKS: marked("Nothing was done: nobody has the floor."),
    Code.NOTHING_TO_UNDO: marked(
        "The floor was not given back: something else has happened since the turn ended. Enter a new request instead."
    ),
    Code.TIME_STANDS: marked("The time was not paused: it stands already."),
    Code.TIME_RUNS: marked("The time was not resumed: it runs."),
    Code.NO_LIMIT: marked("The time was not extended: this turn has no limit."),
    Code.BAD_NUMBER: marked("Nothing was done: %(number)s is out of range. Give a smaller number above 0."),
    Code.COUNT_RUNS: marked("Nothing was done: a count runs. State its result or stop it first."),
    Code.NO_COUNT: marked(
        "Nothing was done: this count has ended. To come back to it, raise a point of order or ask for the floor."
    ),
    Code.STILL_COUNTING: marked(
        "Nothing was adopted yet: it is counted to %(counted)s of %(counts)s. Wait until the count is full."
    ),
    Code.CHECK_RUNS: marked("Nothing was done: a check of the sense of the room runs. Close it first."),
    Code.NO_CHECK: marked("Nothing was entered: this check has ended. What was answered before is kept."),
    Code.ALREADY_ANSWERED: marked("Nothing was changed: your answer is entered already."),
    Code.IS_ANONYMOUS: marked(
        "Nothing was entered: this check is anonymous, and answers to it are given without a name."
    ),
    Code.NOT_MINUTED: marked(
        "Nothing was entered: there is no such point in the minutes of this meeting. Choose it from the list again."
    ),
    Code.ALREADY_SETTLED: marked(
        "Nothing was entered: this point was settled so already, or withdrawn. What was entered before is kept."
    ),
}
# To whoever clicked when the meeting had moved on: by what happened meanwhile.
AGAIN = marked("Nothing was done a second time. Look at what stands there now, and click again if it is still wanted.")
MEANWHILE: Mapping[Kind, str] = {
    Kind.DAY_OPENED: marked("The day has been opened meanwhile."),
    Kind.DAY_CLOSED: marked("The day has been closed meanwhile."),
    Kind.BLOCK_STARTED: marked("A block or break has begun meanwhile."),
    Kind.BLOCK_ENDED: marked("The block or break has ended meanwhile."),
    Kind.TAKEN_UP: marked("An item has been taken up meanwhile."),
    Kind.PAUSED: marked("The item has been paused meanwhile."),
    Kind.CONTINUED: marked("An item has been continued meanwhile."),
    Kind.CLOSED: marked("An item has been closed meanwhile."),
    Kind.POSTPONED: marked("An item has been postponed meanwhile."),
    Kind.FLOOR_GIVEN: marked("The floor has been given to somebody meanwhile."),
    Kind.FLOOR_ENDED: marked("The turn has ended meanwhile."),
    Kind.END_UNDONE: marked("The last speaker has the floor again meanwhile."),
    Kind.TIME_PAUSED: marked("The time has been paused meanwhile."),
    Kind.TIME_RESUMED: marked("The time has been resumed meanwhile."),
    Kind.TIME_EXTENDED: marked("The time has been extended meanwhile."),
    Kind.COUNT_BEGUN: marked("A count has begun meanwhile."),
    Kind.OBJECTED: marked("Somebody has objected meanwhile; the count has stopped."),
    Kind.COUNT_STOPPED: marked("The count has been stopped meanwhile."),
    Kind.ADOPTED: marked("The adoption has been stated meanwhile."),
    Kind.CHECK_BEGUN: marked("A check has begun meanwhile."),
    Kind.CHECK_CLOSED: marked("The check has been closed meanwhile."),
    Kind.DECIDED: marked("A decision has been stated meanwhile."),
}
_TURNS = marked("Fewer turns today: %(class)s %(turns)s, %(other)s %(others)s (%(rule)s).")
REASONS: Mapping[str, str] = {
    POINT_OF_ORDER: marked("Points of order come first."),
    ASKED_FIRST: marked("Next in the order of asking."),
    CHAIR: marked("Placed by the chair; place %(would)s by the order of the day."),
    "alternate online": marked("Room and online speak in turn, and it is the turn of those online."),
    "alternate room": marked("Room and online speak in turn, and it is the turn of the room."),
    Rule.COMMUNITY_FIRST: marked("The community speaks before the members of the committee."),
    Rule.MEMBERS_FIRST: marked("The members of the committee speak first."),
    Rule.GROUP: _TURNS,
    Rule.REGION: _TURNS,
    Rule.GENDER: _TURNS,
    Rule.FEWEST_TURNS: marked("Has spoken %(turns)s times today, whoever asked earlier %(others)s times."),
    Rule.LEAST_TIME: marked("Has spoken %(turns)s seconds today, whoever asked earlier %(others)s seconds."),
}
RULES: Mapping[Rule, object] = {
    Rule.FIRST_COME: gettext_lazy("in the order of asking"),
    Rule.ALTERNATE: gettext_lazy("room and online in turn"),
    Rule.COMMUNITY_FIRST: gettext_lazy("community first"),
    Rule.MEMBERS_FIRST: gettext_lazy("members first"),
    Rule.GROUP: gettext_lazy("balanced by stakeholder group"),
    Rule.REGION: gettext_lazy("balanced by region"),
    Rule.GENDER: gettext_lazy("balanced by gender"),
    Rule.FEWEST_TURNS: gettext_lazy("who has spoken least often"),
    Rule.LEAST_TIME: gettext_lazy("who has spoken the shortest time"),
}
WISHES: Mapping[Wish, object] = {
    Wish.INTERVENTION: gettext_lazy("intervention"),
    Wish.QUESTION: gettext_lazy("question"),
    Wish.REPLY: gettext_lazy("reply"),
    Wish.RIGHT_OF_REPLY: gettext_lazy("right of reply"),
    Wish.POINT_OF_ORDER: gettext_lazy("point of order"),
}
ANSWERS: Mapping[Answer, object] = {
    Answer.SUPPORT: gettext_lazy("support"),
    Answer.LIVE_WITH: gettext_lazy("can live with it"),
    Answer.OBJECT: gettext_lazy("object"),
}
# As the journal keeps them.
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.ADOPTED: marked("adopted without objection"),
    Outcome.AGREED: marked("agreed"),
    Outcome.AGREED_ON_CONDITION: marked("agreed on a condition"),
    Outcome.NOTED: marked("noted"),
    Outcome.DEFERRED: marked("deferred"),
}


def refusal(error: Barred, names: Names | None = None) -> str:
    """Say why something cannot be done; `names` are those of the parts of the agenda that it names by key."""
    if error.code is Code.MOVED_ON:
        kind = error.values.get("kind")
        return " ".join(_(words) for words in (MEANWHILE[Kind(str(kind))] if kind else "", AGAIN) if words)
    known = names or {}
    said = {name: known.get(value, value) if isinstance(value, str) else value for name, value in error.values.items()}
    return _(REFUSALS[error.code]) % said


def reason(one: Reason, names: Names) -> str:
    """Say why a request stands where it stands; `names` are those of regions."""
    said: dict[str, object] = dict(one.values)
    if one.code == WAITED:
        count = int(one.values["before"])
        return ngettext(
            "One person who asked later comes before, by the order of the day.",
            "%(before)s people who asked later come before, by the order of the day.",
            count,
        ) % {"before": count}
    if one.code in CLASSES:
        rule = Rule(one.code)
        classes = {name: class_name(rule, str(one.values[name]), names) for name in ("class", "other")}
        said |= {**classes, "rule": RULES[rule]}
    words = REASONS[" ".join(filter(None, (one.code, str(one.values.get("side", "")))))]
    return _(words) % said


def class_name(rule: Rule, code: str, names: Names) -> str:
    """Name a stakeholder group, a region or a gender; regions have the names that the rules of the year give them."""
    if rule is Rule.GENDER:
        return str(dict(gender_names()).get(code or "none", code))
    if not code:
        return _("not stated")
    if rule is Rule.GROUP and code in Group.values:
        return str(Group(code).label)
    return names.get(code, code)


def move(entry: Entry, names: Names) -> str:
    """Say what a move of an item changed."""
    passed = listed(names.get(key, key) for key in entry.texts("passes"))
    said = {"item": names.get(entry.text("item"), entry.text("item")), "items": passed}
    if entry.values["is_earlier"]:
        return _("%(item)s is taken before %(items)s.") % said
    return _("%(item)s is taken after %(items)s.") % said

"""Who may do what with meetings and their agendas."""

from django.utils.translation import gettext_noop

from convenor.people.roles import COMMITTEE, EVERYBODY, STEERING, Role, verb

SEE = verb(gettext_noop("see the meetings"), *EVERYBODY)
KEEP = verb(gettext_noop("correct an agenda"), Role.SECRETARIAT)
JOIN = verb(
    gettext_noop("see the call link of a meeting"),
    Role.OBSERVER,
    Role.HOST,
    Role.LEAD,
    Role.FACILITATOR,
    Role.RAPPORTEUR,
    *COMMITTEE,
)
REGISTER = verb(gettext_noop("register for a meeting"), Role.SIGNED_IN)
SEE_ALL_PARTICIPANTS = verb(gettext_noop("see everybody who takes part in a meeting"), *COMMITTEE)
KEEP_PARTICIPANTS = verb(gettext_noop("confirm participants and mark attendance"), Role.SECRETARIAT)
ASK_FOR_BRIEFING = verb(gettext_noop("ask for a slot for a briefing"), Role.SIGNED_IN)
ASK_FOR_OTHER_BUSINESS = verb(gettext_noop("ask for a point under any other business"), *COMMITTEE)
PLACE_REQUESTS = verb(gettext_noop("place or decline what is asked of a meeting"), *STEERING)
FOLLOW = verb(gettext_noop("follow the floor of a meeting"), *EVERYBODY)
TAKE_PART_OPEN = verb(gettext_noop("ask for the floor, object and answer on a day open to all"), Role.SIGNED_IN)
TAKE_PART_OBSERVED = verb(
    gettext_noop("ask for the floor, object and answer on a day for members and observers"),
    *(Role.OBSERVER, Role.HOST, Role.LEAD, Role.FACILITATOR, Role.RAPPORTEUR, *COMMITTEE),
)
TAKE_PART_MEMBERS = verb(gettext_noop("ask for the floor, object and answer on a day for members"), *COMMITTEE)
KEEP_CAPTIONS = verb(gettext_noop("make and revoke feeds of captions, and read transcripts in"), *STEERING)
KEEP_LIST = verb(gettext_noop("enter requests for others and welcome guests"), *STEERING)
PRESIDE = verb(gettext_noop("chair a meeting"), *STEERING)
MINUTE = verb(
    gettext_noop("minute at the floor: points, announcements, proposals and action items"), Role.RAPPORTEUR, *STEERING
)
READ_DRAFT_MINUTES = verb(gettext_noop("read the draft minutes of a meeting"), Role.RAPPORTEUR, *STEERING)
WRITE_MINUTES = verb(gettext_noop("write the minutes of a meeting"), Role.RAPPORTEUR, Role.SECRETARIAT)
READ_CIRCULATED_MINUTES = verb(
    gettext_noop("read minutes that are circulated for correction, without having taken part"),
    Role.RAPPORTEUR,
    *COMMITTEE,
)
CORRECT_MINUTES = verb(gettext_noop("propose corrections of circulated minutes"), Role.SIGNED_IN)
ADOPT_MINUTES = verb(gettext_noop("state that minutes are adopted, and lock them"), *STEERING)
READ_MINUTES = verb(gettext_noop("read the adopted minutes of a meeting"), *EVERYBODY)
KEEP_ACTIONS = verb(gettext_noop("enter and change action items of a meeting"), Role.RAPPORTEUR, *STEERING)
REPORT_ACTIONS = verb(gettext_noop("report one's own action items done"), Role.SIGNED_IN)
SEE_FOLLOW_UP = verb(gettext_noop("see the decisions and action items of meetings"), *EVERYBODY)

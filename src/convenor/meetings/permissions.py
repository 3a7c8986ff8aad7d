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
    *(Role.OBSERVER, Role.HOST, Role.LEAD, Role.FACILITATOR, *COMMITTEE),
)
TAKE_PART_MEMBERS = verb(gettext_noop("ask for the floor, object and answer on a day for members"), *COMMITTEE)
KEEP_CAPTIONS = verb(gettext_noop("make and revoke feeds of captions, and read transcripts in"), *STEERING)
KEEP_LIST = verb(gettext_noop("enter requests for others and welcome guests"), *STEERING)
PRESIDE = verb(gettext_noop("chair a meeting"), *STEERING)

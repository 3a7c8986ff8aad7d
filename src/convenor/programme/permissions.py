"""Who may do what with the timetable."""

from django.utils.translation import gettext_noop

from convenor.people.roles import COMMITTEE, STEERING, Role, verb

SEE_BOARD = verb(gettext_noop("look at the timetable board"), Role.HOST, *COMMITTEE)
COMPUTE = verb(gettext_noop("compute the timetable"), *STEERING)
RELEASE = verb(gettext_noop("release the timetable"), *STEERING)
SET_VENUE = verb(gettext_noop("enter rooms and slots"), *STEERING)

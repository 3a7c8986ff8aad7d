"""Who may do what to forums, years and their journal."""

from django.utils.translation import gettext_noop

from convenor.people.roles import EVERYBODY, Role, verb

SEE_THE_YEAR = verb(gettext_noop("see the year"), *EVERYBODY)
SEE_THE_RULES = verb(gettext_noop("see the rules"), *EVERYBODY)
READ_THE_JOURNAL = verb(gettext_noop("read the journal"), *EVERYBODY)
SET_THE_PHASES = verb(gettext_noop("set the days of the phases"), Role.SECRETARIAT)
REMOVE_THE_EXAMPLE = verb(gettext_noop("remove the example"), Role.SECRETARIAT)

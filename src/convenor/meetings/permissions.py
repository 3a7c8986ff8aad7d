"""Who may do what with meetings and their agendas."""

from django.utils.translation import gettext_noop

from convenor.people.roles import EVERYBODY, Role, verb

SEE = verb(gettext_noop("see the meetings"), *EVERYBODY)
READ_IN = verb(gettext_noop("read in an agenda"), Role.SIGNED_IN)
KEEP = verb(gettext_noop("correct an agenda"), Role.SECRETARIAT)

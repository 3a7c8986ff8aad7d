"""Who may do what with meetings and their agendas."""

from django.utils.translation import gettext_noop

from convenor.people.roles import EVERYBODY, Role, verb

SEE = verb(gettext_noop("see the meetings"), *EVERYBODY)
KEEP = verb(gettext_noop("correct an agenda"), Role.SECRETARIAT)

"""Who may read the programme: everybody."""

from django.utils.translation import gettext_noop

from convenor.people.roles import EVERYBODY, verb

READ = verb(gettext_noop("read the programme"), *EVERYBODY)

"""Who may do what with proposals."""

from django.utils.translation import gettext_noop as _

from convenor.people.roles import EVERYBODY, verb

SEE = verb(_("see the proposals"), *EVERYBODY)

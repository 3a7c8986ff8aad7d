"""Who may do what with proposals."""

from django.utils.translation import gettext_noop as _

from convenor.people.roles import EVERYBODY, Role, verb

SEE = verb(_("see the proposals"), *EVERYBODY)
IMPORT = verb(_("import proposals"), Role.SECRETARIAT)

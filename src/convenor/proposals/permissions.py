"""Who may do what with proposals."""

from django.utils.translation import gettext_noop as _

from convenor.people.roles import EVERYBODY, Role, verb

SEE = verb(_("see the proposals"), *EVERYBODY)
PROPOSE = verb(_("propose a session"), Role.SIGNED_IN)
IMPORT = verb(_("import proposals"), Role.SECRETARIAT)
SEE_THE_CALL = verb(_("read the call for proposals"), *EVERYBODY)
KEEP_THE_CALL = verb(_("open, extend and close the call, and give out access codes"), Role.SECRETARIAT)
ASK_PEOPLE = verb(_("see who of their own proposals has confirmed"), Role.SIGNED_IN)
SEE_CONTRIBUTORS = verb(_("see what everybody named in proposals answered"), Role.SECRETARIAT)

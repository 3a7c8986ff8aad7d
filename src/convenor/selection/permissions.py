"""Who may do what with the selection."""

from django.utils.translation import gettext_noop as _

from convenor.people.roles import COMMITTEE, STEERING, verb

SEE = verb(_("see the selection"), *COMMITTEE)
ASK = verb(_("ask what would bring a proposal in"), *COMMITTEE)
COMPUTE = verb(_("compute a selection"), *STEERING)

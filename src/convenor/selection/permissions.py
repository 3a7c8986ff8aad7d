"""Who may do what with the selection."""

from django.utils.translation import gettext_noop as _

from convenor.people.roles import COMMITTEE, STEERING, verb

SEE = verb(_("see the selection"), *COMMITTEE, field="grades")
ASK = verb(_("ask what would bring a proposal in"), *COMMITTEE, field="grades")
COMPUTE = verb(_("compute a selection"), *STEERING, field="grades")

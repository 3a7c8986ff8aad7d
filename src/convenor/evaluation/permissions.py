"""Who may do what with the evaluation."""

from django.utils.translation import gettext_noop as _

from convenor.people.roles import COMMITTEE, STEERING, verb

SEE_RESULTS = verb(_("see the results of the evaluation"), *COMMITTEE, field="grades")
COMPUTE = verb(_("compute the results of the evaluation"), *STEERING, field="grades")

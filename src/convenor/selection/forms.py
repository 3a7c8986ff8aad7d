"""What may be tried."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_PLACES = 5000


class Trial(forms.Form):
    """A selection; another number of places than that of the slot budget may be tried."""

    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES, required=False)

"""What may be tried."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Trial(forms.Form):
    """A selection with another number of places."""

    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000)

"""What readers of a language said about its strings on this installation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from convenor.shared.languages.strings import DIGEST_LENGTH, KEY_LENGTH


class Confirmation(models.Model):
    """A native reader found one wording of one string right."""

    language = models.CharField(_("language"), max_length=8)
    digest = models.CharField(max_length=DIGEST_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("confirmed"))

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("language", "digest"), name="confirmed_once"),)

    def __str__(self) -> str:
        return f"{self.language}: {self.digest}"


class TranslationChange(models.Model):
    """A better wording that somebody proposed for a string; the newest counts, earlier ones are kept."""

    language = models.CharField(_("language"), max_length=8)
    key = models.CharField(max_length=KEY_LENGTH)  # of the string
    strings = models.JSONField(_("wording"))  # its forms
    digest = models.CharField(max_length=DIGEST_LENGTH)  # of this wording
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("proposed"))

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("language", "key"), name="changes_of_a_string"),)

    def __str__(self) -> str:
        return f"{self.language}: {' / '.join(self.strings)}"

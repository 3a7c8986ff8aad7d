"""Rows of signing in: the sessions of people's browsers, and the counts that slow guessing down."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class BrowserSession(AbstractBaseSession):
    """One browser's session; a row that is deleted is signed out at its next request. No network address is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="browsers")
    browser = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # right within an hour; empty for the first one
    only = models.CharField(max_length=200, blank=True)  # the one path that a link from a mail opened

    class Meta:
        indexes = (models.Index(fields=("expire_date",), name="browser_session_by_end"),)

    def __str__(self) -> str:
        return f"{self.browser} {self.system}".strip()

    def save(self, *args: Any, force_update: bool = False, **kwargs: Any) -> None:
        """Leave the hour of last use to its own writer, which other requests run beside this one."""
        if force_update:
            kept = {field.name for field in self._meta.concrete_fields} - {"used_at", "session_key"}
            kwargs["update_fields"] = kept
        super().save(*args, force_update=force_update, **kwargs)


class Tally(models.Model):
    """When something was tried lately, under a digest: neither the address nor the network can be read from it."""

    key = models.CharField(max_length=64, primary_key=True)
    times = models.JSONField(default=list)  # seconds since 1970, oldest first
    until = models.DateTimeField(db_index=True)  # nothing counts after

    def __str__(self) -> str:
        return self.key

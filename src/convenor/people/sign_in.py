"""Signing in by a code sent by e-mail."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """How accounts behave here."""

"""Kinds of mail that the outbox treats in their own way."""

from django.core.mail import EmailMessage

CODE = "code"


class CodeMail(EmailMessage):
    """A mail with a code that lets in whoever reads it: its text is withheld on the outbox page."""

    kind = CODE

"""Mails in an outbox: every message is kept, then sent."""

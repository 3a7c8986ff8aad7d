"""Decisions in order, each chained to the one before: `record`, `verify`, `sentence`."""

from convenor.shared.journal.chain import Verdict, record, sentence, verify

__all__ = ["Verdict", "record", "sentence", "verify"]

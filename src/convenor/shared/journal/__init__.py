"""Decisions in order, each chained to the one before: `record`, `verify`, `sentence`; texts about people erasable."""

from convenor.shared.journal.chain import record, sentence, sentences
from convenor.shared.journal.checking import Verdict, verify
from convenor.shared.journal.texts import Private, typed

__all__ = ["Private", "Verdict", "record", "sentence", "sentences", "typed", "verify"]

"""Convenor: the preparatory process of a multistakeholder forum."""

__version__ = "0.1.0"

"""Decisions in order, each chained to the one before."""

"""Verbs of the command line that the shared parts carry."""

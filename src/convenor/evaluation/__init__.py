"""Conflicts, assignments, grades, results."""

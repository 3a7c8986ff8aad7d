"""Decide with figures: grades, selection, timetable, explanations and likeness, as a pure library."""

"""Who takes part in a meeting: registration, the list of participants, attendance day by day."""

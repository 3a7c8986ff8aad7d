"""Sessions, rooms, slots, placements, releases."""

"""Pages of a meeting's floor: for those who take part, the public, the room, the chair and the secretariat."""

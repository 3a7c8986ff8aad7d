"""An invented year of a forum: a seeded world of people, proposals and grades, and its loader."""

"""How much text an agenda may have."""

MAX_CHARACTERS = 400_000
MAX_LINES = 8_000
MAX_LINE = 10_000

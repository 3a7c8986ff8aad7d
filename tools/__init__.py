"""Tools of the workshop: tests, translations, screenshots."""

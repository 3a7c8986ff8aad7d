"""The interface's languages: its strings and who confirmed them, how days are said, which language a text is in."""

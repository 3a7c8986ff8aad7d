"""Minutes in forms to take away, edited or not: a paper for PDF, DOCX and text, JSON, Akoma Ntoso. It is pure."""

"""The editor of a meeting's agenda: what several people do to it, its pages, its versions, and new meetings."""

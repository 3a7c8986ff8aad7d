"""What people take away of an agenda: paper, page to print, text, table, data; calendars: `meetings.calendars`."""

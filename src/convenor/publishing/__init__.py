"""The public's side: programme, session pages, feeds."""

"""Proposals that were collected by a spreadsheet or by mail: read, looked at, taken over.

Pure: `tables`, `csv_table`, `xlsx_table`, `pretalx` (file → table) · `fields`, `guessing` (which column, which code) ·
`cell_texts`, `cell_people`, `entries` (row → what it says) · `fates` (what becomes of it). `known`, `checking`,
`resolving`, `writing` and `actions` stand between these and the database. Only the worker and the command line import
`jobs` and `template`.
"""

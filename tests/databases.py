"""What the run on PostgreSQL leaves out.

SQLite tries everything. The second run is for what a database can answer in its own way: constraints and locks,
actions, queries with their order and their search, and that each page opens at all with real rows (the walk of
`house/test_forums_apart.py`). It leaves out tests without a database, and the files below: they try what pages say and
whom they let in, on rows that other files write and ask for on both databases.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent
ON_ONE_DATABASE = (
    # whom a page lets in and what it tells whom: follows from roles and rules
    "house/test_routes.py",
    "house/test_who_sees_what.py",
    "example/test_erased.py",  # a walk over every page; erasing itself is tried in people/privacy
    # what pages and forms say and keep
    "cycle/test_jobs_page.py",
    "cycle/test_rules_pages.py",
    "evaluation/test_documents_page.py",
    "meetings/corrections/test_pages.py",
    "meetings/editor/test_pages.py",
    "meetings/editor/test_sitting.py",
    "meetings/floorpages",
    "meetings/test_agenda_live.py",
    "meetings/test_agenda_page.py",
    "meetings/test_reading_pages.py",
    "meetings/test_timing.py",
    "shared/languages/test_pages.py",
    "shared/test_pages.py",
)
# Libraries without a database: not even looked through. A test there that asks for one is refused (`conftest.py`).
WITHOUT_DATABASE = ("meetings/agenda", "meetings/clock", "meetings/formats", "meetings/reader", "optimise")


def is_on_one_database(path: Path) -> bool:
    """Say whether a file of tests is tried on SQLite alone, or without a database."""
    return any(path.is_relative_to(ROOT / one) for one in (*ON_ONE_DATABASE, *WITHOUT_DATABASE))


def is_without_database(path: Path) -> bool:
    """Say whether no test of a file may ask for a database."""
    return any(path.is_relative_to(ROOT / one) for one in WITHOUT_DATABASE)

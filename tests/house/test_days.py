"""A day is that of somewhere: no part takes the day of UTC for the day of a forum."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "convenor"
DAY_OF_UTC = re.compile(r"(?:\bat|_at|\bnow|now\(\)|\bmoment(?:\([^()]*(?:\(\))?\))?)\.date\(\)")
# Where the day of a moment is taken as it stands, and why that is right.
RIGHT = {
    "of no forum: whoever is secretariat of any, an account, an erasure": {
        "people/history_views.py", "people/models.py", "people/privacy_erasure.py", "people/privacy_own.py",
        "people/privacy_pages.py", "people/role_actions.py", "people/views.py", "shared/languages/views.py",
        "shared/mail/views.py", "shared/pages/access.py",
    },
    "of a forum without a year, which has no zone": {"cycle/finding.py", "cycle/retention.py"},
    "when rows are old enough to go, in months": {
        "cycle/retention_rules.py", "meetings/captions/privacy.py", "meetings/floor_privacy.py",
        "meetings/privacy.py", "proposals/importing/privacy.py",
    },
    "leaves out what is due nowhere yet, or over everywhere; each row is asked again by the day of its forum": {
        "meetings/followup/reminding.py", "proposals/contributing/asking.py",
    },
    "says that it is the day of UTC": {"cycle/closing.py"},
    "a moment that was brought into its zone before": {
        "programme/problem.py", "programme/venue.py", "publishing/talks.py",
    },
}  # fmt: skip


def test_no_part_takes_the_day_of_utc_for_that_of_a_forum():
    found = {
        str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if DAY_OF_UTC.search(path.read_text("utf-8"))
    }

    assert found == set().union(*RIGHT.values())

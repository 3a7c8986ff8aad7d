"""Measure how fast a long list of proposals is imported.

`python bench/import_proposals.py [--json] [--rows N]`

A list with every field, two speakers a row and descriptions of 1,200 characters is written as CSV and as XLSX, read,
looked at (the first page and the fiftieth), taken over, and handed in again with every tenth title changed. SQLite in a
folder of its own. Seconds are those of the processor, which other work on the machine changes little; memory is the
peak of the process.
"""

import csv
import io
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
AT = datetime(2017, 5, 2, 10, tzinfo=UTC)
HEADER = ["ID", "Title", "Theme", "Format", "Minutes", "Description", "Expected outcomes", "Proposer", "E-mail",
          "Organisation", "Stakeholder group", "Country", "Speakers"]  # fmt: skip
THEMES = ["Access and infrastructure", "Données et vie privée", "Digital economy", "Securty and trust"]
GROUPS = ["Civil society / CS / société civile", "Govt", "Private sector", "Technical community"]
COUNTRIES = ["Kenya", "Suisse", "Бразилия", "日本", "India"]


def rows(number: int, *, changed: bool = False) -> list[list[str]]:
    """Invent a list; `changed` gives every tenth row another title."""
    text = "Who pays for the second cable, and who decides where it lands? " * 19
    return [
        [
            str(n), f"Session {n} on cables{' and more' if changed and n % 10 == 0 else ''}", THEMES[n % 4], "Panel",
            "90 min", f"{n}. {text}", text[:400], f"Proposer {n % 2000}", f"p{n % 2000}@example.org",
            f"Organisation {n % 900}", GROUPS[n % 4], COUNTRIES[n % 5],
            f"Speaker {n} <s{n}@example.org>, Body {n % 50}\nSpeaker {n + 1} <s{n + 1}@example.org>",
        ]
        for n in range(1, number + 1)
    ]  # fmt: skip


def as_csv(table: list[list[str]]) -> bytes:
    """Write a list as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADER, *table])
    return out.getvalue().encode()


def as_xlsx(table: list[list[str]]) -> bytes:
    """Write a list as XLSX."""
    import openpyxl  # noqa: PLC0415 - only here

    book: Any = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Proposals")
    for row in [HEADER, *table]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def seconds(do: Callable[[], Any]) -> tuple[float, Any]:
    """Measure one call."""
    before = time.process_time()
    result = do()
    return time.process_time() - before, result


def measure(number: int) -> dict[str, float]:
    """Import the list."""
    from django.test import Client  # noqa: PLC0415 - after Django is set up

    from convenor.people.actions import arrive  # noqa: PLC0415 - as above
    from convenor.proposals.importing import actions, jobs  # noqa: PLC0415 - as above
    from convenor.proposals.importing.checking import prepare  # noqa: PLC0415 - as above
    from convenor.proposals.importing.writing import write  # noqa: PLC0415 - as above

    by = arrive("secretariat@example.org", at=AT)
    by.is_superuser = True
    by.save()
    cycle, client = _year(by), Client(HTTP_HOST="localhost")
    client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
    table, found = rows(number), dict[str, float]()

    def read(data: bytes, name: str) -> Any:
        return jobs.read_now(actions.hand_in(cycle, data, name=name, by=by, at=AT))

    packed = as_xlsx(table)
    found["table from XLSX"], _table = seconds(lambda: jobs.table_from(packed))
    found["table from CSV"], _table = seconds(lambda: jobs.table_from(as_csv(table)))
    found["read, guess, compare, keep (XLSX)"], source = seconds(lambda: read(packed, "list.xlsx"))
    for page in (1, number // 100):
        url = f"{source.get_absolute_url()}?page={page}"
        found[f"preview, page {page}"] = statistics.median(seconds(partial(client.get, url))[0] for _ in range(5))
    found["page of columns and spellings"] = seconds(lambda: client.get(f"{source.get_absolute_url()}reading/"))[0]
    found["corrected, compared again"] = seconds(
        lambda: actions.set_reading(source, columns=source.columns, codes={}, otherwise={}, as_drafts=False)
    )[0]
    found["taken over"], counts = seconds(lambda: write(source, prepare(source), by=by, at=AT))
    changed = as_csv(rows(number, changed=True))
    found["read again, every tenth changed"], again = seconds(lambda: read(changed, "list.csv"))
    found["changes taken over"], after = seconds(lambda: write(again, prepare(again), by=by, at=AT))
    found |= {"new": counts["new"], "changed": after["updated"], "unchanged": after["unchanged"]}
    found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _year(by: Any) -> Any:
    from convenor.cycle.actions import start_forum  # noqa: PLC0415 - after Django is set up

    first, last = date(2017, 12, 18), date(2017, 12, 21)
    return start_forum(
        name="Bench", year="2017", zone="UTC", starts_on=first, ends_on=last, by=by, at=AT, preset="igf-2017"
    )


def main(words: list[str]) -> int:
    """Print the figures."""
    number = int(words[words.index("--rows") + 1]) if "--rows" in words else 5_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONVENOR_HOME"], os.environ["CONVENOR_SECRET_KEY"] = folder, "bench"
        os.environ["CONVENOR_DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "convenor.config.settings"
        sys.path[:0] = [str(ROOT / "src")]
        import django  # noqa: PLC0415 - the settings read the lines above
        from django.core.management import call_command  # noqa: PLC0415 - as above

        django.setup()
        call_command("setup", verbosity=0)
        found = measure(number)
    if "--json" in words:
        print(json.dumps(found, indent=1))
    else:
        print("\n".join(f"{name:36}{value:10.2f}" for name, value in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

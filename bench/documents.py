"""Measure how long documents take and how large they are: `python bench/documents.py [--json] [--keep FOLDER]`.

A synthesis of 219 and of 5,000 made-up rows (16 columns; titles in five scripts) and the seed agenda, each in a process
of its own, so that its memory is its own. `--keep` leaves the files to look at.
"""
# ruff: noqa: PLC0415 - Django is imported when it is set up

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convenor.shared.documents import Document, Made, Workbook

ROOT = Path(__file__).resolve().parents[1]
AT = datetime(2017, 6, 12, 8, tzinfo=UTC)
ROWS = (219, 5_000)
CASES = [
    *(f"synthesis-{rows}.{form}" for rows in ROWS for form in ("xlsx", "docx", "pdf")),
    "agenda.pdf",
    "agenda.docx",
]
TITLES = ("Access for all", "الوصول للجميع", "人人可及的互联网", "सबके लिए पहुँच", "ለሁሉም ተደራሽ")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how long documents take and how large they are.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--keep", type=Path, help="leave the documents in this folder")
    parser.add_argument("--case", choices=CASES, help="measure one, in this process")
    options = parser.parse_args()
    if options.case:
        print(json.dumps(measured(options.case, options.keep)))
        return
    rows = [in_its_own_process(case, options.keep) for case in CASES]
    if options.json:
        print(json.dumps(rows))
        return
    print(f"{'document':24}{'seconds':>9}{'kB':>9}{'MB of memory':>14}")
    for row in rows:
        print(f"{row['document']:24}{row['seconds']:9.2f}{row['kB']:9.0f}{row['MB']:14.0f}")


def in_its_own_process(case: str, keep: Path | None) -> dict[str, float | str]:
    """Measure one case apart from the others."""
    words = [sys.executable, str(Path(__file__)), "--case", case, *(["--keep", str(keep)] if keep else [])]
    with tempfile.TemporaryDirectory() as home:
        surroundings = {**os.environ, "CONVENOR_HOME": home, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(words, capture_output=True, text=True, check=True, env=surroundings)
    measures: dict[str, float | str] = json.loads(done.stdout)
    return measures


def measured(case: str, keep: Path | None) -> dict[str, float | str]:
    """Write one document and say what it took; the first of a process, with all that is loaded for it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "convenor.config.settings"
    import django

    django.setup()
    stem, _point, form = case.partition(".")
    document = agenda() if stem == "agenda" else synthesis(int(stem.partition("-")[2]), form)
    start = time.perf_counter()
    made = written(document, form)
    seconds = time.perf_counter() - start
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / case).write_bytes(made.data)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"document": case, "seconds": seconds, "kB": len(made.data) / 1000, "MB": memory}


def written(document: "Document | Workbook", form: str) -> "Made":
    """Load the writers and write."""
    from convenor.shared.documents.making import write

    return write(document, form)


def synthesis(rows: int, form: str) -> "Document | Workbook":
    """Make a synthesis up: the columns of the real one, values from the row's number."""
    from convenor.shared.documents import Column, Document, Heading, Paragraph, Sheet, Table, Workbook

    header = (
        "Rank", "No.", "Title", "Calibrated", "90 % interval", "Is in", "n", "Mean", "Its rank", "sd", "Blank",
        "Confl.", "Theme", "Format", "Group", "Region",
    )  # fmt: skip
    titles = [f"{TITLES[row % len(TITLES)]}, workshop {row} with a title of usual length" for row in range(1, rows + 1)]
    scores = [round(5 - 4 * row / rows, 4) for row in range(rows)]
    if form == "xlsx":
        values = tuple(
            (
                row,
                row + 40,
                title,
                score,
                0.5,
                score / 5,
                8,
                score,
                row,
                0.7,
                0,
                1,
                "Access",
                "Panel",
                "Civil",
                "Africa",
            )
            for row, (title, score) in enumerate(zip(titles, scores, strict=True), start=1)
        )
        columns = tuple(Column(name, 40 if name == "Title" else 12) for name in header)
        return Workbook("Synthesis of the evaluation", "en", AT, (Sheet("Ranking", columns, values),))
    cells = tuple(
        (
            str(row), str(row + 40), title, f"{score:.2f}", f"{score - 0.5:.2f}–{score + 0.5:.2f}", "50 %", "8",
            f"{score:.3f}", str(row), "0.70", "0", "1", "Access", "Panel", "Civil", "Africa",
        )
        for row, (title, score) in enumerate(zip(titles, scores, strict=True), start=1)
    )  # fmt: skip
    blocks = (
        Paragraph.of("Made up."),
        Heading("Ranking"),
        Table(header, cells, "Proposals with their scores"),
    )
    return Document("Synthesis of the evaluation", "en", AT, blocks, is_landscape=True)


def agenda() -> "Document":
    """Give the seed agenda as the site prints it, without a database."""
    from convenor.meetings.reader import read
    from convenor.shared.documents import Document, Heading, Item, Listing, Paragraph, Run, Table

    text = (ROOT / "src/convenor/example/data/seed_agenda.txt").read_text("utf-8")
    plain = read(text).agenda

    def items(given: tuple[object, ...]) -> tuple[Item, ...]:
        return tuple(Item((Run(one.title),), one.label or "", items(one.children)) for one in given)  # type: ignore[attr-defined]  # agenda items

    blocks: list[Paragraph | Heading | Table] = [Paragraph.of(plain.purpose or "")]
    for day in plain.days:
        rows = tuple((f"{block.start} – {block.end}", Listing(items(block.items), marker="")) for block in day.blocks)
        blocks += [
            Heading(f"{day.label}: {day.date} – {day.heading}"),
            Table(("Time", "Agenda item"), rows, widths=(22, 78)),
        ]
    return Document(plain.title or "", "en", AT, tuple(blocks))


if __name__ == "__main__":
    main()

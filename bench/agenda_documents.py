"""Measure how well agendas are read from documents.

`python bench/agenda_documents.py [--json] [--only FORMAT] [--misses]`

The 20 labelled texts of $CONVENOR_SHARED/data/agendas (beside the repository where the variable is not set) are written
as DOCX, ODT, HTML and PDF in several layouts and read back: two layouts from the texts themselves, four from their
labels. Each score is the mean of the 20 files; "text" is the same layout as plain text, read by the same grammar.
Milliseconds are those of a page of 3,000 characters, the start of a process for a PDF included.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.agenda_reader import CORPUS, PAGE, scorer  # noqa: E402 - the line above makes them importable
from convenor.meetings.agenda import to_interchange  # noqa: E402 - as above
from convenor.meetings.reader import Unreadable, read, text_of  # noqa: E402 - as above
from tests.meetings.formats.making.as_docx import as_docx  # noqa: E402 - as above
from tests.meetings.formats.making.as_html import as_html  # noqa: E402 - as above
from tests.meetings.formats.making.as_odt import as_odt  # noqa: E402 - as above
from tests.meetings.formats.making.as_pdf import as_pdf  # noqa: E402 - as above
from tests.meetings.formats.making.as_text import as_text  # noqa: E402 - as above
from tests.meetings.formats.making.sheets import FROM_GOLD, FROM_TEXT, Sheet  # noqa: E402 - as above

FORMATS: dict[str, Callable[[Sheet], bytes]] = {
    "text": as_text,
    "html": as_html,
    "docx": as_docx,
    "odt": as_odt,
    "pdf": as_pdf,
    "pdf, no rules": partial(as_pdf, has_rules=False),
}
GOAL = 0.97


def sheets() -> Iterator[tuple[str, str, Sheet, dict[str, Any]]]:
    """Yield every layout of every file: its name, the file, the sheet, the labels."""
    for path in sorted((CORPUS / "dev" / "texts").glob("*.txt")):
        gold = json.loads((CORPUS / "dev" / "gold" / f"{path.stem}.json").read_text("utf-8"))
        text = path.read_text("utf-8")
        for layout, lay in FROM_TEXT.items():
            yield layout, path.stem, lay(text), gold
        for layout, of in FROM_GOLD.items():
            yield layout, path.stem, of(gold), gold


def measure(only: str, *, misses: bool) -> dict[str, Any]:
    """Write and read every file in every layout and format."""
    score = scorer()
    formats = {name: make for name, make in FORMATS.items() if only in name}
    scores: dict[str, dict[str, dict[str, float]]] = {}
    spent, pages = dict.fromkeys(formats, 0.0), dict.fromkeys(formats, 0.0)
    for layout, stem, sheet, gold in sheets():
        for name, make in formats.items():
            data = make(sheet)
            before = time.perf_counter()
            try:
                text = text_of(data)
                spent[name] += time.perf_counter() - before
                agenda: object = to_interchange(read(text).agenda)
            except Unreadable as refusal:
                text, agenda = str(refusal), {}
            pages[name] += max(len(text) / PAGE, 1.0)
            found = score.score_file(score.flatten(gold), score.flatten(agenda))
            scores.setdefault(layout, {}).setdefault(name, {})[stem] = found["mean"]
            if misses and found["mean"] < GOAL:
                tell(layout, stem, name, found)
    return {
        "scores": {
            layout: {name: sum(files.values()) / len(files) for name, files in row.items()}
            for layout, row in scores.items()
        },
        "lowest": {
            layout: {name: min(zip(files.values(), files, strict=True)) for name, files in row.items()}
            for layout, row in scores.items()
        },
        "milliseconds_per_page": {name: spent[name] * 1000 / pages[name] for name in formats},
    }


def tell(layout: str, stem: str, name: str, found: dict[str, Any]) -> None:
    """Print what one file missed."""
    print(f"{layout} {stem} {name} {found['mean']:.3f}")
    for sign, side in (("-", "missed"), ("+", "extra")):
        for part, keys in found[side].items():
            for key in keys:
                print(f"    {sign} {part} {key}")


def table(result: dict[str, Any]) -> str:
    """Return the figures as a table."""
    names = list(result["milliseconds_per_page"])
    lines = [f"{'layout':12}" + "".join(f"{name:>15}" for name in names)]
    for layout, row in result["scores"].items():
        lines.append(f"{layout:12}" + "".join(f"{row[name]:15.3f}" for name in names))
        lowest = result["lowest"][layout]
        lines.append(f"{'  lowest':12}" + "".join(f"{lowest[name][0]:10.3f} {lowest[name][1][:4]:4}" for name in names))
    means = {name: sum(row[name] for row in result["scores"].values()) / len(result["scores"]) for name in names}
    lines += ["", f"{'overall':12}" + "".join(f"{means[name]:15.3f}" for name in names)]
    lines.append(f"{'ms per page':12}" + "".join(f"{result['milliseconds_per_page'][name]:15.1f}" for name in names))
    return "\n".join(lines)


def main(words: list[str]) -> int:
    """Print the figures, or say in one sentence that the corpus is not there."""
    if not (CORPUS / "dev").is_dir():
        print(f"Nothing was measured: there is no corpus at {CORPUS}; set CONVENOR_SHARED to the folder that holds it.")
        return 0
    only = words[words.index("--only") + 1] if "--only" in words else ""
    result = measure(only, misses="--misses" in words)
    print(json.dumps(result, indent=1) if "--json" in words else table(result))
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "convenor.config.settings")
    sys.exit(main(sys.argv[1:]))

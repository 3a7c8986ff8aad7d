"""Measure the reader of draft agendas on the labelled corpus: score per file and layout, and milliseconds per page.

Reads $CONVENOR_SHARED/data/agendas (beside the repository where the variable is not set). A page is 3 000
characters. `--json` prints the same figures as JSON.
"""

import csv
import importlib.util
import json
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from types import ModuleType

from convenor.meetings.agenda import to_interchange
from convenor.meetings.reader import read

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("CONVENOR_SHARED", ROOT.parent / "shared")) / "data" / "agendas"
PAGE, ROUNDS = 3_000, 3
FAMILIES = (
    ("Markdown or HTML", ("Markdown", "HTML")),
    ("table", ("table", "pipes")),
    ("start times only", ("start times",)),
    ("12-hour clock", ("12-hour",)),
    ("time lines", ("time line",)),
    ("one session", ("session",)),
    ("no times", ("no times",)),
)


def scorer() -> ModuleType:
    """Load the corpus's own scorer."""
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{CORPUS / 'score.py'} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def family(layout: str) -> str:
    """Return the family of a layout as SOURCES.tsv describes it."""
    return next((name for name, signs in FAMILIES if any(sign in layout for sign in signs)), "other")


def seconds(text: str) -> float:
    """Return the best of a few readings."""
    spent = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        read(text)
        spent.append(time.perf_counter() - before)
    return min(spent)


def equal_titles(gold: dict[str, list[tuple[object, ...]]], found: dict[str, list[tuple[object, ...]]]) -> int:
    """Count the gold items whose title is read word for word, in its place."""
    left = list(found["items"])
    hits = 0
    for item in gold["items"]:
        if item in left:
            left.remove(item)
            hits += 1
    return hits


def measure() -> dict[str, object]:
    """Read every text of the corpus and score it."""
    score = scorer()
    with (CORPUS / "SOURCES.tsv").open(encoding="utf-8") as lines:
        layouts = {row["stem"]: row["layout"] for row in csv.DictReader(lines, delimiter="\t")}
    files, families = {}, defaultdict(list)
    titles = gold_titles = characters = 0
    spent = 0.0
    for path in sorted((CORPUS / "dev" / "texts").glob("*.txt")):
        text = path.read_text("utf-8")
        gold = score.load(CORPUS / "dev" / "gold" / f"{path.stem}.json")
        found = score.flatten(to_interchange(read(text).agenda))
        mean = score.score_file(gold, found)["mean"]
        files[path.stem] = mean
        families[family(layouts.get(path.stem, ""))].append(mean)
        titles, gold_titles = titles + equal_titles(gold, found), gold_titles + len(gold["items"])
        characters, spent = characters + len(text), spent + seconds(text)
    return {
        "files": files,
        "families": {name: sum(means) / len(means) for name, means in sorted(families.items())},
        "overall": sum(files.values()) / len(files),
        "titles_equal": titles / gold_titles,
        "milliseconds_per_page": spent * 1000 / (characters / PAGE),
    }


def table(result: dict[str, object]) -> str:
    """Return the figures as a table."""
    lines = []
    for part in ("files", "families"):
        values = result[part]
        if isinstance(values, dict):
            lines += [f"{name:44} {value:6.3f}" for name, value in values.items()]
        lines.append("")
    lines.append(f"{'overall (mean of files)':44} {result['overall']:6.3f}")
    lines.append(f"{'titles word for word, in their place':44} {result['titles_equal']:6.3f}")
    lines.append(f"{'milliseconds per page of 3 000 characters':44} {result['milliseconds_per_page']:6.2f}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print the figures, or say in one sentence that the corpus is not there."""
    if not (CORPUS / "dev").is_dir():
        print(f"Nothing was measured: there is no corpus at {CORPUS}; set CONVENOR_SHARED to the folder that holds it.")
        return 0
    result = measure()
    print(json.dumps(result, indent=1) if "--json" in arguments else table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

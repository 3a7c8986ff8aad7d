"""Measure the reader of draft agendas: score per file and family, leave-one-family-out, first contacts, speed.

Reads $CONVENOR_SHARED/data/agendas (beside the repository where the variable is not set). `--json` prints the
same figures as JSON.

Leave-one-family-out: a grammar of rules cannot be trained again without a family, so the rules that serve only
one family are found and taken away. Every rule of RULES is switched off in turn (something that does
nothing is put in its place; the reader itself has no such switch) and all 20 texts are
read; a rule whose absence changes the scores of texts of one family only counts as written for it. Each family is
then read with all its own rules off at once: that is what the reader would have made of it, had nobody looked at
that layout. First contacts: the score of texts labelled before they were read for the first time, as it was then.
"""

import csv
import importlib.util
import json
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from convenor.meetings.agenda import to_interchange
from convenor.meetings.reader import clocks, dates, read, texture

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("CONVENOR_SHARED", ROOT.parent / "shared")) / "data" / "agendas"
UNSEEN = ROOT / "tests" / "meetings" / "reader" / "unseen"
PAGE, ROUNDS, SAME = 3_000, 3, 1e-9
Keys = dict[str, list[tuple[object, ...]]]
Figures = dict[str, object]
FAMILIES = {
    "time table, in three extractions": ("00", "28", "29"),
    "time lines over numbered lines": ("01", "03"),
    "columns read one after the other": ("02",),
    "headlines over nested bullets": ("06",),
    "numbered headings over prose, no times": ("08",),
    "sessions with rooms, series labels": ("10",),
    "lettered items, two sessions on a date": ("14",),
    "parallel rooms": ("16",),
    "glued paragraphs, 12-hour clock": ("18",),
    "time - time - title, panels": ("19",),
    "start times, paragraphs, speakers": ("21",),
    "session sheet with fields": ("22", "23"),
    "time tables with lengths": ("30", "32"),
    "lists numbered alike": ("34", "36"),
}
NEVER = re.compile(r"(?!)")
PACKAGE = "convenor.meetings.reader"
Place = tuple[str, object]


def _nothing(*_: object, **__: object) -> None:
    return None


def _no(*_: object, **__: object) -> bool:
    return False


def _top(*_: object, **__: object) -> int:
    return 0


def _first(value: object, *_: object, **__: object) -> object:
    return value


def _listed(value: object, *_: object, **__: object) -> object:
    return [value]


def _with_fact(**facts: object) -> Callable[..., object]:
    return lambda rows: replace(texture.texture_of(rows), **facts)  # type: ignore[arg-type]  # its own fields


RULES: dict[str, tuple[Place, ...]] = {
    # the text and its lines
    "hypertext becomes lines": (("source.is_hypertext", _no),),
    "wiki tables become rows": (("source.unfolded", _first),),
    "rules cut a long line": (("lines._at_rules", lambda raw: [(0, raw)]),),
    "letters set apart are words": (("markup._SET_APART", NEVER),),
    "links become their words": (("markup._link_cuts", lambda *_: []),),
    "emphasis is no wording": (("markup._EMPHASIS", NEVER), ("markup._STRONG", NEVER)),
    "code and comments are left out": (("lines._FENCE", NEVER), ("lines._COMMENT", NEVER)),
    "lone labels join the next line": (("reading.with_lone_labels", _first),),
    "torn time ranges are joined": (("reading.with_whole_ranges", _first),),
    "spaces hold columns apart": (("reading.with_columns", _first),),
    "cells on lines of their own make rows": (("rows.restacked", _first),),
    "several times on a line cut it": (("rows.cut_at_times", _listed),),
    # times and dates
    "dotted times": (("clocks._DOTTED", NEVER),),
    "dotted times alone": (("reading.writes_dotted_times", _no),),
    "times of four digits": (("clocks._FOUR", NEVER),),
    "am and pm": (("clocks._HALF", NEVER),),
    "bare hours": (("clocks._HOUR", NEVER),),
    "two times held apart by spaces": (("clocks._APART", NEVER),),
    "a clock of twelve hours": (("reading.shift", lambda *_: []),),
    "the same time in other zones": (("clocks.after_zones", lambda text, end: end),),
    "times at the end of a line": (("classify.split_time_at_end", _nothing),),
    "single times at the ends of lines": (("style._closes_with_times", _no),),
    "rules with times": (("classify._MARKER", NEVER),),
    "grids of times are left out": (("classify._grid_rows", lambda *_: set()),),
    "the hours of the meeting go to its only block": (("reading._give_session_time", _nothing),),
    "the hours of a day are no block": (("drafts.DraftDay.without_frames", lambda day: day.blocks),),
    "the header completes a date": (("header._read_year", _nothing),),
    "the header dates a day": (("days._certain", _nothing),),
    "the same date again is the same day": (("grammar.merged_day", _nothing),),
    "sessions with dates of their own": (("context._with_sessions", _first),),
    "a day over two lines": (("context._with_whole_days", _first),),
    # cells
    "headings give columns their roles": (("rows._heading_roles", lambda *_: ()),),
    "a column for every room": (("rows._is_rooms", _no),),
    "rooms are known by their names": (("rows.looks_like_room", _no), ("grammar.is_room_only", _no)),
    "columns read one after the other": (("reading.regrouped", _first),),
    "headings of columns on lines of their own": (("reading.texture_of", _with_fact(has_left_out_column=False)),),
    # labels and series
    "series labels": (("labels._SERIES", NEVER), ("nesting._series_depth", _top)),
    "labels with dots": (("nesting._dotted_depth", _top),),
    "Roman numbers": (("nesting._settle", _nothing),),
    "words with numbers": (("style._numbered_words", lambda *_: frozenset()),),
    "numbers without a mark": (("style._numbers_stand_bare", _no),),
    "letters inside a line": (("labels._INLINE_LETTER", NEVER),),
    "numbers inside a line": (("labels._INLINE_NUMBER", NEVER),),
    "bullets inside a line": (("labels._INLINE_BULLET", NEVER), ("labels._INLINE_BULLET_O", NEVER)),
    "bullets nest": (("nesting._bullet_depth", _top),),
    "a headline is the parent of a series": (("nesting._base", _top),),
    "a series inside a series": (("reading.with_inner", _first),),
    "numbered alike: indentation decides": (("reading.texture_of", _with_fact(is_numbered_alike=False)),),
    # what is no item
    "lengths leave the title": (("items.take", lambda title: (title, None, None)),),
    "fields": (("classify._FIELD", NEVER),),
    "words among fields are fields": (("context._with_fields", _first),),
    "speakers": (("classify.is_person", _no), ("grammar.opens_with_name", _no), ("grammar.are_names", _no)),
    "speakers by custom": (("context._with_speakers", _first),),
    "prose": (("classify.is_prose", _no), ("grammar.is_prose", _no)),
    "menus and addresses": (("classify._MENU", NEVER), ("classify._URL", NEVER)),
    "mails": (("context._without_mail", _first),),
    "headings over times": (("context._without_headings_over_times", _first),),
    "sections apart": (("reading.without_apart", _first),),
    "notes in a sparse text": (("reading.texture_of", _with_fact(is_sparse=False)),),
    # what belongs together
    "broken titles go on": (("grammar.goes_on", _no),),
    "lines broken by hand": (("reading.texture_of", _with_fact(wrap=0)),),
    "a title above its time": (("grammar.is_titled_above", _no), ("outline.is_titled_above", _no)),
    "headings over untimed items": (("tree.Tree._under_heading", _nothing),),
    "pauses": (("tree.is_break", _no),),
    "receptions": (("tree.is_social", _no),),
    "marks of continuation": (
        ("classify.take_mark", lambda run: (run, run.cut(0, 0))),
        ("items.take_mark", lambda run: (run, run.cut(0, 0))),
    ),
}


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Read with the named rules switched off."""
    with ExitStack() as stack:
        for name in names:
            for place, instead in RULES[name]:
                stack.enter_context(_patched(place, instead))
        _forget()
        yield
    _forget()


def _patched(place: str, instead: object) -> AbstractContextManager[object]:
    parts = place.split(".")
    holder: object = import_module(f"{PACKAGE}.{parts[0]}")
    for part in parts[1:-1]:
        holder = getattr(holder, part)
    return patch.object(holder, parts[-1], instead)


def _forget() -> None:
    """Empty what was remembered of lines read under other rules."""
    clocks._whens.cache_clear()
    dates._dates_in.cache_clear()


def scorer() -> ModuleType:
    """Load the corpus's own scorer."""
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{CORPUS / 'score.py'} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Corpus:
    """Texts with their labels, and the score of what is read in them."""

    def __init__(self, texts: Path, gold: Path, score: ModuleType) -> None:
        self.texts = {path.stem: path.read_text("utf-8") for path in sorted(texts.glob("*.txt"))}
        self._gold: dict[str, Keys] = {stem: score.load(gold / f"{stem}.json") for stem in self.texts}
        self._score = score

    def means(self, stems: list[str] | None = None) -> dict[str, float]:
        """Return the score of every text."""
        return {stem: self._mean(stem) for stem in stems or self.texts}

    def _mean(self, stem: str) -> float:
        return float(self._score.score_file(self._gold[stem], self._found(stem))["mean"])

    def _found(self, stem: str) -> Keys:
        found: Keys = self._score.flatten(to_interchange(read(self.texts[stem]).agenda))
        return found

    def titles_equal(self) -> float:
        """Return the share of labelled items whose title is read word for word, in its place."""
        hits = total = 0
        for stem, gold in self._gold.items():
            left = list(self._found(stem)["items"])
            total += len(gold["items"])
            for item in gold["items"]:
                if item in left:
                    left.remove(item)
                    hits += 1
        return hits / total


def own_rules(corpus: Corpus, base: dict[str, float]) -> dict[str, list[str]]:
    """Return for every family the rules whose absence changes texts of that family only."""
    family_of = {stem: name for name, numbers in FAMILIES.items() for stem in base if stem[:2] in numbers}
    own = defaultdict[str, list[str]](list)
    for rule in RULES:
        with without(rule):
            changed = {stem for stem, mean in corpus.means().items() if abs(mean - base[stem]) > SAME}
        families = {family_of[stem] for stem in changed}
        if len(families) == 1:
            own[families.pop()].append(rule)
    return own


def left_out(corpus: Corpus, base: dict[str, float]) -> Figures:
    """Score each family with the rules that only serve it switched off."""
    own = own_rules(corpus, base)
    rows: dict[str, dict[str, object]] = {}
    every: list[float] = []
    for name, numbers in FAMILIES.items():
        stems = [stem for stem in base if stem[:2] in numbers]
        with without(*own[name]):
            means = corpus.means(stems)
        every += means.values()
        rows[name] = {
            "with": sum(base[stem] for stem in stems) / len(stems),
            "without": sum(means.values()) / len(means),
            "rules": own[name],
        }
    return {"families": rows, "overall": sum(every) / len(every)}


def first_contacts() -> dict[str, tuple[int, float]]:
    """Return for every batch of unseen texts how many there were and their mean score at first contact."""
    means = defaultdict[str, list[float]](list)
    with (UNSEEN / "FIRST_CONTACT.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            means[row["batch"]].append(float(row["mean"]))
    return {batch: (len(found), sum(found) / len(found)) for batch, found in sorted(means.items())}


def milliseconds_per_page(texts: list[str]) -> float:
    """Return processor time: the best of a few rounds over all texts, so that nothing is remembered between rounds."""
    spent = []
    for _ in range(ROUNDS):
        before = time.process_time()
        for text in texts:
            read(text)
        spent.append(time.process_time() - before)
    return min(spent) * 1000 / (sum(map(len, texts)) / PAGE)


def measure() -> Figures:
    """Read every text and score it."""
    score = scorer()
    corpus = Corpus(CORPUS / "dev" / "texts", CORPUS / "dev" / "gold", score)
    files = corpus.means()
    unseen = Corpus(UNSEEN, UNSEEN, score).means()
    return {
        "milliseconds_per_page": milliseconds_per_page(list(corpus.texts.values())),
        "files": files,
        "overall": sum(files.values()) / len(files),
        "titles_equal": corpus.titles_equal(),
        "left_out": left_out(corpus, files),
        "first_contacts": first_contacts(),
        "unseen_now": sum(unseen.values()) / len(unseen),
    }


def table(result: Figures) -> str:
    """Return the figures as a table."""
    files, left, firsts = result["files"], result["left_out"], result["first_contacts"]
    assert isinstance(files, dict) and isinstance(left, dict) and isinstance(firsts, dict)  # noqa: PT018, S101  # for mypy
    lines = [f"{name:44} {value:6.3f}" for name, value in files.items()]
    lines += ["", f"{'family':44} {'score':>6} {'left out':>9}  rules that serve only it"]
    for name, row in left["families"].items():
        lines.append(f"{name:44} {row['with']:6.3f} {row['without']:9.3f}  {'; '.join(row['rules']) or '-'}")
    lines += ["", f"{'overall (mean of files)':44} {result['overall']:6.3f}"]
    lines.append(f"{'leave-one-family-out (mean of files)':44} {left['overall']:6.3f}")
    for batch, (count, mean) in firsts.items():
        lines.append(f"{f'first contact, batch {batch} ({count} texts)':44} {mean:6.3f}")
    lines.append(f"{'the same texts today':44} {result['unseen_now']:6.3f}")
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

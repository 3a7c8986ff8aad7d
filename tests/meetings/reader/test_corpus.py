"""The 20 real agendas labelled by hand are read as their labels say."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from convenor.meetings.agenda import to_interchange
from convenor.meetings.reader import read
from tests.meetings.reader.corpus import CORPUS, needs_corpus

TEXTS = sorted((CORPUS / "dev" / "texts").glob("*.txt"))
FLOOR, OVERALL = 0.85, 0.97


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _mean(scorer: ModuleType, path: Path) -> float:
    gold = scorer.load(CORPUS / "dev" / "gold" / f"{path.stem}.json")
    predicted = scorer.flatten(to_interchange(read(path.read_text("utf-8")).agenda))
    return float(scorer.score_file(gold, predicted)["mean"])


@needs_corpus
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_file_falls_below_the_floor(path: Path) -> None:
    assert _mean(_scorer(), path) >= FLOOR


@needs_corpus
def test_the_mean_of_all_files_holds() -> None:
    scorer = _scorer()
    assert sum(_mean(scorer, path) for path in TEXTS) / len(TEXTS) >= OVERALL

"""Where the corpus of real agendas stands, for the tests that need it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CORPUS = Path(os.environ.get("CONVENOR_SHARED", ROOT.parent / "shared")) / "data" / "agendas"

needs_corpus = pytest.mark.skipif(
    not (CORPUS / "dev").is_dir(), reason=f"no corpus at {CORPUS}: set CONVENOR_SHARED to read it"
)

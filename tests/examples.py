"""How many examples a law is tried on: a few of a fixed seed in each run, many in `make proof`."""

import os

PROOF = bool(os.environ.get("CONVENOR_PROOF"))


def examples(many: int) -> int:
    """Give the number for this run: all of them for the proof, else a third."""
    return many if PROOF else max(many // 3, 5)

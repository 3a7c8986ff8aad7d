"""Many clients, one log: whatever arrives in whatever order and however often, all see the same and nothing is lost."""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.meetings.floor.clients import COUNTED, Clients

PROOF = bool(os.environ.get("CONVENOR_PROOF"))


def test_many_clients_see_one_order_and_nothing_is_lost():
    """Runs 10,000 messages and more in the proof, some hundreds always the same in the usual run."""
    before = COUNTED.copy()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # Hypothesis
        Clients,
        settings=settings(
            max_examples=120 if PROOF else 8,
            stateful_step_count=60 if PROOF else 25,
            deadline=None,
            derandomize=not PROOF,
            suppress_health_check=list(HealthCheck),
        ),
    )
    tried = COUNTED - before

    assert tried.total() >= (10_000 if PROOF else 200)
    assert min(tried["entered"], tried["refused"], tried["repeated"]) > 0

"""Captions of the meeting of June, under way."""

from tests.meetings.floorpages.conftest import chair, go, somebody, spoken, under_way

__all__ = ["chair", "go", "somebody", "spoken", "under_way"]

"""An agenda with a log of operations on somebody's desk: a draft that is corrected, or a meeting that is edited.

The pages of `corrections.pages` work on a desk, and do not ask which of the two it is.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpRequest

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import Operation
from convenor.meetings.corrections import actions
from convenor.meetings.corrections.corrected import Corrected
from convenor.meetings.corrections.forms import OF_MEETINGS, PartForm, whole_number
from convenor.meetings.corrections.log import Log
from convenor.meetings.models import AgendaDraft

WHOLE = "all"  # the agenda itself, in an address


class Desk(ABC):
    """What the pages need of an agenda: how it stands, how it is changed, and where its pages are.

    Args:
        address: of the page that shows all of it; those of its parts stand below.
        without: the fields that are not shown here.
    """

    address: str
    without: Collection[str] = ()

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    @abstractmethod
    def agenda(self) -> Agenda:
        """The agenda as it stands."""

    @property
    @abstractmethod
    def log(self) -> Log:
        """What was done to it; its version is handed in with every form."""

    @property
    @abstractmethod
    def shown(self) -> dict[str, Any]:
        """What its pages need beside the address: `draft` or `meeting`."""

    @abstractmethod
    def again(self) -> "Desk":
        """Look at the agenda again, as it stands by now."""

    @abstractmethod
    def change(self, operations: Sequence[Operation], *, seen: int) -> None:
        """Do operations, and look at the agenda again.

        Raises:
            Refused: it cannot be done; nothing was.
        """

    @abstractmethod
    def undo(self) -> None:
        """Undo the person's last change."""

    @abstractmethod
    def redo(self) -> None:
        """Redo what the person undid last."""

    @abstractmethod
    def take_back(self, number: int) -> None:
        """Take one change back."""

    @property
    def seen(self) -> int:
        """The version that the page which was handed in had shown."""
        typed = self.request.POST.get("part-seen") or self.request.POST.get("seen", "")
        return whole_number(typed, otherwise=self.log.version)

    def form(self, part: Any, *, data: Any = None, is_new: bool = False) -> PartForm:
        """Give the form of a part."""
        return PartForm(data, part=part, seen=self.log.version, is_new=is_new, without=self.without)

    def address_of(self, key: str) -> str:
        """Give the address of the page of a part."""
        return f"{self.address}part/{key or WHOLE}/"


class DraftDesk(Desk):
    """A document that somebody handed in, with its corrections."""

    without = OF_MEETINGS

    def __init__(self, request: HttpRequest, draft: AgendaDraft) -> None:
        super().__init__(request)
        self.draft, self.address = draft, draft.get_absolute_url()
        self.state: Corrected = actions.state_of(draft)

    @property
    def agenda(self) -> Agenda:
        """The corrected agenda."""
        return self.state.reading.agenda

    @property
    def log(self) -> Log:
        """The corrections."""
        return self.state.log

    @property
    def shown(self) -> dict[str, Any]:
        """The draft."""
        return {"draft": self.draft}

    def again(self) -> "DraftDesk":
        """Load it again."""
        return DraftDesk(self.request, AgendaDraft.objects.get(pk=self.draft.pk))

    def change(self, operations: Sequence[Operation], *, seen: int) -> None:
        """Correct it."""
        self.state = actions.correct(self.draft, operations, seen=seen)

    def undo(self) -> None:
        """Undo the last correction."""
        self.state = actions.undo(self.draft)

    def redo(self) -> None:
        """Redo what was undone last."""
        self.state = actions.redo(self.draft)

    def take_back(self, number: int) -> None:
        """Take one correction back."""
        self.state = actions.take_back(self.draft, number)

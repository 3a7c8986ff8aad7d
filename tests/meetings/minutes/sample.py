"""A meeting of two days held in memory, and what its minutes are made from."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from convenor.meetings.agenda import Agenda, Audience, Block, Day, Item
from convenor.meetings.agenda.model import Kind as BlockKind
from convenor.meetings.clock import plan_of
from convenor.meetings.floor import Channel, Rule, Setting, Speaker, Wish, days, decisions, items, minuting, turns
from convenor.meetings.floor.minuting import Fate, Sort, Whose
from convenor.meetings.floor.state import About, Answer, ItemState, Outcome
from convenor.meetings.minutes import Capacity, Caption, Mode, Person, Present, Sources
from tests.meetings.floor.making import Held

ZONE = "Europe/Zurich"
AGENDA = Agenda(
    "First open consultations",
    days=(
        Day(
            "2017-06-12",
            label="Day 1",
            place="Geneva",
            audience=Audience.OPEN,
            key="d1",
            blocks=(
                Block(
                    "10:00",
                    "13:00",
                    key="b1",
                    items=(
                        Item("1", "Opening", key="i1"),
                        Item(
                            "2",
                            "Sessions and main sessions",
                            key="i2",
                            presenters=("Ana Díaz",),
                            documents=("List of sessions, version 3",),
                            children=(
                                Item("a", "Main sessions", key="i2a"),
                                Item("b", "Open forums", key="i2b"),
                            ),
                        ),
                        Item("3", "Host country", key="i3", arrivals=("12:30– the host",)),
                    ),
                ),
                Block("13:00", "15:00", BlockKind.BREAK, items=(Item(None, "Lunch"),), key="lunch"),
                Block("15:00", "18:00", key="b2", items=(Item("4", "Budget", key="i4"),)),
            ),
        ),
        Day(
            "2017-06-13",
            label="Day 2",
            place="Geneva",
            audience=Audience.MEMBERS_OBSERVERS,
            key="d2",
            blocks=(
                Block("10:00", "13:00", key="b3", items=(Item(None, "Next steps", key="i5"),)),
                Block("13:00", "14:00", key="b4", items=(Item("6", "Any other business", key="i6"),)),
            ),
        ),
    ),
)
SETTING = Setting(
    days=("d1", "d2"),
    blocks={"b1": False, "lunch": True, "b2": False, "b3": False, "b4": False},
    items=("i1", "i2", "i3", "i4", "i5", "i6"),
    parts={"i2a": "i2", "i2b": "i2"},
    speakers={key: Speaker(group) for key, group in {"ana": "civ", "ben": "gov", "cem": "prv", "dee": "civ"}.items()},
)
PEOPLE = {
    one.key: replace(one, is_listed=one.key != "dee")
    for one in (
        Person("ana", "Ana Díaz", "Red Andina", "Peru", "civ", "lac", "women", Capacity.MEMBER, Mode.ROOM),
        Person("ben", "Ben Okoro", "Ministry of ICT", "Nigeria", "gov", "af", "men", Capacity.MEMBER, Mode.ONLINE),
        Person("cem", "Cem Aydın", "", "Türkiye", "prv", "ee", "men", Capacity.OBSERVER, Mode.ROOM),
        Person("dee", "Dee Nguyễn", "Saigon Lab", "Viet Nam", "civ", "ap", "", Capacity.GUEST, Mode.ROOM),
        Person("sec", "Sam Lee", "Secretariat", "", "", "", "", Capacity.SECRETARIAT, Mode.ROOM),
    )
}
GROUPS = {"civ": "Civil Society", "gov": "Government", "prv": "Private Sector", "tec": "Technical Community"}
REGIONS = {"lac": "Latin America and Caribbean", "af": "Africa", "ee": "Eastern Europe", "ap": "Asia and Pacific"}


@dataclass
class Meeting(Held):
    """A meeting that is held, with the words that are typed."""

    setting: Setting = SETTING
    words: dict[tuple[int, str], str] = field(default_factory=dict)
    now: datetime = datetime(2017, 6, 12, 7, 55, tzinfo=UTC)

    def at(self, clock: str, day: int = 12) -> "Meeting":
        """Turn the clock to a time in Geneva, which is two hours ahead of UTC in June."""
        hours, minutes = map(int, clock.split(":"))
        self.now = datetime(2017, 6, day, hours, minutes, tzinfo=UTC) - timedelta(hours=2)
        return self

    def say(self, entry: int, **words: str) -> int:
        """Keep what was typed with an entry."""
        self.words.update({(entry, name): text for name, text in words.items()})
        return entry

    def open(self, day: str) -> int:
        """Open a day."""
        return self.do(partial(days.open_day, day=day, rules=(Rule.FIRST_COME,)))

    def take(self, item: str, leaving: ItemState = ItemState.CLOSED) -> int:
        """Take an item up."""
        return self.do(partial(items.take_up, item=item, leaving=leaving))

    def speak(self, person: str, seconds: int, wish: Wish = Wish.INTERVENTION, seat: Channel = Channel.ROOM) -> int:
        """Let somebody ask, speak for so long, and end."""
        self.ask(person, wish, seat)
        turn = self.next()
        self.later(seconds)
        self.do(turns.end_turn)
        return turn

    def minute(self, sort: Sort, words: str, *, owner: str = "", item: str = "", whose: Whose = minuting.NOBODY) -> int:
        """Minute something."""
        entry = self.do(partial(minuting.minute, sort=sort, item=item, whose=whose), by="sec")
        return self.say(entry, minuted=words, owner=owner)

    def settle(
        self, minuted: int, fate: Fate, words: str = "", *, by_entry: int = 0, whose: Whose = minuting.NOBODY
    ) -> int:
        """Say what became of it."""
        step = partial(minuting.settle, minuted=minuted, fate=fate, by_entry=by_entry, whose=whose)
        return self.say(self.do(step, by="sec"), minuted=words)

    def adopt(self, words: str, about: About = decisions.ITEM) -> int:
        """Count to the end and state the adoption."""
        self.say(self.do(partial(decisions.begin_count, about=about)), proposal=words)
        self.later(12)
        return self.do(partial(decisions.adopt, at=self.now))

    def stop(self, words: str, person: str) -> int:
        """Begin a count that somebody stops."""
        count = self.say(self.do(decisions.begin_count), proposal=words)
        self.later(5)
        self.do(partial(decisions.object_to, count=count, person=person), by=person)
        return count

    def decide(self, outcome: Outcome, words: str = "", condition: str = "", **values: Any) -> int:
        """State a decision."""
        return self.say(
            self.do(partial(decisions.decide, outcome=outcome, **values)), proposal=words, condition=condition
        )

    def check(self, words: str, answers: dict[str, Answer]) -> int:
        """Take the sense of the room by name."""
        check = self.say(self.do(partial(decisions.begin_check, is_anonymous=False)), proposal=words)
        for person, answer in answers.items():
            self.do(partial(decisions.answer, check=check, person=person, answer=answer), by=person)
        self.do(decisions.close_check)
        return check

    def check_unnamed(self, words: str, numbers: dict[str, dict[str, int]]) -> int:
        """Take the sense of the room without names."""
        check = self.say(self.do(partial(decisions.begin_check, is_anonymous=True)), proposal=words)
        self.do(partial(decisions.close_check, numbers=numbers))
        return check

    def sources(self, **values: Any) -> Sources:
        """Give what the minutes are made from."""
        known = Sources(
            title=str(AGENDA.title),
            forum="Internet Governance Forum, 2017",
            chairs=("Lynn Amour",),
            agenda=AGENDA,
            plan=plan_of(AGENDA, ZONE),
            zone=ZONE,
            entries=tuple(self.entries),
            words={key: text for key, text in self.words.items() if text},
            people=PEOPLE,
            subjects={("cycle.ruleset", 7): "Rules of 2017"},
            groups=GROUPS,
            regions=REGIONS,
        )
        return replace(known, **values)


def whole() -> Meeting:
    """Hold the whole meeting."""
    held = Meeting().at("10:12")
    held.open("d1")
    held.take("i1")
    held.speak("ana", 90)
    held.minute(Sort.ANNOUNCEMENT, "The recordings are published on the day after")
    held.at("10:30").take("i2")
    held.speak("ben", 150, seat=Channel.ONLINE)
    held.speak("cem", 60, Wish.QUESTION)
    held.speak("ana", 45, Wish.REPLY)
    proposal = held.minute(Sort.PROPOSAL, "Hold one main session on trade", whose=Whose("dee"))
    held.stop("The list of main sessions as in version 3", "ben")
    held.at("10:50").speak("ben", 30)
    held.adopt("The list of main sessions as in version 3")
    action = held.minute(
        Sort.ACTION, "Publish the list of main sessions", owner="Secretariat", whose=Whose(due="2017-06-30")
    )
    held.settle(
        action, Fate.CORRECTED, "Publish the list of main sessions with their rooms", whose=Whose("sec", "2017-07-03")
    )
    held.at("11:00").take("i2a", ItemState.PAUSED)
    held.check_unnamed("Six main sessions", {"civ": {"support": 5, "object": 1}, "gov": {"live_with": 4}})
    agreed = held.decide(Outcome.AGREED_ON_CONDITION, "Six main sessions are held", "Rooms are confirmed by 1 July")
    held.settle(proposal, Fate.AGREED, by_entry=agreed)
    held.at("11:50").take("i3")
    held.speak("dee", 200)
    held.at("12:40").take("i4")
    held.at("13:05").do(partial(days.start_block, block="lunch"))
    held.at("15:05").do(partial(items.continue_item, item="i4"))
    check = held.check(
        "The budget as circulated", {"ana": Answer.SUPPORT, "ben": Answer.LIVE_WITH, "cem": Answer.OBJECT}
    )
    held.decide(Outcome.NOTED, basis=check)
    held.decide(Outcome.AGREED, about=About("cycle.ruleset", 7))
    held.at("17:40").do(days.close_day)
    held.at("10:00", 13).open("d2")
    held.take("i5")
    held.minute(Sort.ACTION, "Send the letters of invitation", whose=Whose("ana", "2017-06-20"))
    held.minute(Sort.NOTE, "The order of the points was left to the secretariat.")
    held.do(partial(items.postpone_item, item="i6"))
    held.at("12:30", 13).do(days.close_day)
    return held


ATTENDANCE = (
    Present("d1", "ana", Mode.ROOM),
    Present("d2", "ana", Mode.ONLINE),
    Present("d1", "ben", Mode.ONLINE),
    Present("d1", "dee", Mode.ROOM),
)


def captions(held: Meeting) -> tuple[Caption, ...]:
    """Give lines said in the meeting: by the chair, by those who had the floor, and by nobody known."""
    at = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
    return (
        Caption(at, "Good morning.", day="d1"),
        Caption(at + timedelta(minutes=12, seconds=5), "I thank the host.", day="d1"),
        Caption(at + timedelta(minutes=12, seconds=8), "We will follow up.", day="d1"),
        Caption(at + timedelta(minutes=20), "Thank you. Next item.", day="d1"),
        Caption(at + timedelta(minutes=21), "We are ready.", "HOST", "d1"),
        Caption(at + timedelta(minutes=30, seconds=20), "We support the list.", day="d1"),
    )

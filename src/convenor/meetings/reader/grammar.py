"""Fourth stage: classified rows → days, blocks and items."""

import re
from collections.abc import Sequence

from convenor.meetings.agenda import Kind
from convenor.meetings.reader.classify import SESSION, Classified, Sort, is_prose
from convenor.meetings.reader.clocks import whens
from convenor.meetings.reader.columns import MIDDAY, at_midday
from convenor.meetings.reader.days import add_heading, merged_day, opened_day
from convenor.meetings.reader.drafts import DraftBlock, DraftItem
from convenor.meetings.reader.durations import minutes_alone
from convenor.meetings.reader.header import line_break
from convenor.meetings.reader.items import entries
from convenor.meetings.reader.outline import is_titled_above
from convenor.meetings.reader.persons import are_names, opens_with_name
from convenor.meetings.reader.presenters import people_in
from convenor.meetings.reader.rows import UNTIMED, is_room_only, looks_like_room
from convenor.meetings.reader.runs import EMPTY, join
from convenor.meetings.reader.seams import goes_on
from convenor.meetings.reader.texture import RAGGED, Texture
from convenor.meetings.reader.timed import Timed
from convenor.meetings.reader.tree import Tree
from convenor.meetings.reader.words import DOCUMENT_FIELDS, DURATION_FIELDS, PLACE_FIELDS, PRESENTER_FIELDS, ROOM_FIELDS
from convenor.meetings.reader.zones import zone_in

HEAD_LENGTH = 60
WHAT_IT_IS = "what it is"
MOST_LINES, MOST_NOTES = 8, 60  # of a title, and of a paragraph looked at as one note

_ENDS = re.compile(r"\b(?:end(?:of\w*)?|ende|fin|fim|fine|close|closing|schluss)\b", re.I)
_STARTS = re.compile(r"\b(?:start|starts|begin|beginning|begins|beginn|début|inicio|início)\b", re.I)
_ASIDE = re.compile(r"\s*\([^()]*\)\s*")
_NAMED = re.compile(r"\s*(?:,\s|\()")
_RULE_CHARACTERS = " \t-=_*~–—.:|"
_LIST_FIELD = re.compile(
    r"panel|painel|speaker|question|pergunta|pregunta|moderat|modérat|participant|ponente|palestrante|orador|orateur|"
    r"author|output|outcome|intervenant|expositor|referent|vortragend|spreker|relator|chair|host|lead|discussant|respondent|coordena|mediaç|"
    r"модератор|ведущ|спикер|докладчик|выступающ|участник|эксперт|المتحدث|主持|发言|演讲|嘉宾|why",
    re.I,
)


class Grammar(Tree):
    """Reads rows in order and tells what each means for the days, blocks and items being built."""

    def read(self, rows: Sequence[Classified], *, day_rows: frozenset[int], level: int = 0) -> None:
        """Read the body; `day_rows` are the rows that open a day, `level` that of the heading above the first."""
        self._level = level
        steps = {
            Sort.HEAD: self._head,
            Sort.TIME: self._time,
            Sort.MARKER: self._marker,
            Sort.HEADING: self._section,
            Sort.LABEL: self._entry,
            Sort.BULLET: self._bullet,
            Sort.FIELD: self._field,
            Sort.PERSON: self._person,
            Sort.PLAIN: self._plain,
            Sort.PROSE: self._prose,
        }
        for at, one in enumerate(rows):
            if at < self._until:
                continue
            if one.day and at in day_rows:
                self._day(one)
            elif one.sort is Sort.DAY:
                self._plain(one, rows, at)
            elif step := steps.get(one.sort):
                step(one, rows, at)
            self._level = one.row.line.level or self._level
            if one.sort is not Sort.HEAD:
                self._above = one

    # ---- days and blocks

    def _day(self, one: Classified) -> None:
        line = one.day
        if line is None:
            return
        day = opened_day(line, self._header)
        if same := merged_day(self.days, day):
            same.heading = same.heading or day.heading
        else:
            self.days.append(day)
        self._block, self._open, self._headings, self._in_notes = None, [], [], False
        self._level = one.row.line.level or self._level
        if line.when:
            self._open_block(DraftBlock.of(Timed(line.when, line.run))).frames = True
            if one.name == SESSION:
                self._add([DraftItem(one.text, "plain")])

    def _head(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        """The heading of a table may name the zone of its times."""
        cells = one.row.line.cells
        zones = [cell.cut(*found) for cell in cells if (found := zone_in(cell.text[:HEAD_LENGTH]))]
        self._zone = zones[0] if zones else self._zone

    def _time(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        block = DraftBlock.of(one.timed, one.row.ends)
        block.room, block.mark, block.is_open = one.row.room, one.mark, one.row.is_open
        text = one.text
        titled_above = bool(at) and is_titled_above(rows, at)
        bracketed = one.row.text.text.lstrip(" *_").startswith("(") and bool(self._headings)
        self._open_block(block)
        if one.name == MIDDAY or (one.row.table and not text and at_midday(one) and not has_content(rows, at)):
            block.kind = Kind.BREAK
        if titled_above or bracketed:
            if is_room_only(text.text) and not bracketed:
                block.room = text
            above = self._headings[-1] if bracketed else rows[at - 1]
            self._add(entries(above))
        elif text and is_room_only(text.text) and not one.row.table and has_content(rows, at):
            block.room = text
        elif text:
            self._add(entries(one))
        self._headings = []

    def _marker(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        """A rule with times ends one block and starts the next."""
        when = whens(one.text.text, dotted=True)[0]
        timed = Timed(when, one.text)
        words = one.text.cut(0, when.start).strip(_RULE_CHARACTERS) or one.text.cut(when.end).strip(_RULE_CHARACTERS)
        if _STARTS.search(words.text):
            self._open_block(DraftBlock.of(timed))
            return
        block = self._block
        if block and block.end is None:
            block.end = (timed.start, timed.start_run)
        if _ENDS.search(words.text):
            self._block, self._open = None, []
            return
        self._open_block(DraftBlock.of(timed))
        if words:
            self._add([DraftItem(words, "plain")])
        if timed.end:
            self._open_block(DraftBlock(start=(timed.end, timed.end_run)))

    def _section(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        level, block = one.row.line.level, self._block
        if block and block.start and level > block.level:
            self._put_section(one)
        elif block and block.start and not block.items:
            self._add(entries(one))
        else:
            self._headings = [heading for heading in self._headings if heading.row.line.level < level] + [one]

    # ---- items

    def _entry(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        self._in_notes = self._after_names = False
        self._under_heading(one)
        self._add(entries(one))

    def _bullet(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        if self._in_notes or (self._after_names and opens_with_name(one.text.text)):
            self._present(one.text if self._speaks else EMPTY, only_first=True)
            return
        self._under_heading(one)
        self._add(entries(one))

    def _plain(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        following = next((rows[n] for n in range(at + 1, len(rows)) if rows[n].sort is not Sort.GRID), None)
        if following and following.sort is Sort.TIME and is_titled_above(rows, at + 1):
            return
        if self._after_names and are_names(_NAMED.split(one.text.text, maxsplit=1)[0]):
            self._present(one.text if self._speaks else EMPTY)
            return
        if self._glued(one):
            return
        if self._is_note(one, rows, at):
            return
        if one.row.table:
            self._table_text(one)
        elif self._block is None or (not self._block.start and not self._open):
            self._unblocked(one, following)
        elif not self._block.items:
            self._first_line(one, following)
        elif not self._is_left_out(one):
            self._line_under(one, following)

    def _is_note(self, one: Classified, rows: Sequence[Classified], at: int) -> bool:
        """Say whether the line goes on with a note above it, or opens a paragraph of prose over several lines."""
        above = self._above
        if above and not one.row.line.gap and above.sort in (Sort.PERSON, Sort.PROSE, Sort.FIELD) and self._open:
            return self._texture.is_sparse or is_full(above, one, self._texture)
        if not self._texture.wrap or one.row.table or (self._block and self._block.start and not self._block.items):
            return False
        end = at + 1
        while (
            end < min(len(rows), at + MOST_NOTES)
            and not rows[end].row.line.gap
            and rows[end].sort in (Sort.PLAIN, Sort.PROSE)
        ):
            end += 1
        if end == at + 1 or not is_prose(" ".join(row.text.text for row in rows[at:end])):
            return False
        self._until = end
        return True

    def _glued(self, one: Classified) -> bool:
        """Join the line to the title above where it goes on with it."""
        above = self._above
        if not self._open or above is None or one.row.line.gap or above.sort in (Sort.DAY, Sort.FIELD, Sort.PROSE):
            return False
        last = self._open[-1]
        line = above.row.line
        width = 0 if one.row.table else line.indent + line.end - line.start
        if not last.title or last.title.spans[-1].end < above.row.text.spans[-1].start if above.row.text else True:
            return False
        if last.lines == MOST_LINES or not goes_on(last.title.text, one.text.text, width=width, texture=self._texture):
            return False
        last.lines += 1
        last.title = join((last.title, line_break(above, self._source), one.text))
        return True

    def _table_text(self, one: Classified) -> None:
        """A row without a time belongs to the block above; in a table without times, to the item above."""
        self._under_heading(one)
        for item in entries(one):
            if one.row.table == UNTIMED and self._open:
                anchor = next((d for d in range(len(self._open)) if self._open[d].form != "row"), 0)
                item.form = "row"
                while anchor + 1 < len(self._open) and self._open[anchor + 1].form != "row":
                    anchor += 1
                self._put(item, anchor + 1, self._here())
            elif item.form == "plain":
                self._put(item, 0, self._here())
            else:
                self._add([item])
        self._settle_kind(self._here())

    def _unblocked(self, one: Classified, following: Classified | None) -> None:
        """A line outside any block: the heading of the day, a headline over bullets, or nothing."""
        if self.days and not self.days[-1].blocks and self._above and self._above.sort is Sort.DAY:
            day = self.days[-1]
            if looks_like_room(one.text.text):
                day.place = one.text
            elif not day.heading and not whens(one.text.text):
                add_heading(day, one.text)
                return
        heads = following is not None and following.sort is Sort.BULLET
        if heads or one.sized or self._texture.is_plain:
            self._add(entries(one))

    def _first_line(self, one: Classified, following: Classified | None) -> None:
        """The first line under a time: its room where it names one and items follow, else its first item."""
        self._lines += 1
        if following and following.sort in (Sort.LABEL, Sort.HEADING) and _ASIDE.fullmatch(one.text.text):
            return
        leads = following is not None and following.sort in (Sort.LABEL, Sort.BULLET, Sort.PLAIN, Sort.HEADING)
        told = following is not None and following.name == WHAT_IT_IS
        is_room = told or one.text.words in self._rooms or (leads and is_room_only(one.text.text))
        if is_room and self._block and self._block.frames and self.days:
            self.days[-1].place = one.text
        elif is_room and self._block and not self._block.room:
            self._block.room = one.text
            self._rooms.add(one.text.words)
        else:
            self._add(entries(one))

    def _is_left_out(self, one: Classified) -> bool:
        """Say whether the line is the cell of a column that is left out, or a note under an item."""
        self._lines += 1
        if self._texture.has_left_out_column:
            return True
        labelled = any(item.form != "plain" for item in self._open)
        return self._texture.is_sparse and not one.row.line.gap and labelled

    def _line_under(self, one: Classified, following: Classified | None) -> None:
        last = self._open[-1] if self._open else None
        labelled = next((depth for depth, item in enumerate(self._open) if item.form == "label"), None)
        items = entries(one)
        if last is None or labelled is None or (following and following.sort is Sort.BULLET and labelled is None):
            self._open = self._open[:1]
            for item in items:
                if item.form == "plain":
                    self._put(item, 0, self._here())
                else:
                    self._add([item])
            self._settle_kind(self._here())
        elif not self._texture.is_sparse and not self._texture.is_numbered_alike:
            depth = labelled + 1
            for item in items:
                self._put(item, depth, self._here())

    # ---- notes

    def _field(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        if one.name in DURATION_FIELDS and self._open and self._open[-1].minutes is None:
            self._open[-1].minutes = minutes_alone(one.text.text)
            self._open[-1].length = one.text
        elif one.name in ROOM_FIELDS and self._block and self._block.start and not self._block.room:
            self._block.room = one.text.strip()
        elif one.name in PLACE_FIELDS and self.days and not (self._block and self._block.items):
            self.days[-1].place = one.text.strip()
        elif one.name == WHAT_IT_IS and self._block and not self._block.items:
            self._add([DraftItem(one.text, "plain")])
        self._speaks = bool(PRESENTER_FIELDS.fullmatch(one.name))
        if self._speaks and one.text:
            self._present(one.text)
        elif DOCUMENT_FIELDS.fullmatch(one.name) and one.text and self._open:
            self._open[-1].documents.append(one.text.strip())
        listed = bool(_LIST_FIELD.search(one.name))
        self._in_notes, self._after_names = listed and not one.text, listed

    def _person(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        if one.text.text.rstrip().endswith(":"):
            self._announced = people_in(one.text.strip(": \t"), only_first=True)
        else:
            self._present(one.text, only_first=bool(one.bullet))
        if not one.bullet and self._block and self._block.start and not self._block.items:
            self._add(entries(one))

    def _prose(self, one: Classified, rows: Sequence[Classified], at: int) -> None:
        if self._block and self._block.start and not self._block.items:
            self._add(entries(one))


def has_content(rows: Sequence[Classified], at: int) -> bool:
    """Say whether something other than a time or a day stands under the row."""
    following = next((rows[n] for n in range(at + 1, len(rows)) if rows[n].sort is not Sort.GRID), None)
    return following is not None and following.sort not in (Sort.TIME, Sort.DAY, Sort.MARKER)


def is_full(above: Classified, one: Classified, texture: Texture) -> bool:
    """Say whether the first word of a line would not have fitted in the line above it."""
    line, first = above.row.line, one.text.text.split(maxsplit=1)[0]
    return bool(texture.wrap) and line.indent + line.end - line.start + len(first) > texture.wrap - RAGGED

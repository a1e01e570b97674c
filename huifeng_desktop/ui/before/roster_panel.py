"""名单: who is invited, in house order."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QVBoxLayout, QWidget

from huifeng_desktop import wording
from huifeng_desktop.domain.imported import FileKind, ProblemCode
from huifeng_desktop.domain.people import Category, Seat, mask_phone, name_key
from huifeng_desktop.ui.before.checking import ACTING, Check
from huifeng_desktop.ui.before.file_panel import ChooseFile, FilePanel, FileWords
from huifeng_desktop.ui.before.frame import PanelFoot
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable, TagText
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.kit.labels import ask_in_words
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.papers.person_menu import PersonPapers
from huifeng_desktop.ui.theme import Tone

_COLUMNS = (
    Column("单位", 144, 3),
    Column("姓名", 188, 1),
    Column("职务", 128, 3),
    Column("身份", 62),
    Column("电话", 100),
    Column("座位", 68),
    Column("备注", 64, 1),
)
_WORDS = FileWords(
    FileKind.ROSTER,
    "名单",
    "还没有名单",
    "人",
    "把名单文件拖到这里，或选择文件；也可以在 WPS 或 Excel 里复制表格后粘贴。\n先核对，再存入。",
    "能认的栏目：单位、姓名、职务、身份、电话、座位、备注。次序不限，表头在前十行即可；姓名写“空缺”即空缺席位。",
    _COLUMNS,
)
_BADGE_COLUMN = 7
_NAMED_UNITS = 4
_STORED = (
    Column("序号", 50),
    Column("单位", 138, 3),
    Column("姓名", 192, 1),
    Column("职务", 136, 3),
    Column("身份", 64),
    Column("电话", 104),
    Column("座位", 72),
    Column("证号", 116),
    Column("说明", 158, 3),
)


class RosterPanel(FilePanel):
    """The roster file, and the seats the meeting has."""

    def __init__(self, context: UiContext, choose_file: ChooseFile, parent: QWidget | None = None) -> None:
        super().__init__(context, _WORDS, choose_file, parent)
        self.seats_table: RowsTable | None = None
        self._reason: tuple[frozenset[str], str] = frozenset(), ""

    def reason_for(self, check: Check) -> str | None:
        """Units over their cap need a reason; it is asked for once, and again when others come to it."""
        over = over_cap_units(check)
        known, reason = self._reason
        if not over or over <= known:
            return reason if over else ""
        ask = QInputDialog(self)
        ask.setWindowTitle(self.tr("超过每单位人数"))
        ask_in_words(ask, over_cap_question(over, self._cap() or 0))
        ask.setTextValue(reason)
        if (field := ask.findChild(QLineEdit)) is not None:
            field.setAccessibleName(self.tr("超员原因"))
        ask.setMinimumWidth(520)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.textValueSelected.connect(lambda given: self._on_reason(over, given.strip()))
        ask.open()
        return None

    def _on_reason(self, over: frozenset[str], reason: str) -> None:
        if reason:
            self._reason = over, reason
            self.store()
        else:
            self.context.voice.say(self.tr("超过每单位人数要写明原因，名单还没有存入。"), Tone.WARN)

    def stored_view(self) -> QWidget:
        """The seats, with the badge numbers on demand."""
        view = QWidget(self)
        self.seats_table = RowsTable(_STORED, view)
        self.badges = KeyButton(self.tr("显示证号"), shortcut="F8", parent=view)
        self.badges.setCheckable(True)
        self.badges.toggled.connect(self._on_badges_toggled)
        self.papers = PersonPapers(self.context, self.seats_table, self._chosen_seat)
        self.card = KeyButton(self.tr("补印席卡…"), parent=view)
        self.badge = KeyButton(self.tr("补印证件…"), parent=view)
        self.card.clicked.connect(self.papers.print_card)
        self.badge.clicked.connect(self.papers.print_badge)
        self.seats_table.row_changed.connect(self._show_person)
        self.foot = PanelFoot(view)
        for button in (self.card, self.badge, self.badges):
            self.foot.add(button)
        view.setFocusProxy(self.seats_table)
        layout = QVBoxLayout(view)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.seats_table, 1)
        layout.addWidget(self.foot)
        self._on_badges_toggled(False)
        return view

    def has_stored(self) -> bool:
        """Whether the meeting has seats."""
        return bool(self.context.session.state.seats)

    def show_stored(self) -> None:
        """Every seat, with what is special about it."""
        seats = self.context.session.state.seats
        self.head.set_words("名单", seat_counts(seats))
        if self.seats_table is not None:
            self.seats_table.set_lines(seat_lines(seats))
            self._show_person()
        self.foot.say(self.tr("电话只显示首尾；证号在签到台扫码时使用。"))

    def stored_sentence(self) -> str:
        """名单已存入：…"""
        return f"名单已存入：{seat_counts(self.context.session.state.seats)}。"

    def _chosen_seat(self) -> str:
        key = self.seats_table.selected_key() if self.seats_table is not None else None
        return str(key or "")

    def _show_person(self) -> None:
        """A card is for whoever has a name and a seat in the hall, a badge for whoever has a number."""
        seat = self.papers.seat()
        has_name = seat is not None and bool(seat.name)
        self.card.setEnabled(has_name and seat is not None and seat.category is not Category.STAFF)
        self.badge.setEnabled(has_name and seat is not None and bool(seat.badge))

    def _on_badges_toggled(self, shown: bool) -> None:
        if self.seats_table is not None:
            self.seats_table.set_column_shown(_BADGE_COLUMN, shown)


def over_cap_units(check: Check) -> frozenset[str]:
    """The units that send more people than they may."""
    return frozenset(
        row.shown.get("单位", "")
        for row in check.rows
        if any(problem.code is ProblemCode.OVER_CAP for problem in row.problems)
    )


def over_cap_question(over: frozenset[str], cap: int) -> str:
    """Which units, and what is asked for."""
    named = "、".join(sorted(over)[:_NAMED_UNITS])
    more = f"等 {len(over)} 个单位" if len(over) > _NAMED_UNITS else ""
    return f"{named}{more}超过每单位 {cap} 人。\n请写明原因（会留在记录里），或取消后回去改名单："


def seat_counts(seats: list[Seat]) -> str:
    """148 席　应到 126　列席 14　工作人员 6　空缺 2."""
    kinds = Counter(seat.category for seat in seats)
    expected = sum(count for category, count in kinds.items() if category.is_expected)
    parts = [f"{len(seats)} 席", f"应到 {expected}"]
    for category in (Category.OBSERVER, Category.STAFF, Category.VACANT):
        if kinds[category]:
            parts.append(f"{wording.CATEGORY[category]} {kinds[category]}")
    return "　".join(parts)


def seat_lines(seats: list[Seat]) -> list[Line]:
    """The seats as table lines."""
    people: dict[str, set[str]] = {}
    posts = Counter(seat.person_id for seat in seats)
    for seat in seats:
        if seat.name:
            people.setdefault(name_key(seat.name), set()).add(seat.person_id)
    return [
        _seat_line(seat, len(people.get(name_key(seat.name), ())) - 1, posts[seat.person_id] > 1)
        for seat in seats
    ]


def _seat_line(seat: Seat, namesakes: int, two_posts: bool) -> Line:
    vacant = seat.category is Category.VACANT
    tags = []
    if vacant:
        tags.append(TagText("空缺，不计应到", Tone.WARN, Mark.DASH))
    if namesakes > 0:
        tags.append(TagText(f"另有 {namesakes} 人同名", Tone.WARN, Mark.TRIANGLE))
    if two_posts:
        tags.append(TagText("一人两职，只算一人", Tone.NEUTRAL, Mark.DOT))
    if ACTING in seat.post:
        tags.append(TagText(ACTING, Tone.NEUTRAL, Mark.DOT))
    category = wording.CATEGORY[Category.MEMBER if vacant else seat.category]
    cells = (
        Cell(str(seat.seq), mute=True),
        Cell(seat.unit, tip=seat.unit),
        Cell(seat.display_name, mute=vacant, tip=seat.display_name),
        Cell(seat.post, tip=seat.post),
        Cell(category),
        Cell(mask_phone(seat.phone), mute=True),
        Cell(seat.place, mute=True),
        Cell(seat.badge, mute=True),
        Cell(seat.note, tags=tuple(tags), tip=seat.note)
        if tags
        else Cell(seat.note, mute=True, tip=seat.note),
    )
    return Line(seat.seat_id, cells)

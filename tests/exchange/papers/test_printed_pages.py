"""Slip, cards, badges, seat plan and tables as marks on pages; 拟处理建议; fonts that lack a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_printer import FakePrinter, words
from made_up_meeting import PEOPLE, large_meeting, made_up_meeting, new_session, seats_of, with_agenda
from openpyxl import load_workbook

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.badge import is_badge, make_badge
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.errors import FileProblem, UserProblem
from huifeng_desktop.exchange.papers.cards import badge_pages, card_pages, qr_modules
from huifeng_desktop.exchange.papers.details import details
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.exchange.papers.seat_plan import seat_plan_pages
from huifeng_desktop.exchange.papers.setting.table_pdf import table_pages
from huifeng_desktop.exchange.papers.slip import slip_page, spoken_lines
from huifeng_desktop.exchange.papers.statistics import statistics
from huifeng_desktop.exchange.rule_set_files import read_rule_sets
from huifeng_desktop.paths import resource_path
from huifeng_desktop.rules.ledger import Ledger, LedgerRow
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.printed.choices import ExportStopped, PaperOptions, snapshot
from huifeng_desktop.service.printed.marks import Box, Modules, Page, Text
from huifeng_desktop.service.printed.places import Place, place_of
from huifeng_desktop.service.session import MeetingSession

LADDER = read_rule_sets(resource_path("rule_sets"))["ladder"]


@pytest.fixture
def session(tmp_path: Path) -> MeetingSession:
    return made_up_meeting(tmp_path / "data", rule_set=LADDER, counts=True)[0]


def seated(count: int) -> list[Seat]:
    taken: set[str] = set()
    seats = []
    for seat in seats_of(PEOPLE)[:count]:
        badge = make_badge("m", seat.seat_id, taken)
        taken.add(badge)
        seats.append(
            replace(seat, badge=badge, place=f"{(seat.seq - 1) // 5 + 1}排{(seat.seq - 1) % 5 + 1}号")
        )
    return seats


def inside(page: Page) -> bool:
    """Whether every mark lies on the paper."""
    boxes = [mark for mark in page.marks if isinstance(mark, Text | Box)]
    return all(
        mark.x >= 0
        and mark.y >= 0
        and mark.x + mark.width <= page.width
        and mark.y + mark.height <= page.height
        for mark in boxes
    )


def test_the_slip_says_the_chairs_sentence_and_no_names(session: MeetingSession) -> None:
    page = slip_page(session)
    said = words(page)
    assert (page.width, page.height) == (210, 148) and inside(page)
    assert "应到13人，实到10人，\n请假2人（另有1人经批准派员代会），\n未到1人。" in said
    assert "县领导1人全部到会。\n列席2人，到会1人。" in said and "截至 16:30" in said
    assert not any(name in "".join(said) for name in ("吴堃", "吴　堃", "138"))


def test_lines_of_the_slip_end_at_commas() -> None:
    assert spoken_lines("应到30人，全部到会。") == "应到30人，全部到会。"
    assert spoken_lines("名单里还没有应到人员。") == "名单里还没有应到人员。"


def test_a_card_has_two_faces_of_20_by_10_cm_and_one_is_turned() -> None:
    pages = card_pages(seats_of(PEOPLE))
    assert len(pages) == 15 and all(inside(page) for page in pages)
    for page in pages:
        faces = [mark for mark in page.marks if isinstance(mark, Text)][:2]
        assert faces[0].text == faces[1].text and [face.turned for face in faces] == [True, False]
        frame = next(mark for mark in page.marks if isinstance(mark, Box))
        assert (frame.width, frame.height) == (200, 200)
        assert faces[0].y + faces[0].height <= frame.y + 100 <= faces[1].y
    assert words(pages[1])[0] == "王　磊"


def test_badges_carry_the_number_as_code_and_digits() -> None:
    seats = seated(12)
    pages = badge_pages(seats, "全县重点工作推进会")
    assert [sum(isinstance(mark, Modules) for mark in page.marks) for page in pages] == [10, 2]
    assert all(inside(page) for page in pages)
    said = [text.replace(" ", "") for page in pages for text in words(page)]
    assert all(is_badge(seat.badge) and seat.badge in said for seat in seats)
    code = next(mark for mark in pages[0].marks if isinstance(mark, Modules))
    assert code.rows == qr_modules(seats[0].badge) and len(code.rows) == 21


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("3排12号", Place(3, 12)),
        ("第3排12座", Place(3, 12)),
        ("3-12", Place(3, 12)),
        (" 3 排 12 号 ", Place(3, 12)),
        ("三排十二座", Place(3, 12)),
        ("A区3排12号", Place(3, 12, "A区")),
        ("b3-12", Place(3, 12, "B")),
        ("二楼第3排第5座", Place(3, 5, "二楼")),
        ("主席台", None),
        ("", None),
        ("12", None),
    ],
)
def test_places(text: str, place: Place | None) -> None:
    assert place_of(text) == place


def test_the_seat_plan_shows_rows_and_lists_who_has_no_place() -> None:
    seats = [*seated(12), replace(seats_of(PEOPLE)[12], place="主席台左侧")]
    (plan,) = seat_plan_pages(seats, "座位图")
    said = words(plan)
    assert {"1 排", "2 排", "3 排", "主　席　台", "王　磊"} <= set(said) and inside(plan)
    assert "黄敏（县商务局，主席台左侧）" in said
    full = [replace(seat, place=f"{seat.seq}排1号") for seat in seats_of([PEOPLE[1]] * 10)]
    assert len(seat_plan_pages([*full, seats[-1]], "座位图")) == 2, "没有空处就另起一页"


def test_two_on_one_seat_and_seats_of_two_areas_lose_nobody() -> None:
    places = ("A区1排1号", "B区1排1号", "A区1排1号")
    seats = [replace(seat, place=at) for seat, at in zip(seats_of(PEOPLE[1:6:2]), places, strict=True)]
    (plan,) = seat_plan_pages(seats, "座位图")
    said = words(plan)
    assert {"A区 1 排", "B区 1 排"} <= set(said)
    assert all(any(seat.name in text.replace("　", "") for text in said) for seat in seats)
    assert any("A区1排1号" in text for text in said), "谁与人同座，列在图下"


def test_a_large_hall_goes_over_several_pages() -> None:
    people = seats_of([PEOPLE[1]] * 600)
    seats = [replace(seat, place=f"{seat.seq // 30 + 1}排{seat.seq % 30 + 1}号") for seat in people]
    pages = seat_plan_pages(seats, "座位图")
    assert len(pages) >= 4 and all(inside(page) for page in pages)
    assert sum(text == "王　磊" for page in pages for text in words(page)) == 600


@pytest.mark.parametrize("count", [0, 128])
def test_tables_keep_signature_and_sums_in_company(tmp_path: Path, count: int) -> None:
    session = (large_meeting(tmp_path, count) if count else made_up_meeting(tmp_path))[0]
    for paper in (statistics(session), details(session)):
        pages = table_pages(paper)
        assert all(inside(page) for page in pages)
        assert all("序号" in words(page) for page in pages)
        said = [text for page in pages for text in words(page)]
        numbers = [text for text in said if text.isdigit()]
        assert str(len(paper.rows)) in numbers
    last = words(table_pages(statistics(session))[-1])
    assert "合计" in last and any("记录人" in text for text in last)
    assert sum(text in last for text in (str(n) for n in range(1, len(paper.rows) + 1))) >= 3


# -- 拟处理建议 ------------------------------------------------------------------------------------


def rule(session: MeetingSession, seat: str, decision: Decision) -> None:
    Rulings(session).rule(seat, decision, by="林静", reason="经核实")


def proposals_rows(session: MeetingSession, folder: Path, **parts: object) -> tuple[list[list[object]], str]:
    file = OfficePapers(**parts).export_one(session, "proposals", folder / "a.xlsx")  # type: ignore[arg-type]
    sheet = load_workbook(file).active
    rows = [list(row) for row in sheet.values]
    start = next(place for place, row in enumerate(rows) if row[0] == "序号")
    table = [row for row in rows[start + 1 :] if isinstance(row[0], int)]
    return table, "\n".join(str(row[0]) for row in rows)


def test_proposals_only_suggest_and_name_the_clause(session: MeetingSession, tmp_path: Path) -> None:
    rule(session, "s10", Decision.ABSENT)
    rule(session, "s13", Decision.DEFERRED)
    table, text = proposals_rows(session, tmp_path)
    assert [row[2] for row in table] == ["吴　堃"]
    assert table[0][4:8] == ["缺席", "1 次", None, "达到第一档，建议通报批评"]
    assert "依据：县委《精简会议整顿会风》" in text and "不是处理决定" in text and "内部材料" in text
    assert "免职" not in text + str(table)


def test_proposals_count_the_year(session: MeetingSession, tmp_path: Path) -> None:
    rule(session, "s10", Decision.ABSENT)
    row = LedgerRow("吴堃", "柳渡镇", counted=3, tier=3, suggestion=LADDER.ladder[2])
    year = Ledger([row], [], 7, True)
    table, text = proposals_rows(session, tmp_path, ledgers=lambda _: year)
    assert table[0][5] == "3 次" and "移送有权机关研究" in str(table[0][7])
    assert "会议 7 次，含尚未封存的会议，数字为暂定" in text


def test_there_are_no_proposals_where_nothing_follows(tmp_path: Path) -> None:
    session, _ = made_up_meeting(tmp_path / "data", rule_set=RuleSet())
    files = OfficePapers(FakePrinter()).export(session, tmp_path / "out")
    assert not [file for file in files if "建议" in file.name]


# -- fonts, progress, refusals ---------------------------------------------------------------------


def test_every_person_whose_name_the_font_lacks_is_named(tmp_path: Path) -> None:
    people = [
        ("县财政局", name, "局长", PEOPLE[1][3]) for name in ("赵镕", "周喆", "王磊", "𬱖𡋾", "买买提·艾则孜")
    ]
    session, _ = new_session(tmp_path / "data", seats_of(people))
    papers = OfficePapers(FakePrinter())
    assert papers.warnings(session) == ["“仿宋”缺字，会用别的字体代替，请看清样：𬱖𡋾（县财政局）“𡋾𬱖”。"]
    (warning,) = papers.warnings(session, PaperOptions(body_family="仿宋_GB2312"))
    assert "赵镕（县财政局）“镕”" in warning and "周喆（县财政局）“喆”" in warning and "王磊" not in warning
    assert OfficePapers().warnings(session) == []


def test_a_speaker_from_elsewhere_whom_the_font_lacks_is_named(tmp_path: Path) -> None:
    session, clock = new_session(tmp_path / "data", seats_of(PEOPLE[1:2]))
    with_agenda(session, clock)
    (warning,) = OfficePapers(FakePrinter()).warnings(session, PaperOptions(body_family="仿宋_GB2312"))
    assert "赵镕（县财政局）“镕”" in warning


def test_progress_is_told_and_can_stop_everything(session: MeetingSession, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def go_on(done: int, of: int, name: str) -> bool:
        told.append((done, of, name))
        return done < 5

    with pytest.raises(ExportStopped, match="没有写入任何文件"):
        OfficePapers(FakePrinter()).export(session, tmp_path / "out", progress=go_on)
    assert told[0][0] == 0 and told[0][2] == "签到表" and len(told) == 6
    assert not (tmp_path / "out").exists()


def test_a_snapshot_gives_the_same_papers_and_takes_no_facts(session: MeetingSession, tmp_path: Path) -> None:
    still = snapshot(session)
    rule(session, "s10", Decision.ABSENT)
    one = OfficePapers().export(still, tmp_path / "one", "csv")
    two = OfficePapers().export(session, tmp_path / "two", "csv")
    assert [file.name for file in one] == [file.name for file in two]
    assert one[0].read_bytes() != two[0].read_bytes() and one[1].read_bytes() == two[1].read_bytes()
    with pytest.raises(RuntimeError, match="reading only"):
        rule(still, "s8", Decision.ABSENT)


def test_a_file_where_the_folder_should_be_leaves_nothing(session: MeetingSession, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(FileProblem):
        OfficePapers(FakePrinter()).export(session, tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "x"


def test_a_paper_without_people_is_refused_in_words(tmp_path: Path) -> None:
    session, _ = new_session(tmp_path / "data", [])
    for paper in ("cards", "badges", "seat_plan"):
        with pytest.raises(UserProblem, match="请先导入名单"):
            OfficePapers(FakePrinter()).export_one(session, paper, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_every_paper_can_be_had_before_anything_happened(tmp_path: Path) -> None:
    session, clock = new_session(tmp_path / "data", [])
    with_agenda(session, clock)
    files = OfficePapers(FakePrinter()).export(session, tmp_path / "out")
    assert files and all(file.stat().st_size for file in files)

"""The DOCX papers reopened with the library: layout of GB/T 9704, and who is named and who is not."""

from __future__ import annotations

import math
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from fake_printer import FakePrinter
from made_up_meeting import large_meeting, made_up_meeting, new_session, seats_of, with_agenda

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.rule_set import Quorum, RuleSet
from huifeng_desktop.exchange.papers.circular import circular
from huifeng_desktop.exchange.papers.minutes import minutes_lines
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.exchange.papers.script import script_sentences
from huifeng_desktop.exchange.papers.setting.document import OfficialDocument
from huifeng_desktop.exchange.papers.setting.layout import text_width
from huifeng_desktop.exchange.papers.setting.letter import closed_up
from huifeng_desktop.exchange.papers.setting.numerals import chinese
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.session import MeetingSession

UNITS_ONLY = PaperOptions(circular_names=False)


def circular_of(session: MeetingSession, options: PaperOptions) -> Opened:
    letter = OfficialDocument("通报", options.body_family, session.now().wall)
    circular(session, options, letter)
    return opened(letter.save())


def opened(content: bytes) -> Opened:
    return Document(BytesIO(content))


def text_of(document: Opened) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.fixture
def meeting(tmp_path: Path) -> tuple[MeetingSession, FixedClock]:
    session, clock = made_up_meeting(tmp_path / "data")
    with_agenda(session, clock)
    return session, clock


@pytest.fixture
def session(meeting: tuple[MeetingSession, FixedClock]) -> MeetingSession:
    return meeting[0]


def rule(session: MeetingSession, seat: str, decision: Decision) -> None:
    Rulings(session).rule(seat, decision, by="林静", reason="经核实")


@pytest.fixture
def documents(session: MeetingSession, tmp_path: Path) -> dict[str, Opened]:
    files = OfficePapers(FakePrinter()).export(session, tmp_path / "out", "docx")
    return {file.stem.split("_")[-1]: Document(str(file)) for file in files}


def test_every_document_is_set_by_the_standard(documents: dict[str, Opened]) -> None:
    assert set(documents) == {
        "通报（草稿）",
        "会议议程",
        "会议议程（会务用）",
        "主持稿参考",
        "纪要参会名单",
        "请假单",
        "会议图表",
        "席卡",
        "到会情况",
    }
    for name, document in documents.items():
        if name in ("席卡", "到会情况"):
            continue
        page = document.sections[0]
        margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
        assert [round(margin.mm) for margin in margins if margin] == [37, 35, 28, 26]
        assert [round(side.mm) for side in (page.page_width, page.page_height) if side] == [210, 297]
        normal = document.styles["Normal"]
        assert normal.font.size == Pt(16)
        line = normal.paragraph_format.line_spacing
        assert isinstance(line, int) and 22 * line / Mm(1) <= 225 < 23 * line / Mm(1)
        assert "PAGE" in page.footer._element.xml and "PAGE" in page.even_page_footer._element.xml


def test_every_style_and_every_run_has_a_chinese_font(documents: dict[str, Opened]) -> None:
    for document in documents.values():
        for style in document.styles:
            if hasattr(style, "font"):
                fonts = style.font._element.rPr.rFonts
                assert fonts.get(qn("w:eastAsia")) and not fonts.get(qn("w:eastAsiaTheme"))
        for text in document.element.body.iter(qn("w:t")):
            run = text.getparent()
            assert run.rPr.rFonts.get(qn("w:eastAsia")) and run.rPr.find(qn("w:sz")) is not None


def test_a_card_in_the_document_lies_where_the_printed_one_does(documents: dict[str, Opened]) -> None:
    body = documents["席卡"].element.body
    frames = list(body.iter(qn("wp:anchor")))
    assert len(frames) % 3 == 0
    far, near = frames[:2]
    edges = [int(one.find(f"{qn('wp:positionV')}/{qn('wp:posOffset')}").text) / 36_000 for one in (far, near)]
    assert (
        edges == [40, 140]
        and [int(one.find(qn("wp:extent")).get("cx")) for one in (far, near)] == [7_200_000] * 2
    )
    turns = [next(one.iter(qn("a:xfrm"))).get("rot") for one in (far, near)]
    assert turns == ["10800000", None], "背面倒置，对折后两面都正"
    names = [[text.text for text in one.iter(qn("w:t"))] for one in (far, near)]
    assert names[0] == names[1] != []


def test_a_program_that_turns_no_text_frames_takes_lettering_that_it_can_turn(
    documents: dict[str, Opened],
) -> None:
    """LibreOffice reads a choice only where one word is asked of it; Word and WPS know both words."""
    body = documents["席卡"].element.body
    others = list(body.iter(f"{{{_COMPATIBLE}}}Fallback"))
    choices = [one for one in body.iter(f"{{{_COMPATIBLE}}}Choice")]
    assert [one.get("Requires") for one in choices[:3]] == ["wps wp14", "wps", "wps"]
    assert 3 * len(others) == len(choices)
    far = choices[0]
    (lettering,) = others[0].iter(f"{{{_VML}}}shape")
    (said,) = lettering.iter(f"{{{_VML}}}textpath")
    assert said.get("string") == "".join(text.text for text in far.iter(qn("w:t")))
    style = dict(part.split(":") for part in lettering.get("style").split(";"))
    assert style["rotation"] == "180"
    left, top, wide, high = (
        float(style[name].removesuffix("pt")) / 72 * 25.4
        for name in ("margin-left", "margin-top", "width", "height")
    )
    assert 15 <= left <= left + wide <= 195 and abs(left + wide / 2 - 105) < 0.1
    assert 40 <= top <= top + high <= 140 and abs(top + high / 2 - 90) < 0.1


_VML = "urn:schemas-microsoft-com:vml"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def test_the_slip_in_the_document_is_one_page_of_a5(documents: dict[str, Opened]) -> None:
    slip = documents["到会情况"]
    page = slip.sections[0]
    assert [round(side.mm) for side in (page.page_width, page.page_height) if side] == [210, 148]
    assert _height(slip) <= Mm(148 - 11 - 8) and "应到" in text_of(slip)
    assert slip.paragraphs[2].runs[0].font.size == Pt(28), "平常的会议用大字"


def _height(slip: Opened) -> float:
    """Of all lines, those that are broken among them, in a font of square characters."""
    found = 0.0
    for one in slip.paragraphs:
        size = one.runs[0].font.size
        assert size is not None
        lines = math.ceil(text_width(one.text) / 2 * size / Mm(178))
        form = one.paragraph_format
        assert isinstance(form.line_spacing, int)
        found += lines * form.line_spacing + (form.space_before or 0)
    return found


@pytest.mark.parametrize("title", ["全县重点工作推进会", "全县深入学习贯彻/改进会风整治文山会海" * 10])
def test_a_slip_with_much_to_say_stays_on_its_page_and_off_the_grid(tmp_path: Path, title: str) -> None:
    session, _ = made_up_meeting(tmp_path / "data", title=title)
    file = OfficePapers().export_one(session, "slip", tmp_path / "slip.docx")
    slip = Document(str(file))
    assert len(slip.paragraphs) >= 5 and _height(slip) <= Mm(148 - 11 - 8)
    grid = slip.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "default", "网格会把每行撑到两行高"


def test_chinese_is_said_to_be_chinese(documents: dict[str, Opened]) -> None:
    for document in documents.values():
        (language,) = document.styles.element.iter(qn("w:lang"))
        assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_tables_have_fixed_widths_twice_and_repeat_their_heads(documents: dict[str, Opened]) -> None:
    tables = [table for document in documents.values() for table in document.tables]
    assert len(tables) == 3
    for table in tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(grid) <= Mm(156.5).twips and min(grid) > 0
        for row in table._tbl.tr_lst:
            widths = [int(width.get(qn("w:w"))) for width in row.iter(qn("w:tcW"))]
            assert abs(sum(widths) - sum(grid)) < 20
            assert list(row.iter(qn("w:cantSplit")))
        assert table.autofit is False
    staff = documents["会议议程（会务用）"].tables[0]
    assert list(staff._tbl.tr_lst[0].iter(qn("w:tblHeader")))


def test_the_circular_is_a_draft_that_names_nobody_before_a_ruling(documents: dict[str, Opened]) -> None:
    text = text_of(documents["通报（草稿）"])
    assert (
        text.startswith("草稿（供审核，未经签发不得印发）") and "关于全县重点工作推进会参会情况的通报" in text
    )
    assert (
        "2026年3月12日14:30，县委、县政府在县行政中心三楼会议室召开全县重点工作推进会，通知参会13人" in text
    )
    assert "应到13人，实到10人，到会率76.9%；其中本人到会8人" in text
    assert (
        "按规定办理请假手续2人（因公1人、因病1人）：县卫生健康局尹国华（因公，副局长周喆代会）、县气象局倪海洋（因病）。"
        in text
    )
    for name in ("陆川", "黄敏", "吴堃", "欧阳建", "何平"):
        assert name not in text
    assert "尚无经认定的问题" in text and "另有6件尚未认定" not in text
    assert "发烧" not in text and "免职" not in text and "建议" not in text


def test_the_circular_names_what_was_ruled_by_kind(session: MeetingSession) -> None:
    rule(session, "s10", Decision.ABSENT)
    rule(session, "s8", Decision.UNAPPROVED_SUBSTITUTE)
    rule(session, "s4", Decision.LATE)
    rule(session, "s13", Decision.DEFERRED)
    text = text_of(circular_of(session, PaperOptions()))
    assert "（一）缺席1人次。柳渡镇党委书记吴堃。" in text
    assert "（二）未经批准由他人代会1人次。县林业局局长陆川（由股长陈昇到会）。" in text
    assert "（三）迟到1人次。县审计局局长欧阳建（迟到11分钟）。" in text
    assert "黄敏" not in text and "件尚未认定，不列入本通报" in text
    assert "于3月17日前向县委、县政府书面说明情况" in text


def test_an_excuse_or_a_withdrawn_ruling_takes_the_name_out(session: MeetingSession) -> None:
    rule(session, "s10", Decision.ABSENT)
    rule(session, "s4", Decision.EXCUSED)
    Rulings(session).withdraw("s10", by="林静")
    text = text_of(circular_of(session, PaperOptions()))
    assert "吴堃" not in text and "欧阳建" not in text


def test_the_circular_may_name_units_only(session: MeetingSession) -> None:
    rule(session, "s10", Decision.ABSENT)
    rule(session, "s8", Decision.UNAPPROVED_SUBSTITUTE)
    text = text_of(circular_of(session, UNITS_ONLY))
    assert "缺席1人次。柳渡镇。" in text and "县卫生健康局（因公，已派员代会）" in text
    for name in ("吴堃", "陆川", "陈昇", "尹国华", "周喆", "倪海洋"):
        assert name not in text


def test_a_sealed_record_confirms_what_stood(meeting: tuple[MeetingSession, FixedClock]) -> None:
    session, clock = meeting
    rule(session, "s8", Decision.UNAPPROVED_SUBSTITUTE)
    rule(session, "s13", Decision.IN_PERSON)
    rule(session, "s11", Decision.ON_LEAVE)
    clock.advance(14 * 86400)
    Rulings(session).seal(by="林静")
    text = text_of(circular_of(session, PaperOptions()))
    assert "吴堃" in text and "欧阳建" in text and "尚未认定" not in text
    assert "3月31日前" in text


def test_the_staff_agenda_masks_telephones_and_the_leaders_has_none(documents: dict[str, Opened]) -> None:
    rows = [[cell.text for cell in row.cells] for row in documents["会议议程（会务用）"].tables[0].rows]
    assert rows[0] == ["序号", "议题", "发言人", "单位", "类型", "限时", "电话"]
    assert rows[2][5] == "15:00" and rows[3][6] == "138****0016"
    leaders = text_of(documents["会议议程"])
    assert "二、财政工作（县财政局　赵镕）" in leaders and "138" not in leaders and "15:00" not in leaders
    assert all("13800000016" not in document.element.xml for document in documents.values())


def test_minutes_say_who_was_there(session: MeetingSession) -> None:
    lines = dict(minutes_lines(session))
    assert (
        lines["出席"].startswith("沈国栋（县委书记），县水利局王磊，")
        and "县卫生健康局尹国华（周喆代）" in lines["出席"]
    )
    assert lines["请假"] == "县气象局倪海洋，县统计局何平"
    assert lines["缺席"] == "柳渡镇吴堃" and lines["列席"] == "县文联司马岚"


def test_the_chair_reads_figures_agenda_and_invitations(session: MeetingSession) -> None:
    said = script_sentences(session)
    assert "今天的会议应到13人，实到10人，请假2人（另有1人经批准派员代会），未到1人。" in said[2]
    assert said[4] == "下面进行第一项：发展改革工作。请县发展和改革局邹永昌同志汇报，时间不超过6分钟。"
    assert said[6] == "下面进行第三项：县领导讲话。请沈国栋同志讲话。"
    assert said[-1] == "散会。"


def test_the_chair_says_that_the_quorum_is_met(tmp_path: Path) -> None:
    rules = RuleSet(quorum=Quorum(1, 2, strict=True))
    session, clock = made_up_meeting(tmp_path / "data", rule_set=rules)
    with_agenda(session, clock)
    assert "符合开会要求，现在开会。" in script_sentences(session)[2]


def test_a_long_or_hostile_title_is_only_text(tmp_path: Path) -> None:
    session, _ = new_session(tmp_path / "data", seats_of([]), title="关于“两会”/精神：" + "𠅤" * 180)
    files = OfficePapers(FakePrinter()).export(session, tmp_path / "out", "docx")
    assert files
    for file in files:
        with zipfile.ZipFile(file) as package:
            assert package.testzip() is None
        assert "𠅤" in Document(str(file)).element.xml


def test_a_thousand_seats_make_a_document(tmp_path: Path) -> None:
    session, _ = large_meeting(tmp_path / "data", 1000)
    text = text_of(circular_of(session, PaperOptions()))
    assert "尚未认定" in text and "\x00" not in text


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_numerals(number: int, words: str) -> None:
    assert chinese(number) == words


def test_documents_have_no_gaps_around_figures() -> None:
    assert closed_up("应到 13 人，到会率 76.9% 以上 A 1") == "应到13人，到会率76.9%以上 A 1"

"""The secretary's whole day in the real window: from the office's files to the sealed, exported record."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from hands import Hands
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot
from secretary_day import Day, program_on

from huifeng_desktop.paths import resource_path
from huifeng_desktop.rehearsal.guests import Guests

SAMPLES = resource_path("samples/hechuan")
TITLE = "全县防汛工作会议"


def test_from_the_office_files_to_the_sealed_record(data_dir: Path, tmp_path: Path, qtbot: QtBot) -> None:
    with program_on(data_dir, "12:30:00") as day:
        hands = Hands(qtbot)
        make_the_meeting(day, hands)
        prepare(hands)
        people_arrive(day, hands)
        hold_the_meeting(day, hands)
        count_heads(day, hands)
        adjourn(day, hands)
        rule_and_seal(day, hands)
        export(hands, tmp_path / "材料")
    check_papers(tmp_path / "材料")
    verify(data_dir)


def make_the_meeting(day: Day, hands: Hands) -> None:
    """新建会议 in the list of an empty folder; 14:00 is proposed at half past twelve."""

    def fill_in() -> None:
        assert hands.sees("还没有会议")
        hands.press("Ctrl+N")
        hands.write("例如：全县重点工作推进会", TITLE)
        hands.write("地点", "县行政中心三楼会议室")
        hands.pick("考勤规则", "阶梯制")
        hands.press("Ctrl+S")

    hands.while_open(fill_in, day.program.choose_meeting)
    window = day.parts.window
    window.showNormal()  # the screen off screen is small
    window.resize(1366, 768)
    assert hands.sees(TITLE) and hands.sees("14:00")


def prepare(hands: Hands) -> None:
    """Roster dropped, agenda and leave chosen; doubts are shown and nothing is stored before 存入."""
    hands.drop(SAMPLES / "参会名单.xlsx")
    assert hands.sees("12 处请看") and hands.sees("另有 2 人同名") and hands.sees("超过每单位 2 人")
    hands.press("F8")
    assert not hands.sees("沈国栋")
    hands.press("F8")
    assert hands.sees("尚未导入") or not hands.sees("应到 126")
    hands.press("Ctrl+S")
    hands.wait_for("请写明原因")
    hands.write("超员原因", "分管副职一并参加")
    hands.press("Return")
    hands.wait_for("148 席　应到 126")
    hands.press("Alt+3")
    hands.choose_path(SAMPLES / "会议议程.xlsx", lambda: hands.press("Ctrl+O"))
    hands.press("Ctrl+S")
    hands.wait_for("13 项　85:00")
    hands.press("Alt+4")
    hands.choose_path(SAMPLES / "请假情况.xlsx", lambda: hands.press("Ctrl+O"))
    hands.press("Ctrl+S")
    hands.wait_for("10 人请假，4 人派员")
    hands.press("F5")
    hands.wait_for("宣布开会")


def people_arrive(day: Day, hands: Hands) -> None:
    """By pinyin and Enter, by badge, by phone, by deputy; leave at the door; one entry taken back."""
    hands.wait_for("未到 116")
    assert [hands.figure(caption) for caption in ("应到", "实到", "请假")] == ["126", "0", "10"]
    day.at("13:40:00")
    for keys, name in (("sgd", "沈国栋"), ("hanlimin", "韩立民"), ("panyulong", "潘玉龙")):
        hands.type_in(keys)
        hands.press("Return")
        hands.wait_for(f"{name}　已签到")
    hands.wait_until(lambda: hands.figure("实到") == "3")
    take_back(hands, "潘玉龙")
    scan(day, hands, "戴秋生")
    use_phone(day, hands, "司马岚")
    send_deputy(hands, "xiongzhiyong")
    send_deputy(hands, "luogang", "丁一")
    hands.type_in("sumin")
    hands.press("Ctrl+L")
    hands.wait_for("事由")
    hands.press("Return")
    hands.wait_for("苏　敏　已登记请假")


def take_back(hands: Hands, name: str) -> None:
    """撤销 the latest entry, with the proposed reason."""
    hands.click_line(name)
    hands.press("Del")
    hands.wait_for(f"撤销 {name} 的签到")
    hands.press("Return")
    hands.wait_for(f"已撤销 {name} 的签到（误签）")


def scan(day: Day, hands: Hands, name: str) -> None:
    """A USB scanner types thirteen digits in a tenth of a second, then Enter; a second scan is harmless."""
    seats = day.parts.context.session.state.seats
    badge = next(seat.badge for seat in seats if seat.name == name)
    hands.type_in(badge, delay_ms=8)
    hands.press("Return")
    hands.wait_for(f"{name}　已签到")


def use_phone(day: Day, hands: Hands, name: str) -> None:
    """开放手机签到 on this machine; the real desk answers a real phone."""
    codes: list[str] = []
    day.parts.desk.code_changed.connect(codes.append)
    hands.press("Ctrl+P")
    hands.click("仅本机试用")
    hands.click("在这个网络开放")
    hands.wait_for("手机连不上这个地址")
    hands.wait_until(lambda: bool(codes))
    guest = Guests(day.parts.desk.url(), "")
    guest.code_url = codes[-1]
    assert guest.use_phone(next(s for s in day.parts.context.session.state.seats if s.name == name))
    guest.leave()
    hands.wait_for(name)
    hands.press("Ctrl+P")
    hands.wait_for("手机签到未开放")


def send_deputy(hands: Hands, keys: str, stranger: str = "") -> None:
    """代会: the deputy of an approved leave is taken with one Enter, a stranger is not approved."""
    hands.type_in(keys)
    hands.press("Ctrl+D")
    hands.wait_for("代会人职务")
    if stranger:
        hands.write("代会人", stranger)
        hands.click("未批准")
    hands.press("Return")
    hands.wait_for("擅自替会" if stranger else "准予代会")


def hold_the_meeting(day: Day, hands: Hands) -> None:
    """宣布开会, then the space bar from item to item; pause, one more minute, a forgotten start, an undo."""
    day.at("14:00:00")
    hands.press("F9")
    hands.wait_for("开始第 1 项")
    day.at("14:00:10")
    hands.press("Space")
    hands.wait_for("结束，下一项")
    day.at("14:02:20")
    hands.press("Space")
    hands.wait_for("第 2 项　汇报　限时 6:00")
    day.at("14:06:30")
    hands.press("Ctrl+F")
    hands.type_in("hewentao")
    hands.press("Return")
    hands.wait_for("迟到 7 分")
    day.at("14:07:00")
    hands.press("P")
    hands.wait_for("已暂停")
    day.at("14:08:00")
    hands.press("P")
    hands.press("=")
    hands.wait_for("限时 6:00 另加 1:00")
    hands.press("F4")
    hands.click_line("30 秒前")
    hands.press("Ctrl+Z")
    hands.wait_for("2:20")  # 7:00 less 4:40 spoken, the half minute taken back again
    day.at("14:09:32")
    hands.press("Space")
    hands.wait_for("第 3 项")
    assert hands.sees("6:12")  # as item 2 was spoken


def count_heads(day: Day, hands: Hands) -> None:
    """会中清点: everybody who signed is there but one."""
    day.at("14:20:00")
    hands.press("F3")
    hands.wait_for("在场 7 人　签到后不在 0 人")
    hands.write("姓名、拼音、单位", "simalan")
    hands.click_line("在场")
    hands.wait_for("在场 6 人　签到后不在 1 人")
    hands.press("Ctrl+S")
    hands.wait_for("清点已保存：在场 6 人，1 人签到后不在，已列入待核实。")


def adjourn(day: Day, hands: Hands) -> None:
    """The space bar to the end of the agenda, then F10."""
    for number in range(4, 14):
        day.at(f"14:{20 + 2 * number}:00")
        hands.press("Space")
        hands.wait_for(f"第 {number} 项")
    day.at("14:50:00")
    hands.press("Space")
    hands.wait_for("议程已全部进行")
    day.at("14:50:02")  # a second press within 0.8 s counts once
    hands.press("F10")
    hands.wait_for("会议已于 14:50 散会")


def rule_and_seal(day: Day, hands: Hands) -> None:
    """Rule on each case; the seal waits for the end of the appeal window and of the oral leave."""
    hands.press("Ctrl+3")
    hands.wait_for("签到后离场？")
    hands.write("认定人", "林静")
    rule_on_all(hands, 1)
    assert not hands.button("封　存").isEnabled() and hands.sees("申诉期至 3 月 17 日，期满后再封存。")
    day.at("2026-03-18T09:00:00")
    hands.press("Ctrl+2")
    hands.press("Ctrl+3")
    hands.wait_for("待认定 1")  # the oral leave was never put in writing
    hands.click_line("何　平")
    rule_on_all(hands, 1)
    hands.wait_for("可以封存")
    hands.click("封　存")
    hands.wait_for("由林静封存，记录不再改动。")


def rule_on_all(hands: Hands, count: int) -> None:
    """Enter takes what the evidence suggests and goes on to the next case."""
    for left in reversed(range(count)):
        hands.press("Return")
        hands.wait_for(f"待认定 {left}")


def export(hands: Hands, folder: Path) -> None:
    """全部导出 into a folder that is asked for, after a word on the rare characters of some names."""
    folder.mkdir()
    hands.press("Ctrl+E")
    hands.wait_for("有人的姓名可能印不对")
    hands.choose_path(folder, lambda: hands.click("照此导出"))
    hands.wait_for("已导出")


def check_papers(folder: Path) -> None:
    """The sheets say what was done at the door and at the podium."""
    [sums] = [row for row in rows_of(folder, "出席情况统计表") if row[1] == "合计"]
    assert sums[2:11] == (126, 7, 5, 1, 1, 10, 1, 1, 109) and sums[11] == "5.6%"
    people = {str(row[2]).replace("\u3000", ""): row for row in rows_of(folder, "签到明细")}
    assert "司马岚" in people and any("早退" in str(cell) for cell in people["司马岚"])
    assert any("关小东" in str(cell) for cell in people["熊志勇"])
    assert any("丁\u3000一" in str(cell) for cell in people["罗刚"])
    [development] = [row for row in rows_of(folder, "发言用时表") if row[1] == "发展改革工作"]
    assert "6:12" in development, development


def rows_of(folder: Path, paper: str) -> list[tuple[object, ...]]:
    """The rows of an exported paper, opened anew."""
    [file] = folder.glob(f"*{paper}*.xlsx")
    book = load_workbook(file, read_only=True)
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    book.close()
    return rows


def verify(data: Path) -> None:
    """Every chain is whole."""
    call = [sys.executable, "-m", "huifeng_desktop", "--data", str(data), "verify", "--json"]
    done = subprocess.run(call, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout)["ok"] is True

"""The commands and their options, with help in Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from huifeng_desktop import __version__
from huifeng_desktop.cli import hand_over, meetings, reports, running
from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.office import EARLIEST_YEAR, LATEST_YEAR, local_time

Command = Callable[[argparse.Namespace, Path], Any]


class ChineseHelp(argparse.HelpFormatter):
    """Begins with 用法."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The first line of help."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """Explains in Chinese what there is, and what is wrong with the call; status 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": ChineseHelp, **options, "add_help": False})
        self._positionals.title, self._optionals.title = "要给的", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    def error(self, message: str) -> NoReturn:
        on_one_line = " ".join(_in_chinese(message).split())
        self.exit(2, f"用法不对：{on_one_line}。用 {self.prog} --help 查看用法。\n")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; `run` of the result is the command."""
    parser = ChineseParser(
        prog="huifeng-desktop", description="会风：会议签到、发言计时与出席认定。不带命令即打开窗口。"
    )
    parser.add_argument("--version", action="version", version=f"会风 {__version__}", help="显示版本")
    parser.set_defaults(run=running.window, program="huifeng", data=None, json=False)
    _shared(parser)
    commands = parser.add_subparsers(metavar="命令", parser_class=ChineseParser)
    for add in (_new, _load, _declare, _headcount, _badges, _results, _ledger, _export, _desk, _verify):
        add(commands)
    _pack(commands)
    _merge(commands)
    _archive(commands)
    _remove(commands)
    _rehearse(commands)
    _list(commands)
    return parser


def _shared(parser: argparse.ArgumentParser) -> None:
    """Options that may stand before or after the command."""
    parser.add_argument(
        "--data", metavar="目录", default=argparse.SUPPRESS, help="数据文件夹（也可用环境变量 HUIFENG_DATA）"
    )
    parser.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="在标准输出上给出一份 JSON"
    )


def _command(commands: Any, name: str, run: Command, help_text: str, meeting: bool = True) -> Any:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    _shared(parser)
    if meeting:
        parser.add_argument("meeting", metavar="会议编号")
    parser.set_defaults(run=run, program="command")
    return parser


def _new(commands: Any) -> None:
    parser = _command(commands, "new", meetings.new, "新建会议", meeting=False)
    parser.add_argument("--title", metavar="名称", required=True, help="会议名称")
    parser.add_argument(
        "--start", metavar="时间", required=True, type=_moment, help="开始时间，如 2026-03-12T14:30"
    )
    parser.add_argument("--end", metavar="时间", type=_moment, help="结束时间")
    parser.add_argument("--place", metavar="地点", default="", help="地点")
    parser.add_argument("--convener", metavar="单位", default="", help="召集单位")
    parser.add_argument("--series", metavar="名称", default="", help="一次会议连开几场时，各场共用的名称")
    parser.add_argument("--rule-set", metavar="规则", help="考勤规则，如 ladder 或 阶梯制；默认 仅统计")
    parser.add_argument(
        "--counts", action=argparse.BooleanOptionalAction, help="是否计入台账；默认看召集单位是否列在规则里"
    )


def _load(commands: Any) -> None:
    parser = _command(commands, "load", meetings.load, "导入名单、议程、请假或签到记录")
    parser.add_argument("file", metavar="文件", type=Path)
    kinds = ["roster", "agenda", "leave", "records"]
    parser.add_argument(
        "--as",
        dest="kind",
        required=True,
        choices=kinds,
        help="按什么读：roster 名单，agenda 议程，leave 请假，records 签到记录",
    )


def _declare(commands: Any) -> None:
    parser = _command(commands, "declare", meetings.declare, "补记宣布开会和散会的时间")
    parser.add_argument("--opened", metavar="时间", type=_moment, help="开会时间")
    parser.add_argument("--adjourned", metavar="时间", type=_moment, help="散会时间")


def _headcount(commands: Any) -> None:
    parser = _command(commands, "headcount", meetings.headcount, "录入会中清点")
    parser.add_argument("file", metavar="文件", type=Path)
    parser.add_argument("--at", metavar="时间", type=_moment, help="清点时间；默认取文件里写的时间")


def _badges(commands: Any) -> None:
    _command(commands, "badges", reports.badges, "列出每个席位的证件号码")


def _results(commands: Any) -> None:
    _command(commands, "results", reports.results_of, "出席认定结果")


def _ledger(commands: Any) -> None:
    parser = _command(commands, "ledger", reports.ledger_of, "台账：按人、按单位累计", meeting=False)
    parser.add_argument("--year", metavar="年份", type=int, help="年份")
    parser.add_argument("--from", metavar="日期", dest="first", type=_day, help="起始日期（含）")
    parser.add_argument("--to", metavar="日期", dest="last", type=_day, help="截止日期（含）")
    parser.add_argument("--sealed-only", action="store_true", help="只算已封存的会议")
    parser.add_argument("--rule-set", metavar="规则", help="按哪一套规则提示档次；默认取最近一次会议的规则")


def _export(commands: Any) -> None:
    parser = _command(commands, "export", reports.export, "导出会议材料")
    parser.add_argument("--out", required=True, type=Path, metavar="目录", help="存到哪个文件夹")
    parser.add_argument("--only", choices=["xlsx", "docx", "pdf", "csv"], help="只要一种格式")
    parser.add_argument(
        "--order",
        type=Order,
        choices=list(Order),
        default=Order.HOUSE,
        metavar="顺序",
        help="签到表、席卡、证件的排序：house 单位（默认）、post 职务、strokes 姓氏笔画、pinyin 拼音、"
        "seat 座位、arrival 到会先后",
    )
    parser.add_argument(
        "--single-names-by-strokes", action="store_true", help="姓氏笔画：单名不在前，按笔画与双名同排"
    )
    parser.add_argument(
        "--circular",
        choices=["persons", "units"],
        default="persons",
        help="通报写到人（persons，默认）还是只写到单位（units）",
    )
    parser.add_argument("--font", default="仿宋", metavar="字体", help="正文字体，默认仿宋")


def _desk(commands: Any) -> None:
    parser = _command(commands, "desk", running.desk, "不开窗口，只开签到台")
    parser.add_argument("--host", metavar="地址", default="127.0.0.1", help="监听地址，默认只限本机")
    parser.add_argument("--port", metavar="端口", type=_port, default=0, help="端口，0 为自动选择")
    parser.add_argument(
        "--usual", type=_port, default=0, metavar="端口", help="自动选择端口时先试这个，被占用才换"
    )
    parser.add_argument("--no-phones", dest="phones", action="store_false", help="先不开放手机签到")
    parser.add_argument("--clock-file", type=Path, help=argparse.SUPPRESS)
    parser.set_defaults(program="desk")


def _pack(commands: Any) -> None:
    parser = _command(commands, "pack", hand_over.pack, "导出交接文件：整个会议存成一个文件，交给另一台电脑")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="文件", help="存成什么文件，如 交接.huifeng"
    )


def _merge(commands: Any) -> None:
    parser = _command(
        commands, "merge", hand_over.merge, "并入交接文件；重复并入不变，两边不同的会列出来", meeting=False
    )
    parser.add_argument("file", metavar="文件", type=Path)


def _archive(commands: Any) -> None:
    parser = _command(
        commands,
        "archive",
        hand_over.archive,
        "归档：材料、全部记录、考勤规则和校验值存成一个压缩包；不删除任何记录",
    )
    parser.add_argument("--out", required=True, type=Path, metavar="文件", help="存成什么文件，如 归档.zip")


def _remove(commands: Any) -> None:
    parser = _command(
        commands,
        "remove",
        hand_over.remove,
        "删除一次已满保存期、已归档的会议；先重新核对归档包，谁在何时删除了什么会留下记录",
    )
    parser.add_argument("--by", required=True, metavar="姓名", help="由谁删除")
    parser.add_argument("--confirm", required=True, metavar="会议编号", help="照抄完整的会议编号，表示确认")
    parser.add_argument(
        "--archive", type=Path, metavar="文件", help="归档包现在在哪里；不写则是归档时存的地方"
    )


def _verify(commands: Any) -> None:
    _command(commands, "verify", reports.verify_folder, "核对全部记录未被改动", meeting=False)


def _rehearse(commands: Any) -> None:
    parser = _command(
        commands, "rehearse", running.rehearse, "彩排：从开门到出材料走一遍示例会议", meeting=False
    )
    parser.add_argument("--speed", metavar="倍数", type=_speed, default=60.0, help="快多少倍，默认 60")
    parser.add_argument("--out", type=Path, metavar="目录", help="材料和画面存到哪里，默认 rehearsal 文件夹")
    parser.set_defaults(program="rehearsal")


def _list(commands: Any) -> None:
    _command(commands, "list", meetings.list_meetings, "列出会议", meeting=False)


def _moment(text: str) -> datetime:
    try:
        if not re.search(r"\d[T ]\d", text):
            raise ValueError("a day without a time")
        return local_time(text)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"“{text}”不是时间，请写成 2026-03-12T14:30") from None


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
        if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise ValueError("the wrong century")
        return day
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是 {EARLIEST_YEAR} 到 {LATEST_YEAR} 年之间的日期，请写成 2026-03-12"
        ) from None


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}”不是端口，应在 0 到 65535 之间")
    return int(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 100_000:
        raise argparse.ArgumentTypeError(f"“{text}”不是倍数，应在 1 到 100000 之间")
    return speed


_PHRASES = (
    ("the following arguments are required: ", "缺少参数 "),
    ("unrecognized arguments: ", "不认识的参数 "),
    ("expected one argument", "后面要跟一个值"),
    ("invalid choice: ", "没有这个选项 "),
    ("choose from", "可选"),
    ("argument ", "参数 "),
    ("invalid int value: ", "要填整数，而不是 "),
    ("ambiguous option: ", "选项不明确 "),
    ("could match", "可能是"),
)


def _in_chinese(message: str) -> str:
    for english, chinese in _PHRASES:
        message = message.replace(english, chinese)
    return message

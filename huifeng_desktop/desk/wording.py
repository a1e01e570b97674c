"""The Chinese sentences of the desk, for callers of the API and for phones."""

from __future__ import annotations

from datetime import datetime

WRONG_HOST = "访问地址不对，请使用签到台给出的地址。"
WRONG_ORIGIN = "别的网页不能代为签到，请从签到台自己的页面或程序提交。"
NO_TOKEN = "没有有效的口令，请使用签到台启动时给出的 token。"
TOO_MANY = "请求过于频繁，请稍后再试。"
TOO_LARGE = "提交的内容过大，请检查后重新提交。"
BUSY = "签到台正忙，这次没有记录，请稍后重试。"
BROKEN = "签到台出现内部错误，这次没有记录，请重试；仍不行请到签到台人工登记。"
NO_PAGE = "没有这个地址，请检查后重试。"
NO_METHOD = "这个地址不支持这种请求方式。"

_WEEKDAYS = "一二三四五六日"
_PERIODS = ((5, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))


class Phone:
    """What a phone is told; short, and never about anybody else."""

    CLOSED = ("手机签到没有开放", "请到签到台签到。")
    STALE_CODE = ("签到码已更新", "请重新扫描大屏幕上的签到码。")
    STALE_TICKET = ("页面已过期", "请重新扫描大屏幕上的签到码。")
    USED_TICKET = ("这个页面已经用过", "请重新扫描大屏幕上的签到码。")
    NOT_OPEN = ("现在不能签到", "签到没有开始或已经结束，请到签到台咨询。")
    TOO_MANY = ("尝试次数过多", "请过 {seconds} 秒再试，或到签到台签到。")
    ASK_DESK = ("请到签到台签到", "您的信息需要工作人员核对，请到签到台签到。")
    NOT_SAVED = ("签到没有记下", "请稍后重试，或到签到台签到。")
    KEPT = ("已经提交", "已经记下，不用再填。签到台正忙，这一页会自己刷新。")
    NOT_NOW = ("页面暂时打不开", "签到台正忙，这一页会自己刷新。")
    WRONG_PAGE = ("页面打不开", "请重新扫描大屏幕上的签到码。")
    OVER = ("会议已经结束", "这一页已经失效，座位、议程和文件不再提供。")
    NO_PASS = ("还没有签到", "请扫描大屏幕上的签到码签到。")
    REFUSED = ("签到没有确认", "请到签到台签到。")
    NO_FILE = ("文件没有找到", "文件已经停止发放，请返回上一页刷新。")
    NOT_FOUND = "姓名或后四位数字不对，请核对后再试。"
    NO_SCREEN = ("画面没有打开", "地址已经作废。请会务人员在电脑上重新打开，再用新的地址。")
    NO_NAME = "请填写姓名。"
    NO_DIGITS = "请填写手机号或证件编号的后四位数字，发了口令的填口令。"
    NO_DEPUTY = "代他人到会的，请填写您本人的姓名和职务。"


class Remote:
    """What the secretary's remote is told."""

    WRONG_PIN = "PIN 不对，请看电脑上显示的 6 位数字。"
    WRONG_PAGE = "请从遥控页面操作。"
    MALFORMED = "这次按键没有看懂，没有执行。"
    BELL = "已响铃。"

    @staticmethod
    def paused(seconds: int) -> str:
        """Too many wrong tries."""
        return f"PIN 输错次数过多，请 {seconds} 秒后再试，或在电脑上重新打开遥控。"


def spoken_time(moment: datetime) -> str:
    """3 月 12 日（星期四）下午 2:30."""
    period = next(word for until, word in _PERIODS if moment.hour < until)
    hour = moment.hour - 12 if moment.hour > 12 else moment.hour
    weekday = _WEEKDAYS[moment.weekday()]
    return f"{moment.month} 月 {moment.day} 日（星期{weekday}）{period} {hour}:{moment.minute:02d}"

"""How the papers are made, as it was chosen last: kept with the folder, the same before and after."""

from __future__ import annotations

from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.ports import Settings
from huifeng_desktop.service.printed.choices import PaperOptions, Split

ORDERS = {
    Order.HOUSE: "单位顺序",
    Order.POST: "职务",
    Order.STROKES: "姓氏笔画",
    Order.PINYIN: "拼音",
    Order.SEAT: "座位",
    Order.ARRIVAL: "到会先后",
}
SPLITS = {Split.NONE: "不分", Split.BLOCK: "按座位分区", Split.DESK: "按签到台"}
FAMILIES = ("仿宋", "仿宋_GB2312", "方正仿宋_GBK", "宋体", "楷体")
"""Families of the body text that offices have; the first is as GB/T 9704 wants it on any Windows."""
_KEY = "paper_options"


def options_from(settings: Settings) -> PaperOptions:
    """What was chosen last; what makes no sense is as usual."""
    kept = settings.get(_KEY, {})
    return PaperOptions.from_json(kept if isinstance(kept, dict) else {})


def keep_options(settings: Settings, options: PaperOptions) -> None:
    """Remember a choice; raises StorageProblem."""
    settings.put(_KEY, options.to_json())

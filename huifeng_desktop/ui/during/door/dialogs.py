"""The dialogs of the door's slower work, each imported when it is first opened: most starts open none."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from huifeng_desktop.ui.context import UiContext


def roll_call(context: UiContext, parent: QWidget) -> QDialog:
    """点名."""
    from huifeng_desktop.ui.during.door.roll_call_dialog import RollCallDialog

    return RollCallDialog(context, parent)


def tick(context: UiContext, parent: QWidget) -> QDialog:
    """逐单位勾选."""
    from huifeng_desktop.ui.during.door.tick_dialog import TickDialog

    return TickDialog(context, parent)


def backfill(context: UiContext, parent: QWidget) -> QDialog:
    """按签到表序号补录."""
    from huifeng_desktop.ui.during.door.backfill_dialog import BackfillDialog

    return BackfillDialog(context, parent)


def leave_line(context: UiContext, parent: QWidget) -> QDialog:
    """一行登记请假."""
    from huifeng_desktop.ui.during.door.leave_line_form import LeaveLineForm

    return LeaveLineForm(context, parent)


def walk_in(context: UiContext, parent: QWidget) -> QDialog:
    """临时参会."""
    from huifeng_desktop.ui.during.door.walk_in_form import WalkInForm

    return WalkInForm(context, parent)


def exits(context: UiContext, parent: QWidget) -> QDialog:
    """离场登记."""
    from huifeng_desktop.ui.during.door.exits_dialog import ExitsDialog

    return ExitsDialog(context, parent)

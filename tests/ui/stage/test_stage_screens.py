"""Which screen is chosen, with screens that are only described."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

from huifeng_desktop.ui.stage.screens import (
    choose_again,
    choose_stage_screen,
    identity_of,
    is_same_device,
    screen_label,
)


@dataclass
class FakeScreen:
    """A screen as far as the choice looks at it."""

    port: str
    left: int
    device: str = ""
    number: str = ""
    top: int = 0

    def name(self) -> str:
        return self.port

    def model(self) -> str:
        return self.device

    def serialNumber(self) -> str:
        return self.number

    def geometry(self) -> QRect:
        return QRect(self.left, self.top, 1920, 1080)


LAPTOP = FakeScreen("eDP-1", 0)
SONY = FakeScreen("HDMI-1", 1920, "SONY VPL", "A1")
EPSON = FakeScreen("HDMI-2", 3840, "EPSON", "B7")


def test_one_screen_is_never_taken() -> None:
    assert choose_stage_screen([LAPTOP], None, LAPTOP) is None
    assert choose_stage_screen([LAPTOP], identity_of(LAPTOP), LAPTOP) is None
    assert choose_stage_screen([], None, LAPTOP) is None
    assert choose_stage_screen([LAPTOP], None, None) is None


def test_the_other_screen_is_taken_wherever_the_main_window_is() -> None:
    assert choose_stage_screen([LAPTOP, SONY], None, LAPTOP) is SONY
    assert choose_stage_screen([LAPTOP, SONY], None, SONY) is LAPTOP
    assert choose_stage_screen([LAPTOP, SONY], identity_of(SONY), SONY) is LAPTOP


def test_a_mirrored_projector_is_not_a_second_screen() -> None:
    mirror = FakeScreen("HDMI-1", 0, "SONY VPL")
    assert choose_stage_screen([LAPTOP, mirror], None, LAPTOP) is None


def test_the_remembered_projector_is_found_at_another_port_and_place() -> None:
    wanted = identity_of(EPSON)
    moved = FakeScreen("DP-3", -1920, "EPSON", "B7")
    assert choose_stage_screen([LAPTOP, SONY, moved], wanted, LAPTOP) is moved
    assert choose_stage_screen([LAPTOP, SONY, EPSON], wanted, LAPTOP) is EPSON


def test_nameless_screens_are_told_apart_by_port_then_place() -> None:
    one, two = FakeScreen("VGA-1", 1920), FakeScreen("VGA-2", 3840)
    assert choose_stage_screen([LAPTOP, one, two], identity_of(two), LAPTOP) is two
    same_port = FakeScreen("VGA-1", 5760)
    assert choose_stage_screen([LAPTOP, one, same_port], identity_of(same_port), LAPTOP) is same_port


def test_an_unknown_projector_is_better_than_none() -> None:
    assert choose_stage_screen([LAPTOP, SONY], identity_of(EPSON), LAPTOP) is SONY


def test_two_of_a_kind_are_told_apart_by_their_serial_numbers() -> None:
    twin = FakeScreen("HDMI-1", 1920, "SONY VPL", "A2")
    moved = FakeScreen("DP-3", 3840, "SONY VPL", "A1")
    assert not is_same_device(identity_of(twin), identity_of(SONY))
    assert is_same_device(identity_of(moved), identity_of(SONY))
    assert choose_again([LAPTOP, twin, moved], identity_of(SONY), LAPTOP, twin) is moved


def test_after_a_loose_plug_only_the_same_or_the_newcomer_is_taken() -> None:
    """GIVEN a third screen that was there all the while and belongs to somebody THEN it is left alone."""
    assert choose_again([LAPTOP, EPSON], identity_of(SONY), LAPTOP, None) is None
    assert choose_again([LAPTOP, EPSON, SONY], identity_of(SONY), LAPTOP, EPSON) is SONY
    newcomer = FakeScreen("DP-3", 5760, "BENQ", "C3")
    assert choose_again([LAPTOP, EPSON, newcomer], identity_of(SONY), LAPTOP, newcomer) is newcomer


def test_labels_say_device_or_port() -> None:
    assert screen_label(SONY, 2) == "SONY VPL（2 号屏）"
    assert screen_label(LAPTOP, 1) == "eDP-1（1 号屏）"

"""The painted stage, measured: height of the figures, contrast, nothing cut, little painted again."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.during.timing.stage_card import MOST_CHARACTERS
from huifeng_desktop.ui.stage import scene as colours
from huifeng_desktop.ui.stage.backdrop import read_picture
from huifeng_desktop.ui.stage.canvas import StageCanvas
from huifeng_desktop.ui.stage.code import code_image
from huifeng_desktop.ui.stage.corner_timer import PLATE_OPACITY
from huifeng_desktop.ui.stage.countdown import phase_colour
from huifeng_desktop.ui.stage.fit import fit_text, may_break, wrap
from huifeng_desktop.ui.stage.view import ComingItem, StageMode, StagePhase, StageView

SIZES = [(1024, 768), (1366, 768), (1920, 1080), (3840, 2160)]
LONG_TITLE = (
    "关于贯彻落实全县重点工作推进会精神进一步加快推进乡村振兴重点帮扶"
    "和民族团结进步示范创建工作情况及下一步打算的专题汇报材料"
)
LONG_NAME = "阿布都热依木·阿布都克里木·买买提明·艾则孜江·吐尔"
LONG_UNIT = "国网××省电力有限公司禾川县供电公司"
VIEW = StageView(
    StageMode.COUNTDOWN,
    6,
    "财政工作",
    "赵　镕",
    "县财政局",
    limit_s=360.0,
    elapsed_s=138.0,
    phase=StagePhase.NORMAL,
    next_title="人社工作",
    meeting_title="全县重点工作推进会",
    place="县行政中心三楼会议室",
    start_text="3 月 12 日 星期四　14:30",
    expected=126,
    present=98,
)
LONG = replace(VIEW, title=LONG_TITLE, speaker=LONG_NAME, unit=LONG_UNIT)
CODE = "http://192.168.1.20:8765/s/Zm9vYmFyYmF6cXV4"


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> None:
    theme.apply_theme(qapp)


def _canvas(qtbot: QtBot, view: StageView, size: tuple[int, int]) -> StageCanvas:
    canvas = StageCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(*size)
    canvas.set_view(view)
    return canvas


def _painted_rows(image: QImage, area: QRect, colour: str) -> list[int]:
    """The rows of `area` that hold at least one pixel of exactly this colour."""
    wanted = QColor(colour).rgb()
    columns = range(area.left(), area.right() + 1, 2)
    rows = range(area.top(), area.bottom() + 1)
    return [y for y in rows if any(image.pixel(x, y) == wanted for x in columns)]


def _luminance(colour: str) -> float:
    parts = [
        channel / 255 for channel in (QColor(colour).red(), QColor(colour).green(), QColor(colour).blue())
    ]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


COMING = tuple(
    ComingItem(7 + place, title, unit, 300.0)
    for place, (title, unit) in enumerate(
        (("人社工作", "县人力资源和社会保障局"), ("审计工作", "县审计局"), (LONG_TITLE, LONG_UNIT))
    )
)
ALL_LONG = tuple(ComingItem(7 + place, LONG_TITLE, LONG_UNIT, 300.0) for place in range(3))
PROMPT = "请围绕主题，抓紧时间，把后面关于资金安排的部分留到书面材料里说明"
TIMED = {
    "short": VIEW,
    "long": LONG,
    "13": replace(VIEW, speaker="阿布都热依木·阿布都克里木", unit=LONG_UNIT),
    "prompt": replace(VIEW, message="请控制时间"),
    "long-prompt": replace(LONG, message=PROMPT),
    "agenda": replace(VIEW, mode=StageMode.AGENDA, coming=COMING, following=12),
    "agenda-last": replace(VIEW, mode=StageMode.AGENDA),
    "agenda-long": replace(LONG, mode=StageMode.AGENDA, coming=COMING, following=12),
    "next-long": replace(LONG, next_title=f"{LONG_TITLE}　{LONG_UNIT}"),
    "agenda-all-long": replace(LONG, mode=StageMode.AGENDA, coming=ALL_LONG, following=12),
    "agenda-all-long-prompt": replace(
        LONG, mode=StageMode.AGENDA, coming=ALL_LONG, following=12, message=PROMPT
    ),
    "agenda-long-prompt": replace(LONG, mode=StageMode.AGENDA, coming=COMING, following=12, message=PROMPT),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", TIMED.values(), ids=TIMED)
@pytest.mark.parametrize("elapsed", [138.0, 395.0, 360.0 + 754.0], ids=["3:42", "+0:35", "+12:34"])
def test_figures_are_at_least_45_percent_high(
    qtbot: QtBot, size: tuple[int, int], view: StageView, elapsed: float
) -> None:
    view = replace(view, elapsed_s=elapsed)
    canvas = _canvas(qtbot, view, size)
    area = canvas.digits_area()
    assert canvas.rect().contains(area)
    rows = _painted_rows(canvas.grab().toImage(), area, phase_colour(view))
    assert (rows[-1] - rows[0] + 1) / size[1] >= 0.45
    _assert_nothing_is_cut(canvas)
    words = "".join(run.text for run in canvas.scene().runs)
    assert view.title in words and view.message in words and "…" not in words
    if view.mode is StageMode.AGENDA and view.coming:
        assert view.coming[0].title in words
        shown = 1 + sum(f"第 {one.number} 项" in words for one in view.coming[1:])
        assert f"其后还有 {12 - shown} 项" in words
    if not view.message:
        assert view.speaker in words and view.unit in words


INKS = [colours.WHITE, colours.MUTE, colours.NORMAL, colours.AMBER, colours.OVER]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", INKS)
def test_contrast_on_the_stage_is_at_least_seven(ink: str) -> None:
    assert _contrast(ink, colours.GROUND) >= 7


def test_contrast_on_plates_is_at_least_seven() -> None:
    assert _contrast(colours.GROUND, colours.AMBER) >= 7, "words to the speaker"
    assert min(_contrast(ink, colours.PANEL) for ink in (colours.WHITE, colours.MUTE)) >= 7, "the agenda"


@pytest.mark.parametrize("slide", ["#ffffff", "#808080", "#000000"])
@pytest.mark.parametrize("ink", [colours.NORMAL, colours.AMBER, colours.OVER])
def test_the_corner_timer_can_be_read_on_any_slide(slide: str, ink: str) -> None:
    under, over = QColor(slide), QColor(colours.GROUND)
    parts = ((under.redF(), over.redF()), (under.greenF(), over.greenF()), (under.blueF(), over.blueF()))
    seen = QColor.fromRgbF(*(low * (1 - PLATE_OPACITY) + high * PLATE_OPACITY for low, high in parts))
    assert _contrast(ink, seen.name()) >= 7


def test_the_phases_differ_in_grey() -> None:
    """As the eye takes it: lightness L* of CIELAB, 10 apart at least, and each has its own shape."""
    light = [116 * _luminance(ink) ** (1 / 3) - 16 for ink in (colours.NORMAL, colours.AMBER, colours.OVER)]
    assert light[0] - light[1] >= 8 and light[1] - light[2] >= 8, light


@pytest.mark.parametrize("colour", ["#ffffff", "#ffddaa", "#2255aa", "#000000"])
def test_text_can_be_read_on_any_background_picture(qtbot: QtBot, tmp_path: Path, colour: str) -> None:
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(QColor(colour))
    picture.save(str(tmp_path / "ground.png"))
    view = replace(VIEW, mode=StageMode.WELCOME, background=str(tmp_path / "ground.png"))
    image = _canvas(qtbot, view, (1024, 768)).grab().toImage()
    assert _contrast(colours.MUTE, image.pixelColor(2, 2).name()) >= 7


def test_a_background_that_cannot_be_read_is_told_and_leaves_the_plain_ground(
    qtbot: QtBot, tmp_path: Path
) -> None:
    broken = tmp_path / "封面.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    with pytest.raises(FileProblem, match=r"“封面\.png”读不出来"):
        read_picture(str(broken))
    with pytest.raises(FileProblem, match="找不到"):
        read_picture(str(tmp_path / "none.png"))
    view = replace(VIEW, mode=StageMode.WELCOME, background=str(broken))
    assert _canvas(qtbot, view, (400, 300)).grab().toImage().pixelColor(2, 2).name() == colours.GROUND


@pytest.mark.parametrize("phase", [one for one in StagePhase])
def test_the_corner_timer_shows_figures_word_and_shape(qtbot: QtBot, phase: StagePhase) -> None:
    canvas = _canvas(qtbot, replace(LONG, phase=phase, elapsed_s=360.0 + 754), (342, 150))
    canvas.set_floating(True)
    _assert_nothing_is_cut(canvas)
    scene = canvas.scene()
    assert scene.mark is not None and scene.bar is not None and scene.digits is not None
    assert scene.digits.height() >= 0.5 * 150
    canvas.set_view(StageView(StageMode.BLACKOUT))
    assert canvas.scene().opacity == 0.0 and not canvas.scene().runs


def _assert_nothing_is_cut(canvas: StageCanvas) -> None:
    """Every line lies in its box, every box on the canvas, and none on another or on the figures."""
    scene = canvas.scene()
    sheet = QRectF(canvas.rect()).adjusted(-0.5, -0.5, 0.5, 0.5)
    used = []
    for run in scene.runs:
        metrics = QFontMetricsF(run.font)
        assert metrics.horizontalAdvance(run.text) <= run.box.width() + 1, run.text
        assert metrics.tightBoundingRect(run.text).height() <= run.box.height(), run.text
        assert sheet.contains(run.box), run.text
        used.append(run.box.adjusted(1, 1, -1, -1))
    used += [box for box in (scene.code, scene.mark) if box is not None]
    for first, second in combinations(used, 2):
        assert not first.intersects(second)
    if scene.digits is not None:
        ink = [_ink_box(run.box, run.font.pixelSize()) for run in scene.runs]
        assert not any(scene.digits.intersects(box) for box in ink)


def _ink_box(box: QRectF, size: int) -> QRectF:
    """The middle of a line, where its characters stand."""
    spare = (box.height() - size) / 2
    return box.adjusted(0, spare, 0, -spare)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", [mode for mode in StageMode if mode is not StageMode.BLACKOUT])
def test_nothing_is_cut_in_any_picture(qtbot: QtBot, size: tuple[int, int], mode: StageMode) -> None:
    view = replace(
        LONG,
        mode=mode,
        meeting_title=LONG_TITLE,
        qr_payload=CODE,
        message="请围绕主题，抓紧时间" if mode is StageMode.MESSAGE else "",
        clock_text="14:57",
    )
    canvas = _canvas(qtbot, view, size)
    _assert_nothing_is_cut(canvas)
    words = "".join(run.text for run in canvas.scene().runs)
    assert "…" not in words
    if mode in (StageMode.COUNTDOWN, StageMode.AGENDA, StageMode.ROLL_CALL):
        assert LONG_TITLE in words
    if mode is StageMode.ROLL_CALL:
        assert any(LONG_NAME in run.text for run in canvas.scene().runs), "the name stands on one line"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "mode", [StageMode.COUNTDOWN, StageMode.AGENDA, StageMode.SIGN_IN, StageMode.MESSAGE]
)
def test_the_longest_words_to_the_speaker_stand_whole(
    qtbot: QtBot, size: tuple[int, int], mode: StageMode
) -> None:
    words = ("请围绕主题，抓紧时间，把资金安排写进书面材料，" * 3)[:MOST_CHARACTERS]
    view = replace(LONG, mode=mode, coming=ALL_LONG, message=words, meeting_title=LONG_TITLE, qr_payload=CODE)
    canvas = _canvas(qtbot, view, size)
    _assert_nothing_is_cut(canvas)
    assert words in "".join(run.text for run in canvas.scene().runs)


@pytest.mark.parametrize("mode", list(StageMode))
def test_the_preview_shows_every_picture(qtbot: QtBot, mode: StageMode) -> None:
    view = replace(VIEW, mode=mode, qr_payload=CODE, message="请抓紧时间", clock_text="14:57")
    canvas = _canvas(qtbot, view, (214, 120))
    _assert_nothing_is_cut(canvas)
    assert not canvas.grab().isNull()


@pytest.mark.parametrize(
    "phase", [StagePhase.IDLE, StagePhase.NORMAL, StagePhase.AMBER, StagePhase.OVER, StagePhase.PAUSED]
)
def test_every_phase_has_its_own_shape(qtbot: QtBot, phase: StagePhase) -> None:
    shapes = {}
    for other in StagePhase:
        canvas = _canvas(qtbot, replace(VIEW, phase=other), (1024, 768))
        mark = canvas.scene().mark
        assert mark is not None
        image = canvas.grab(mark.toAlignedRect()).toImage()
        ground = QColor(colours.GROUND).rgb()
        shapes[other] = tuple(
            image.pixel(x, y) != ground for y in range(image.height()) for x in range(image.width())
        )
    assert [other for other in StagePhase if shapes[other] == shapes[phase]] == [phase]


class _CountingCanvas(StageCanvas):
    """Remembers what was painted again."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[QRect] = []

    def paintEvent(self, event: object) -> None:
        self.painted.append(event.rect())  # type: ignore[attr-defined]
        super().paintEvent(event)  # type: ignore[arg-type]


def test_only_the_figures_are_painted_again_while_time_passes(qtbot: QtBot) -> None:
    canvas = _CountingCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(1920, 1080)
    canvas.set_view(VIEW)
    canvas.show()
    qtbot.waitUntil(lambda: bool(canvas.painted))
    canvas.painted.clear()
    canvas.set_view(replace(VIEW, elapsed_s=138.05))
    qtbot.wait(0)
    assert canvas.painted == [], "less than a second and a pixel: nothing"
    canvas.set_view(replace(VIEW, elapsed_s=138.2, limit_s=360.0))
    canvas.set_view(replace(VIEW, elapsed_s=139.0))
    qtbot.waitUntil(lambda: bool(canvas.painted))
    title = canvas.scene().runs[0].box.toAlignedRect()
    assert all(not rect.intersects(title) for rect in canvas.painted)


def test_partial_painting_gives_the_same_picture_as_painting_all(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, VIEW, (1366, 768))
    canvas.show()
    qtbot.waitExposed(canvas)
    image = QImage(canvas.size(), QImage.Format.Format_RGB32)
    canvas.render(image)
    later = replace(VIEW, elapsed_s=200.0)
    canvas.set_view(later)
    bar = canvas.scene().bar
    assert bar is not None
    for part in (canvas.digits_area(), bar.toAlignedRect()):
        canvas.render(image, part.topLeft(), part)
    whole = QImage(canvas.size(), QImage.Format.Format_RGB32)
    _canvas(qtbot, later, (1366, 768)).render(whole)
    assert image == whole


def test_the_code_is_crisp_and_has_its_quiet_zone(qtbot: QtBot) -> None:
    canvas = _canvas(qtbot, replace(VIEW, mode=StageMode.SIGN_IN, qr_payload=CODE), (1920, 1080))
    box = canvas.scene().code
    assert box is not None
    image = canvas.grab(box.adjusted(8, 8, -8, -8).toAlignedRect()).toImage()
    tones = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert tones <= {"#ffffff", "#000000", colours.GROUND}
    code = code_image(CODE)
    assert all(
        code.pixelColor(place, row).name() == "#ffffff" for row in range(4) for place in range(code.width())
    )
    assert code.pixelColor(4, 4).name() == "#000000"


@pytest.mark.parametrize("mode", [StageMode.SIGN_IN, StageMode.WELCOME])
def test_the_room_reads_numbers_and_no_names_at_sign_in(qtbot: QtBot, mode: StageMode) -> None:
    canvas = _canvas(qtbot, replace(LONG, mode=mode, qr_payload=CODE), (1024, 768))
    assert canvas.scene().code is not None
    words = "".join(run.text for run in canvas.scene().runs)
    assert "126" in words
    assert "98" in words
    assert LONG_NAME not in words


def test_blackout_is_black(qtbot: QtBot) -> None:
    image = _canvas(qtbot, StageView(StageMode.BLACKOUT), (200, 100)).grab().toImage()
    assert {image.pixelColor(x, y).name() for x in range(200) for y in range(100)} == {"#000000"}


def test_lines_never_break_at_the_point_of_a_name_or_inside_a_number(qapp: QApplication) -> None:
    text = "阿布都热依木·阿布都克里木2026年"
    allowed = {place for place in range(1, len(text)) if may_break(text, place)}
    point = text.index("·")
    assert not allowed & {point, point + 1}
    assert not allowed & {text.index("2026") + step for step in (1, 2, 3)}
    for width in range(60, 400, 20):
        for line in wrap(text, theme.ui_font(20), width):
            assert not line.startswith("·")
            assert not line.endswith("·")


@pytest.mark.parametrize("width", [40, 120, 300, 900, 2000])
def test_fitted_text_is_never_wider_than_its_room(qapp: QApplication, width: int) -> None:
    for lines in (1, 2, 3):
        fitted = fit_text(LONG_TITLE, theme.ui_font(60, bold=True), width, 20, lines)
        assert 1 <= len(fitted.lines) <= lines
        assert all(QFontMetricsF(fitted.font).horizontalAdvance(line) <= width for line in fitted.lines)
        shortened = "…" in fitted.lines[-1]
        assert shortened or "".join(fitted.lines) == LONG_TITLE

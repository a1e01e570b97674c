"""The tablet's page is the same stage: every picture of the projector, nothing cut, readable, and still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import qrcode
from browser import Chrome, chromium, complaints, is_shown, resize, take_picture, text_of, wait_until
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from real_desk import RealDesk, real_desk

from huifeng_desktop.paths import resource_path

pytestmark = pytest.mark.browser

TITLE = "关于进一步深化财政管理体制改革、加强重点领域资金统筹、防范化解地方政府债务风险情况的汇报"
NAME = "阿布都热依木·阿布都克里木"
UNIT = "禾川县人力资源和社会保障局"
CODE = "http://192.168.1.20:8765/s/Zm9vYmFyYmF6cXV4"
PROMPT = "请围绕主题，抓紧时间，把后面关于资金安排的部分留到书面材料里说明"
SIZES = [(1024, 768, 1), (1366, 768, 1), (1920, 1080, 2), (3840, 2160, 1), (800, 1280, 1.5), (390, 844, 3)]
PICTURES: dict[str, dict[str, Any]] = {
    "countdown": {"mode": "countdown"},
    "prompt": {"mode": "countdown", "message": PROMPT},
    "agenda": {"mode": "agenda"},
    "agenda-prompt": {"mode": "agenda", "message": "请控制时间"},
    "clock": {"mode": "clock"},
    "sign_in": {"mode": "sign_in", "code": CODE, "message": "请把手机调到静音"},
    "sign_in-plain": {"mode": "sign_in"},
    "welcome": {"mode": "welcome", "code": CODE},
    "welcome-plain": {"mode": "welcome"},
    "roll_call": {
        "mode": "roll_call",
        "called": {"name": NAME, "unit": UNIT, "post": "党组书记、局长、一级调研员"},
    },
    "message": {"mode": "message", "message": PROMPT},
    "blackout": {"mode": "blackout"},
}
LOOK = """
const seen = [...document.body.querySelectorAll("main:not([hidden]) *")].filter(one =>
  one.checkVisibility({visibilityProperty: true}) && (one.childElementCount === 0 || one.id === "who")
  && (one.textContent.trim() || one.id === "code" || one.id === "digits"));
return seen.map(one => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  let ground = one;
  while (ground && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)")
    ground = ground.parentElement;
  const text = document.createRange();
  text.selectNodeContents(one);
  const inked = text.getBoundingClientRect();
  return {inked: [inked.left, inked.top, inked.right, inked.bottom],
    id: one.id || one.className, text: one.textContent, box: [box.left, box.top, box.right, box.bottom],
    cut: one.scrollWidth > one.clientWidth + 1 && style.display !== "inline", ink: style.color,
    ground: getComputedStyle(ground || document.documentElement).backgroundColor};
});
"""
CLIPPED = """
draw("+8:38", "#fff", false);
const canvas = document.getElementById("digits"), brush = canvas.getContext("2d");
const inked = (x, y, width, height) =>
  brush.getImageData(x, y, width, height).data.some((value, place) => place % 4 === 3 && value > 0);
const {width, height} = canvas;
return [[0, 0, width, 1], [0, height - 1, width, 1], [0, 0, 1, height], [width - 1, 0, 1, height]]
  .filter(edge => inked(...edge));
"""
MOTION = """
const all = [document.documentElement, ...document.querySelectorAll("*")];
return document.getAnimations().length + all.filter(one => {
  const style = getComputedStyle(one);
  return style.animationName !== "none" || style.transitionDuration !== "0s";
}).length;
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealDesk]:
    """A meeting in which everything is long, its first speech running."""
    with real_desk(
        tmp_path_factory.mktemp("data"), "禾川县全县重点工作推进会暨民族团结进步示范创建工作会议"
    ) as desk:
        desk.podium.declare_opened()
        for row in range(3):
            desk.change(row, title=TITLE, speaker=NAME, unit=UNIT)
        desk.podium.start(ago_s=30)
        yield desk


@pytest.fixture(scope="module")
def tablet(tmp_path_factory: pytest.TempPathFactory, desk: RealDesk) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile"), 1280, 800) as tablet:
        tablet.get(desk.open_stage())
        wait_until(tablet, lambda: is_shown(tablet, "countdown") and not is_shown(tablet, "stale"))
        yield tablet


def put_up(tablet: Chrome, desk: RealDesk, name: str) -> list[dict[str, Any]]:
    """Show a picture on the tablet; every text that can be seen, with its place and colours."""
    wish = PICTURES[name]
    desk.child.tell(command="stage", **wish)
    tablet_shows = (
        "return live.picture.mode + (live.picture.message || '') + Boolean((live.picture.code || '').length)"
    )
    wanted = f"{wish['mode']}{wish.get('message', '')}{'true' if 'code' in wish else 'false'}"
    wait_until(tablet, lambda: tablet.execute_script(tablet_shows) == wanted, why=name)
    seen: list[dict[str, Any]] = tablet.execute_script(LOOK)
    return seen


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_every_picture_is_whole_at_every_size(
    tablet: Chrome, desk: RealDesk, width: int, height: int, scale: float
) -> None:
    resize(tablet, width, height, scale)
    wait_until(tablet, lambda: tablet.execute_script("return innerWidth") == width)
    for name in PICTURES:
        seen = put_up(tablet, desk, name)
        take_picture(tablet, f"tablet-{name}-{width}")
        for one in seen:
            for left, top, right, bottom in (one["box"], one["inked"]):
                assert left >= -0.5 and top >= -0.5 and right <= width + 0.5 and bottom <= height + 0.5, (
                    name,
                    one,
                )
            assert not one["cut"], (name, one)
        boxes = [one for one in seen if one["id"] not in ("who",)]
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                assert not overlap(one["box"], other["box"]), (name, one, other)
        if name.startswith(("agenda", "countdown", "prompt")):
            share = float(tablet.find_element("id", "digits").get_attribute("data-share") or 0)
            assert share >= (0.45 if width > height else 0.12), (name, share)
            assert tablet.execute_script(CLIPPED) == [], (name, "the figures touch the edge of their field")
    assert complaints(tablet) == []


def overlap(one: list[float], other: list[float]) -> bool:
    """Whether two boxes cover more of each other than the leading of a line."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width > 2 and height > 0.12 * min(one[3] - one[1], other[3] - other[1])


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_of_every_picture_has_a_contrast_of_seven(tablet: Chrome, desk: RealDesk) -> None:
    for name in PICTURES:
        for one in put_up(tablet, desk, name):
            if one["id"] not in ("code", "digits"):
                assert contrast(one["ink"], one["ground"]) >= 7, (name, one)


def test_the_phases_differ_in_colour_in_grey_and_in_shape(tablet: Chrome, desk: RealDesk) -> None:
    """GIVEN the words of each phase THEN contrast 7, lightness L* at least 8 apart, another mark each."""
    put_up(tablet, desk, "countdown")
    found = {}
    for phase, elapsed in (("idle", 0), ("normal", 30), ("amber", 330), ("over", 400)):
        state = "idle" if phase == "idle" else "paused"
        script = f"""
            live.take({{...live.picture, state: "{state}", elapsed: {elapsed}, allowed: 360, amber: 60}});
            tick();
            const main = document.getElementById("countdown"); main.className = "{phase} tint-{phase}";
            const mark = getComputedStyle(document.getElementById("mark"));
            return [getComputedStyle(document.getElementById("words")).color, TINTS["{phase}"],
                    mark.borderRadius + mark.clipPath + mark.borderTopStyle + mark.backgroundColor];"""
        found[phase] = tablet.execute_script(script)
    inks = {phase: one[0] for phase, one in found.items()}
    ground = "rgb(13, 24, 39)"
    assert min(contrast(ink, ground) for ink in inks.values()) >= 7
    light = [116 * luminance(inks[phase]) ** (1 / 3) - 16 for phase in ("normal", "amber", "over")]
    assert light[0] - light[1] >= 8 and light[1] - light[2] >= 8, light
    assert len({one[2] for one in found.values()}) == 4
    for ink, tint, _ in found.values():
        assert [int(tint[place : place + 2], 16) for place in (1, 3, 5)] == [
            int(part) for part in ink[4:-1].split(",")
        ]


@pytest.mark.parametrize("name", ["sign_in", "welcome"])
def test_the_code_is_that_of_the_projector_module_by_module(
    tablet: Chrome, desk: RealDesk, tmp_path: Path, name: str
) -> None:
    resize(tablet, 1366, 768)
    put_up(tablet, desk, name)
    tablet.find_element("id", "code").screenshot(str(tmp_path / "code.png"))
    with Image.open(tmp_path / "code.png") as picture:
        seen = picture.convert("L")
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(CODE)
    matrix = code.get_matrix()
    step = seen.width / len(matrix)
    middles = [int((place + 0.5) * step) for place in range(len(matrix))]
    assert [[seen.getpixel((x, y)) < 128 for x in middles] for y in middles] == matrix  # type: ignore[operator]


def test_figures_without_names_at_welcome(tablet: Chrome, desk: RealDesk) -> None:
    texts = {one["id"]: one["text"] for one in put_up(tablet, desk, "welcome")}
    assert (texts["expected"], texts["present"]) == ("3", "0")
    assert NAME not in "".join(texts.values())


def test_the_operators_own_picture_fills_the_page_where_no_time_is_shown(
    tablet: Chrome, desk: RealDesk, tmp_path: Path
) -> None:
    file = tmp_path / "背景.png"
    Image.new("RGB", (640, 200), (200, 220, 240)).save(file)
    desk.child.tell(command="stage", mode="welcome", backdrop=str(file))
    box = """const back = document.getElementById("back"), box = back.getBoundingClientRect();
        return !back.hidden && back.complete && back.naturalWidth > 0
          && [box.left, box.top, box.width - innerWidth, box.height - innerHeight];"""
    wait_until(tablet, lambda: tablet.execute_script(box) == [0, 0, 0, 0], why="picture")
    take_picture(tablet, "tablet-backdrop")
    desk.child.tell(command="stage", mode="countdown", backdrop=str(file))
    wait_until(tablet, lambda: not is_shown(tablet, "back"), why="plain")
    assert complaints(tablet) == []
    put_up(tablet, desk, "countdown")


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1366, 768), (768, 1024)])
def test_the_time_of_day_and_the_usual_words_stand_large_on_one_line(
    tablet: Chrome, desk: RealDesk, width: int, height: int
) -> None:
    resize(tablet, width, height)
    wait_until(tablet, lambda: tablet.execute_script("return innerWidth") == width)
    size = "return [lineCount($('big')), parseFloat(getComputedStyle($('big')).fontSize) / innerWidth]"
    put_up(tablet, desk, "clock")
    lines, part = tablet.execute_script(size)
    assert lines < 1.5 and part > 0.25, (lines, part)
    desk.child.tell(command="stage", mode="message", message="请控制时间")
    wait_until(tablet, lambda: text_of(tablet, "big") == "请控制时间")
    lines, part = tablet.execute_script(size)
    assert lines < 1.5 and part > 0.14, (lines, part)
    put_up(tablet, desk, "message")
    lines, part = tablet.execute_script(size)
    assert 2.5 < lines < 3.5 and part > 0.06, "a long sentence takes three lines for larger type"


def test_what_comes_next_makes_room_for_longer_words_of_the_state(tablet: Chrome, desk: RealDesk) -> None:
    """GIVEN it fitted beside 已暂停 WHEN the time is up THEN it still does beside the longer words."""
    resize(tablet, 1024, 768)
    put_up(tablet, desk, "countdown")
    lines = tablet.execute_script(
        """const next = "下一项　人社工作　县人力资源和社会保障局";
        live.take({...live.picture, next, elapsed: 30, allowed: 360, amber: 60, state: "paused", held: true});
        const before = [$("words").textContent, lines($("next"))];
        live.picture.state = "running";
        live.picture.elapsed = 400;
        tick();
        return [before, [$("words").textContent, lines($("next"))]];"""
    )
    assert [words for words, _ in lines] == ["已暂停", "已到时，请结束发言"]
    assert all(count < 1.5 for _, count in lines), lines


def test_what_follows_is_named_with_its_limit(tablet: Chrome, desk: RealDesk) -> None:
    put_up(tablet, desk, "agenda")
    assert text_of(tablet, "coming").startswith("下一项　限时 5:00" + TITLE)


@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
def test_nothing_ever_moves_or_blinks(tablet: Chrome, desk: RealDesk, wish: str) -> None:
    """GIVEN any picture THEN no animation and no transition runs, whether stillness was asked for or not."""
    feature = {"features": [{"name": "prefers-reduced-motion", "value": wish}]}
    tablet.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
    for name in PICTURES:
        put_up(tablet, desk, name)
        assert tablet.execute_script(MOTION) == 0, name


def test_stillness_wins_over_a_moving_style(tablet: Chrome, desk: RealDesk) -> None:
    """GIVEN somebody adds a moving style later WHEN the tablet asks for stillness THEN nothing moves."""
    move = "document.getElementById('big').style.cssText = 'animation: x 1s infinite; transition: all 1s'"
    for wish, moving in (("no-preference", 1), ("reduce", 0)):
        feature = {"features": [{"name": "prefers-reduced-motion", "value": wish}]}
        tablet.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
        tablet.execute_script(move)
        assert tablet.execute_script(MOTION) == moving
    tablet.execute_script("document.getElementById('big').style.cssText = ''")


@pytest.mark.parametrize("style", ["stage.css", "remote.css", "phone.css"])
def test_no_style_defines_a_movement(style: str) -> None:
    text = (resource_path("web") / style).read_text(encoding="utf-8")
    plain = text.replace("animation:none!important", "").replace("transition:none!important", "")
    assert not any(word in plain for word in ("animation", "transition", "@keyframes", "blink"))

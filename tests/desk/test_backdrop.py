"""The operator's own picture on tablets: small enough, dark enough for the text over it, or not there."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from local_desk import LocalDesk
from PIL import Image

from huifeng_desktop.desk.screens.backdrop import MOST_PIXELS, Backdrop, make_backdrop
from huifeng_desktop.desk.screens.stage_wish import StageWish
from huifeng_desktop.service.veil import BRIGHTEST, luminance

_TOLERANCE = 0.004
"""What JPEG may add to a smooth picture."""


def picture_at(path: Path, size: tuple[int, int] = (400, 300), turned: int = 0) -> str:
    """A bright picture with a white corner; `turned` as a camera notes it."""
    picture = Image.new("RGB", size, (90, 160, 210))
    picture.paste((255, 255, 255), (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[0x0112] = turned or 1
    picture.save(path, exif=exif)
    return str(path)


def made_of(backdrop: Backdrop) -> Image.Image:
    return Image.open(io.BytesIO(backdrop.data))


@pytest.mark.parametrize("name", ["背景.jpg", "背景.png"])
def test_dark_enough_for_every_ink_of_the_page(tmp_path: Path, name: str) -> None:
    made = made_of(make_backdrop(picture_at(tmp_path / name)))
    colours = made.convert("RGB").getcolors(made.width * made.height) or []
    assert max(luminance(one) for _, one in colours if isinstance(one, tuple)) <= BRIGHTEST + _TOLERANCE
    assert len(colours) > 1, "darkened, not painted over"


def test_a_large_picture_is_sent_small_and_upright(tmp_path: Path) -> None:
    made = made_of(make_backdrop(picture_at(tmp_path / "大.jpg", (4000, 3000), turned=6)))
    assert made.size == (MOST_PIXELS * 3 // 4, MOST_PIXELS)


@pytest.mark.parametrize("data", [None, b"", b"no picture", b"\xff\xd8\xff\xe0cut"])
def test_what_cannot_be_read_is_not_there(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "坏.jpg"
    if data is not None:
        path.write_bytes(data)
    assert make_backdrop(str(path)) == Backdrop(str(path))
    assert make_backdrop("") == Backdrop()


def test_it_is_served_under_the_stages_own_key_alone(desk: LocalDesk, tmp_path: Path) -> None:
    stage, path = desk.parts.stage, picture_at(tmp_path / "背景.jpg")

    async def opened() -> str:
        return stage.open()

    async def followed(mode: str, backdrop: str = path) -> str:
        stage.follow(StageWish(mode, backdrop=backdrop))
        await stage.made()
        return str(stage.picture(desk.registrar.hall()).get("back", ""))

    assert desk.run(followed("clock")) == "", "nothing is made while no tablet can look"
    address = desk.run(opened())
    name = desk.run(followed("clock"))
    answer = desk.request("GET", address + name)
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/jpeg"
    assert "img-src 'self'" in desk.request("GET", address).headers["content-security-policy"]
    assert [desk.run(followed(mode)) for mode in ("countdown", "agenda", "blackout")] == ["", "", ""]
    for wrong in (address + "back-000000000000.jpg", f"/t/x/{name}", f"/r/x/{name}"):
        assert desk.request("GET", wrong).status_code == 404
    assert desk.run(followed("clock", "")) == ""
    assert desk.request("GET", address + name).status_code == 404

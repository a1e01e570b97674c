"""Pictures of real badges: drawn ones, and a film of a hand that holds one before a camera.

The film is synthetic. There is no camera here, so perspective, motion, uneven light and the noise of a
cheap sensor are put on the drawn badge with Pillow, from one seed, frame by frame.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.cards import badge_pages
from huifeng_desktop.service.printed.marks import Box
from huifeng_desktop.ui.printing.pdf import DOTS_A_MM, draw_page

FRAME = (1280, 720)
Pixel = QVideoFrameFormat.PixelFormat
_RGB = QImage.Format.Format_RGB32


def badge_image(seat: Seat, width: int = 720) -> QImage:
    """The badge as `badge_pages` prints it, cut out of its sheet."""
    [page] = badge_pages([seat], "全县重点工作推进会")
    frame = next(mark for mark in page.marks if isinstance(mark, Box))
    image = QImage(width, round(width * frame.height / frame.width), _RGB)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    scale = width / (frame.width * DOTS_A_MM)
    painter.scale(scale, scale)
    painter.translate(-frame.x * DOTS_A_MM, -frame.y * DOTS_A_MM)
    draw_page(painter, page)
    painter.end()
    return image


def desk_scene(*badges: tuple[QImage, QPointF, float], ground: int = 0x8D8478) -> QImage:
    """A 720p picture with each badge centred at a point and turned by so many degrees."""
    scene = QImage(QSize(*FRAME), _RGB)
    scene.fill(ground)
    painter = QPainter(scene)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for image, centre, angle in badges:
        painter.setTransform(QTransform().translate(centre.x(), centre.y()).rotate(angle))
        size = QSizeF(image.size())
        painter.drawImage(QRectF(QPointF(-size.width() / 2, -size.height() / 2), size), image)
    painter.end()
    return scene


def held(image: QImage, angle: float = 0.0) -> QImage:
    """One badge in the middle of the picture."""
    return desk_scene((image, QPointF(FRAME[0] / 2, FRAME[1] / 2), angle))


def to_pillow(image: QImage) -> Image.Image:
    """The same picture in colour for Pillow."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    size = (plain.width(), plain.height())
    return Image.frombytes("RGBA", size, bytes(plain.constBits())).convert("RGB")


def to_qt(image: Image.Image) -> QImage:
    """And back."""
    data = image.convert("RGBA").tobytes()
    return QImage(data, *image.size, 4 * image.width, QImage.Format.Format_RGBA8888).convertToFormat(_RGB)


def film(badge: QImage, frames: int = 8, seed: int = 1) -> Iterator[QImage]:
    """A hand comes in from the left, slows down, tilts the badge and holds it under a lamp at the right."""
    dice, card = random.Random(seed), to_pillow(badge).convert("RGBA")
    for number in range(frames):
        still = number / max(1, frames - 1)
        scene = _room(still)
        scene.paste(*_tilted(card, still, dice))
        speed = round(24 * (1 - still) ** 2)
        moved = _smeared(scene, speed)
        yield to_qt(_sensor(_lamp(moved), dice, seed * 100 + number))


def _room(still: float) -> Image.Image:
    """What is behind the badge: a wall, a door frame, somebody's jacket."""
    scene = Image.new("RGB", FRAME, (112, 108, 101))
    pen = ImageDraw.Draw(scene)
    pen.rectangle((820, 0, 900, 720), fill=(70, 62, 54))
    pen.polygon([(250, 720), (420, 330), (800, 300), (1010, 720)], fill=(38, 44, 60))
    pen.ellipse((500, 40, 720, 330), fill=(150, 120, 104))
    return scene


def _tilted(
    card: Image.Image, still: float, dice: random.Random
) -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """The badge in perspective, where it lies in the picture, and its mask."""
    wide, high = card.size
    lean = 0.16 * (1 - 0.6 * still)
    shake = [dice.uniform(-4, 4) for _ in range(8)]
    corners = [
        (0, 0),
        (wide, high * lean),
        (wide * (1 - lean / 2), high),
        (wide * lean / 2, high * (1 - lean)),
    ]
    seen = [(x + shake[2 * i], y + shake[2 * i + 1]) for i, (x, y) in enumerate(corners)]
    tilted = card.transform(
        card.size, Image.Transform.PERSPECTIVE, _coefficients(seen, wide, high), Image.Resampling.BICUBIC
    ).rotate(14 * (1 - still) - 6, expand=True, resample=Image.Resampling.BICUBIC)
    place = (round(-260 + 540 * still), 150 + round(20 * still))
    return tilted, place, tilted.getchannel("A")


def _coefficients(seen: Sequence[tuple[float, float]], wide: int, high: int) -> list[float]:
    """The eight numbers by which Pillow finds, for a place in the picture, the place on the card."""
    flat = [(0, 0), (wide, 0), (wide, high), (0, high)]
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for step in range(8):
        best = max(range(step, 8), key=lambda row: abs(rows[row][step]))
        rows[step], rows[best] = rows[best], rows[step]
        rows[step] = [value / rows[step][step] for value in rows[step]]
        for row in range(8):
            if row != step:
                factor = rows[row][step]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[step], strict=True)]
    return [row[8] for row in rows]


def _smeared(scene: Image.Image, pixels: int) -> Image.Image:
    """Moved sideways by so many pixels while the shutter was open."""
    return scene.filter(ImageFilter.BoxBlur((pixels / 2, 0)))


def _lamp(scene: Image.Image) -> Image.Image:
    """Bright at the right, dim at the left, and on the whole too dark."""
    light = (
        Image.linear_gradient("L").rotate(90).resize(FRAME).point([70 + value // 2 for value in range(256)])
    )
    return ImageChops.multiply(scene, Image.merge("RGB", (light, light, light)))


def _sensor(scene: Image.Image, dice: random.Random, seed: int) -> Image.Image:
    """A little out of focus, and grainy."""
    grain = Image.frombytes("L", (640, 360), random.Random(seed).randbytes(640 * 360)).resize(FRAME)
    noisy = Image.blend(scene, Image.merge("RGB", (grain, grain, grain)), 0.06)
    return noisy.filter(ImageFilter.GaussianBlur(dice.uniform(0.6, 1.1)))


def dimmed(image: QImage, light: float) -> QImage:
    """Low light: so much of the brightness is left, and the noise is stronger than before."""
    dark = ImageEnhance.Brightness(to_pillow(image)).enhance(light)
    return to_qt(_sensor(dark, random.Random(3), 7))


def blurred(image: QImage, radius: float) -> QImage:
    """Out of focus."""
    return to_qt(to_pillow(image).filter(ImageFilter.GaussianBlur(radius)))


def frame_of(image: QImage, pixel: QVideoFrameFormat.PixelFormat = Pixel.Format_BGRX8888) -> QVideoFrame:
    """The picture as a camera hands it over, in one of the pixel formats that cameras have."""
    frame = QVideoFrame(QVideoFrameFormat(image.size(), pixel))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    plane, stride = memoryview(frame.bits(0)), frame.bytesPerLine(0)
    colours = pixel is Pixel.Format_BGRX8888
    source = image.convertToFormat(_RGB if colours else QImage.Format.Format_Grayscale8)
    first, step = (1, 2) if pixel is Pixel.Format_UYVY else (0, 2 if pixel is Pixel.Format_YUYV else 1)
    count = image.width() * (4 if colours else 1)
    pixels = memoryview(source.constBits())
    for row in range(image.height()):
        line = pixels[row * source.bytesPerLine() :][:count]
        plane[row * stride + first : row * stride + first + count * step : step] = line
    frame.unmap()
    return frame

"""A telephone from the code to the documents, in a real browser: signature, own seat, agenda, files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Chrome, chromium, complaints, resize, take_picture, wait_until
from real_desk import RealDesk, real_desk
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from huifeng_desktop.domain.phones import PhoneLevel
from huifeng_desktop.service.before.documents import Documents
from huifeng_desktop.service.door.phones import Phones
from huifeng_desktop.service.door.signatures import Signatures
from huifeng_desktop.storage.shelf import FolderShelf

pytestmark = pytest.mark.browser

NAME = "欧阳建"
DOCUMENT = "关于进一步改进会风的若干措施（征求意见稿）.pdf"
SIZES = ((360, 740), (414, 896))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RealDesk]:
    with real_desk(tmp_path / "data") as desk:
        Phones(desk.session).set_rules(PhoneLevel.STRICT, signature=True)
        documents = Documents(desk.session, FolderShelf(tmp_path / "data"))
        source = tmp_path / DOCUMENT
        source.write_bytes(b"%PDF-1.7 handed out")
        documents.approve(documents.add(source).document_id, by="韩立民")
        yield desk


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Chrome]:
    with chromium(tmp_path / "profile", *SIZES[0]) as driver:
        yield driver


def body(phone: Chrome) -> str:
    """What the page says."""
    return phone.find_element(By.TAG_NAME, "body").text


def follow(phone: Chrome, words: str) -> None:
    """Follow a link of a page that loads itself anew every few seconds."""

    def has_followed() -> bool:
        phone.find_element(By.LINK_TEXT, words).click()
        return True

    wait_until(phone, has_followed)


def fits(phone: Chrome) -> bool:
    """Whether nothing is wider than the screen."""
    script = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    return bool(phone.execute_script(script))


def draw(phone: Chrome) -> None:
    """Three strokes on the pad."""
    pad = phone.find_element(By.ID, "pad-canvas")
    phone.execute_script("arguments[0].scrollIntoView({block: 'center'})", pad)
    for start, moves in (((-90, -30), [(80, 0), (0, 60)]), ((0, -30), [(-20, 60)]), ((60, -40), [(40, 80)])):
        chain = ActionChains(phone, duration=10).move_to_element_with_offset(pad, *start).click_and_hold()
        for move in moves:
            chain = chain.move_by_offset(*move)
        chain.release().perform()


def test_from_the_code_to_the_documents(hall: RealDesk, phone: Chrome, tmp_path: Path) -> None:
    seat = next(one for one in hall.session.state.seats if one.name == NAME)
    payload = hall.child.read_until(lambda line: line.get("event") == "code")["payload"]
    phone.get(payload)
    for size in reversed(SIZES):
        resize(phone, *size)
        assert fits(phone)
        take_picture(phone, f"phone-signature-form-{size[0]}")
    phone.find_element(By.NAME, "name").send_keys(NAME)
    phone.find_element(By.NAME, "digits").send_keys(seat.badge[-4:])
    draw(phone)
    assert phone.find_element(By.ID, "signature").get_attribute("value")
    phone.find_element(By.ID, "pad-clear").click()
    assert phone.find_element(By.ID, "signature").get_attribute("value") == ""
    draw(phone)
    take_picture(phone, "phone-signature-drawn")
    phone.find_element(By.CSS_SELECTOR, "button[type=submit]").click()

    wait_until(phone, lambda: "等待确认" in body(phone), 30)
    take_picture(phone, "phone-waiting")
    hall.session.catch_up(force=True)
    phones = Phones(hall.session)
    assert phones.confirm([one.proposal for one in phones.waiting()]) == 1
    follow(phone, "看结果")
    wait_until(phone, lambda: f"{NAME}　已签到" in body(phone))
    assert "财政工作" in body(phone) and "已手写签名" in body(phone) and "赵镕" not in body(phone)
    for size in SIZES:
        resize(phone, *size)
        assert fits(phone)
        take_picture(phone, f"phone-own-page-{size[0]}")
    written = Signatures(hall.session).signature_of(seat.seat_id)
    assert written is not None and len(written.signature.strokes) == 3
    file = phone.find_element(By.CSS_SELECTOR, ".files a")
    assert file.size["height"] >= 48
    assert phone.execute_script("return document.cookie") == "", "out of reach of scripts"
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path / "saved")}
    phone.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    file.click()
    saved = tmp_path / "saved" / DOCUMENT
    wait_until(phone, saved.is_file)
    assert saved.read_bytes() == b"%PDF-1.7 handed out"
    assert complaints(phone) == []


def test_without_script_there_is_no_pad_and_everything_else_works(hall: RealDesk, phone: Chrome) -> None:
    phone.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    seat = next(one for one in hall.session.state.seats if one.name == NAME)
    phone.get(hall.child.read_until(lambda line: line.get("event") == "code")["payload"])
    assert not phone.find_element(By.ID, "pad").is_displayed()
    phone.find_element(By.NAME, "name").send_keys(NAME)
    phone.find_element(By.NAME, "digits").send_keys(seat.badge[-4:])
    phone.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    wait_until(phone, lambda: "等待确认" in body(phone), 30)
    hall.session.catch_up(force=True)
    phones = Phones(hall.session)
    phones.confirm([one.proposal for one in phones.waiting()])
    follow(phone, "看结果")
    wait_until(phone, lambda: f"{NAME}　已签到" in body(phone))

"""The phone page in a real browser of a phone's size, with JavaScript and without."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from child import ChildDesk
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as until
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = pytest.mark.browser

_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


@pytest.fixture(params=["with_script", "without_script"])
def phone(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """Chromium, 390 × 844, with a profile of its own."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in (*_OPTIONS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(option)
    if request.param == "without_script":
        content = "profile.managed_default_content_settings.javascript"
        options.add_experimental_option("prefs", {content: 2})
    driver = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(20)
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get("data:text/html,<noscript>off</noscript>")
    script_is_off = driver.find_element(By.TAG_NAME, "body").text == "off"
    assert script_is_off == (request.param == "without_script")
    yield driver
    driver.quit()


@pytest.fixture
def payload(tmp_path: Path) -> Iterator[str]:
    """What the QR code says, of a desk that runs as long as the test."""
    with ChildDesk.start(tmp_path) as desk:
        yield desk.read_until(lambda line: line.get("event") == "code")["payload"]


def take_picture(phone: webdriver.Chrome, name: str) -> None:
    """Keep a picture where HUIFENG_PICTURES says, for people to look at."""
    if folder := os.environ.get("HUIFENG_PICTURES"):
        phone.save_screenshot(str(Path(folder) / f"{name}.png"))


def fill_in(phone: webdriver.Chrome, **fields: str) -> None:
    for name, text in fields.items():
        box = phone.find_element(By.NAME, name)
        box.clear()
        box.send_keys(text)


def press(phone: webdriver.Chrome, label: str) -> None:
    """Press the button or switch that bears these words."""
    phone.find_element(By.XPATH, f"//*[self::button or self::label][.='{label}']").click()


def wait_for(phone: webdriver.Chrome, words: str) -> None:
    WebDriverWait(phone, 10).until(until.text_to_be_present_in_element((By.TAG_NAME, "body"), words))


def test_signing_in(phone: webdriver.Chrome, payload: str) -> None:
    phone.get(payload)
    width = phone.find_element(By.TAG_NAME, "html").size["width"]
    assert width == 390
    assert phone.find_element(By.TAG_NAME, "button").size["height"] >= 48
    fill_in(phone, name="欧阳建", digits="8016")
    take_picture(phone, "phone-form")

    press(phone, "签到")

    wait_for(phone, "欧阳建　已签到")
    take_picture(phone, "phone-done")
    assert "3 排 7 号" in phone.find_element(By.TAG_NAME, "body").text


def test_a_deputy_after_a_slip(phone: webdriver.Chrome, payload: str) -> None:
    phone.get(payload)
    stand_in = phone.find_element(By.CLASS_NAME, "stand-in")
    assert not stand_in.is_displayed()
    press(phone, "代他人到会")
    assert stand_in.is_displayed()
    fill_in(phone, name="欧阳建", digits="8017", deputy_name="李想", deputy_post="办公室副主任")
    take_picture(phone, "phone-deputy")

    press(phone, "签到")
    wait_for(phone, "姓名或后四位数字不对")
    take_picture(phone, "phone-slip")
    fill_in(phone, digits="8016")
    press(phone, "签到")

    wait_for(phone, "李　想　已签到")
    take_picture(phone, "phone-deputy-done")


def test_an_old_code(phone: webdriver.Chrome, payload: str) -> None:
    phone.get(payload[:-4] + "AAAA")
    wait_for(phone, "签到码已更新")
    take_picture(phone, "phone-old-code")

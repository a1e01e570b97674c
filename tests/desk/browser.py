"""Headless Chromium of a wanted size, for pages with a script."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

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
Chrome = webdriver.Chrome


@contextmanager
def chromium(profile: Path, width: int, height: int) -> Iterator[Chrome]:
    """A browser with a profile of its own; a warning in its console can be read with `complaints`."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for option in (*_OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
    try:
        driver.set_page_load_timeout(20)
        resize(driver, width, height)
        yield driver
    finally:
        driver.quit()


def resize(driver: Chrome, width: int, height: int, scale: float = 1) -> None:
    """Another screen."""
    size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def take_picture(driver: Chrome, name: str) -> None:
    """Keep a picture where HUIFENG_PICTURES says, for people to look at."""
    if folder := os.environ.get("HUIFENG_PICTURES"):
        driver.save_screenshot(str(Path(folder) / f"{name}.png"))


def text_of(driver: Chrome, element_id: str) -> str:
    """What an element says, shown or not."""
    return str(driver.find_element(By.ID, element_id).get_property("textContent"))


def is_shown(driver: Chrome, element_id: str) -> bool:
    """Whether an element can be seen."""
    return driver.find_element(By.ID, element_id).is_displayed()


def wait_until(driver: Chrome, holds: Callable[[], bool], limit_s: float = 10, why: str = "") -> None:
    """Look often until it holds; a page that is just being loaded anew is looked at again."""
    passing = (NoSuchElementException, StaleElementReferenceException)
    waiting = WebDriverWait(driver, limit_s, poll_frequency=0.03, ignored_exceptions=passing)
    waiting.until(lambda _: holds(), why)


def figures(driver: Chrome) -> str:
    """What the large figures of the stage say."""
    return driver.find_element(By.ID, "digits").get_attribute("aria-label") or ""


def complaints(driver: Chrome) -> list[str]:
    """Errors in the console: scripts that failed, things the policy has blocked."""
    return [line["message"] for line in driver.get_log("browser") if line["level"] == "SEVERE"]  # type: ignore[no-untyped-call]

"""A site over a copy of the demonstration, and browsers that use it as people do.

A test is a class that derives from `SiteCase`. The site is started once for all tests; what one test registers the others
find, so a test works on records of its own. `self.person("wangjian")` is a browser of somebody who has signed in.
"""

import atexit
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

PASSWORD = "demonstration-2026"
DESK = (1440, 900)
PHONE = (390, 844)
# The morning that the story of the demonstration has reached; see the Makefile.
MORNING = "2026-03-21T09:00:00+08:00"
MORNING_SECONDS = 1774054800


class Site:
    """The program under test, serving a copy of the demonstration on a free port."""

    _running = None

    @classmethod
    def shared(cls):
        if cls._running is None:
            cls._running = cls()
            atexit.register(cls._running.stop)
        return cls._running

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="zhiheng-browser-"))
        shutil.copytree(os.environ["ZHIHENG_DEMONSTRATION"], self.folder / "data")
        self.program = os.environ["ZHIHENG_PROGRAM"]
        self.environment = dict(
            os.environ, ZHIHENG_DATA=str(self.folder / "data"), ZHIHENG_NOW=MORNING, LANG="en_GB.UTF-8"
        )
        self.errors = open(self.folder / "errors.txt", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", "0", "--clocks", "0"],
            env=self.environment, stdout=subprocess.PIPE, stderr=self.errors, text=True,
        )
        self.started = time.monotonic()
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if not found:
            self.errors.seek(0)
            raise RuntimeError(f"the site did not start: {line}{self.errors.read()}")
        self.address = f"http://127.0.0.1:{found.group(1)}"
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def run(self, *arguments, text=None):
        """Runs a command on the data of the site."""
        done = subprocess.run(
            [self.program, *arguments], env=self.environment, input=text, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def seconds(self):
        """The site's present moment: its clock began at the morning and runs on."""
        return MORNING_SECONDS + int(time.monotonic() - self.started)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        finally:
            self.errors.close()
            shutil.rmtree(self.folder, ignore_errors=True)


class Person:
    """A browser and who sits before it."""

    def __init__(self, site, size=DESK, scripts=True, language="zh-CN"):
        self.site = site
        options = Options()
        for argument in (
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb",
            "--disable-background-networking", "--disable-component-update", f"--lang={language}",
            f"--window-size={size[0]},{size[1]}",
        ):
            options.add_argument(argument)
        # What a page may not do shows in the browser's log: errors of scripts, and violations of the policy.
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        preferences = {"intl.accept_languages": language}
        if not scripts:
            preferences["profile.managed_default_content_settings.javascript"] = 2
        options.add_experimental_option("prefs", preferences)
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(30)
        self.resize(size)

    def resize(self, size):
        # The window has a frame and a least width; the page is told its own size.
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 600},
        )

    def close(self):
        self.driver.quit()

    # Going somewhere

    def visit(self, path):
        self.driver.get(self.site.address + path)
        return self

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.site.address)

    @property
    def text(self):
        return self.find("body").text

    def sign_in(self, login, password=PASSWORD, back_to=""):
        self.visit("/sign-in" + (f"?returnTo={back_to}" if back_to else ""))
        self.fill("login", login)
        self.fill("password", password)
        self.press("form.panel button[type=submit]")
        return self

    # Looking and doing

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def has(self, selector):
        return bool(self.all(selector))

    def fill(self, name, value, within=""):
        field = self.find(f'{within} [name="{name}"]')
        if field.tag_name == "select":
            Select(field).select_by_value(value)
        elif field.get_attribute("type") == "date":
            # A date is typed in the order of the browser's language; its value is the same in all.
            self.driver.execute_script("arguments[0].value = arguments[1]", field, value)
        elif field.get_attribute("type") == "file":
            field.send_keys(str(value))
        elif field.get_attribute("type") in ("radio", "checkbox"):
            self.find(f'{within} [name="{name}"][value="{value}"]').click()
        else:
            field.clear()
            field.send_keys(value)

    def press(self, selector):
        """Presses a button or a link that leads to another page, and waits until that page is there."""
        element = self.find(selector)
        old = self.find("html")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()
        WebDriverWait(self.driver, 20).until(lambda _: self._is_gone(old))
        WebDriverWait(self.driver, 20).until(
            lambda driver: driver.execute_script("return document.readyState") == "complete"
        )

    @staticmethod
    def _is_gone(element):
        try:
            element.is_enabled()
            return False
        except Exception:  # a page that is gone answers in several ways, and all of them mean that it is gone
            return True

    def complaints(self):
        """What the browser complained about since it was last asked: errors of scripts, refused resources."""
        return [
            entry["message"] for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]

    def overflow(self):
        """How many pixels the page is wider than the window, and what sticks out."""
        return self.driver.execute_script(
            """const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
               if (wide <= 0) return null;
               const out = [...document.querySelectorAll("body *")].filter(e =>
                 e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 3);
               return wide + " px: " + out.map(e => e.outerHTML.slice(0, 120)).join(" | ");"""
        )

    # Levels A and AA of WCAG up to 2.2.
    STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def barriers(self):
        """Serious and critical barriers that axe finds on the page."""
        self.driver.execute_script(_axe())
        found = self.driver.execute_async_script(
            """const done = arguments[arguments.length - 1];
               axe.run(document, {runOnly: {type: "tag", values: arguments[0]}, resultTypes: ["violations"]})
                 .then(result => done(result.violations), error => done([{id: String(error), impact: "critical", nodes: []}]));""",
            self.STANDARDS,
        )
        return [
            f'{rule["id"]} ({rule["impact"]}): ' + " | ".join(
                node["html"][:140] + " " + (node.get("failureSummary") or "")[:160] for node in rule["nodes"][:3]
            )
            for rule in found if rule["impact"] in ("serious", "critical")
        ]


_axe_text = None


def _axe():
    global _axe_text
    if _axe_text is None:
        _axe_text = Path(os.environ["ZHIHENG_AXE"]).read_text(encoding="utf-8")
    return _axe_text


class SiteCase(unittest.TestCase):
    """A test that uses the site; its browsers are closed at its end."""

    longMessage = True

    def setUp(self):
        self.site = Site.shared()

    def visitor(self, **settings):
        """Somebody who has not signed in."""
        person = Person(self.site, **settings)
        self.addCleanup(person.close)
        return person

    def person(self, login, **settings):
        """Somebody who has signed in."""
        person = self.visitor(**settings)
        person.sign_in(login)
        self.assertIn(person.path, ("/desk", "/dashboard"), person.text)
        return person

    def open_action(self, person, action):
        """Unfolds the form of an action on a record's page, and gives its selector."""
        fold = f"#action-{action}"
        if not person.find(fold).get_attribute("open"):
            person.find(fold + " > summary").click()
        return fold

    def act(self, person, action, values):
        """Performs an action on a record's page."""
        fold = self.open_action(person, action)
        for name, value in values.items():
            person.fill(name, value, within=fold)
        person.press(fold + " .form-end button")

    def assert_calm(self, person, where=""):
        """No error of a script, nothing refused by the policy."""
        self.assertEqual(person.complaints(), [], f"{where or person.path}")


def fetch(address):
    """The body of an address, asked without a browser."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read()


__all__ = [
    "By", "DESK", "MORNING", "NoSuchElementException", "PASSWORD", "PHONE", "Person", "Select", "Site", "SiteCase",
    "fetch", "json",
]

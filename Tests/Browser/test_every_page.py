"""Every page that a role can reach by links: no complaint of the browser, no barrier, nothing wider than a phone."""

import os
import re
import time
import unittest
from urllib.parse import urlsplit

from harness import DESK, PHONE, SiteCase

# Whose pages are walked through, in this order; a page is looked at for the first who reaches it.
WALKERS = ["wangjian", "linfeng", "gaoyuan", "chenqiang", "wuqiang", "zhoujing", "zhenghua", None]
# What is fetched and not looked at.
FILES = re.compile(r"^/(files|assets)/|\.(csv|xlsx|pdf|docx|json|txt|png|svg|zip)$|/export|/feed|^/api/")


def pattern(path, query):
    """The sort of page an address leads to: numbers and codes stand for each other."""
    parts = [
        "*" if re.search(r"\d|[^\x00-\x7f]|%", part) else part
        for part in path.split("/")
    ]
    names = sorted({pair.split("=")[0] for pair in query.split("&") if pair} - {"lang", "returnTo"})
    return "/".join(parts) + ("?" + "&".join(names) if names else "")


class Checks(SiteCase):
    """The checks see what they are to see: a page spoilt on purpose fails each of them."""

    def test_checks(self):
        person = self.visitor(size=PHONE)
        person.visit("/verify")
        self.assertEqual(person.barriers(), [])
        self.assertIsNone(person.overflow())
        person.driver.execute_script(
            """const image = document.createElement("img"); image.src = "https://example.org/x.png";
               const wide = document.createElement("p"); wide.textContent = "x".repeat(400); wide.style.whiteSpace = "nowrap";
               const grey = document.createElement("p"); grey.textContent = "grey"; grey.style.color = "#ccc";
               document.querySelector("main").append(image, wide, grey);"""
        )
        barriers = " ".join(person.barriers())
        self.assertIn("image-alt", barriers)
        self.assertIn("color-contrast", barriers)
        self.assertIsNotNone(person.overflow())
        self.assertTrue(any("Content Security Policy" in line for line in person.complaints()))


class EveryPage(SiteCase):
    """Walks along links, at most so many pages of each role."""

    limit = 60
    seconds = 150

    def test_every_page(self):
        seen = {}
        end = time.monotonic() + self.seconds
        for login in WALKERS:
            person = self.visitor() if login is None else self.person(login)
            waiting = ["/" if login is None else "/desk"]
            count = 0
            while waiting and count < self.limit and time.monotonic() < end:
                address = waiting.pop(0)
                parts = urlsplit(address)
                key = pattern(parts.path, parts.query)
                if key in seen:
                    continue
                seen[key] = address
                count += 1
                with self.subTest(login=login, page=address):
                    waiting += self.look(person, address)
            person.close()
        self.assertGreater(len(seen), 40, sorted(seen))
        print(f"{len(seen)} pages", end=" ", flush=True)
        if os.environ.get("ZHIHENG_TELL_PAGES"):
            print(*sorted(seen.values()), sep="\n")

    def look(self, person, address):
        """Looks at a page in both widths; gives the addresses it leads to."""
        person.resize(DESK)
        person.visit(address)
        links = {
            link for link in person.driver.execute_script(
                "return [...document.querySelectorAll('a[href]')].map(a => a.href)")
        }
        self.assertEqual(person.barriers(), [])
        self.assertIsNone(person.overflow(), "1440 wide")
        person.resize(PHONE)
        self.assertIsNone(person.overflow(), "390 wide")
        self.assert_calm(person)
        paths = []
        for link in sorted(links):
            if not link.startswith(self.site.address):
                continue
            path = link.removeprefix(self.site.address).split("#")[0]
            if not FILES.search(path.split("?")[0]):
                paths.append(path)
        return paths


class InEnglish(SiteCase):
    def test_pages_in_english(self):
        person = self.visitor(language="en-GB")
        person.sign_in("linfeng")
        hazard = person.visit("/records/hazard").find('table a[href^="/records/hazard/ZG"]')
        record = hazard.get_attribute("href").removeprefix(self.site.address)
        for path in ("/desk", "/records/hazard", "/records/hazard/new", record, "/rules/hazard", "/verify"):
            with self.subTest(page=path):
                for size in (DESK, PHONE):
                    person.resize(size)
                    person.visit(path)
                    self.assertEqual(person.find("html").get_attribute("lang"), "en")
                    self.assertIsNone(person.overflow(), f"{size[0]} wide")
                self.assertEqual(person.barriers(), [])
                self.assert_calm(person)


if __name__ == "__main__":
    unittest.main()

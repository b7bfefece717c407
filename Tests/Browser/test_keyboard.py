"""By keyboard alone: the way past the navigation, and a focus that can be seen wherever it is."""

import time
import unittest

from harness import DESK, PHONE, SiteCase
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

FOCUS = """
const e = document.activeElement;
if (!e || e === document.body) return null;
const style = getComputedStyle(e), box = e.getBoundingClientRect();
return {
  name: e.outerHTML.slice(0, 120),
  seen: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
  there: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
};
"""


class KeyboardTests(SiteCase):
    def tab(self, person):
        # To the window and not to the element: a field for files would take the key for a file's name.
        ActionChains(person.driver).send_keys(Keys.TAB).perform()
        # The page may still be on its way to what has the focus.
        for _ in range(20):
            stop = person.driver.execute_script(FOCUS)
            if stop is None or stop["seen"] and stop["there"]:
                break
            time.sleep(0.1)
        return stop

    def test_the_first_stop_leads_past_the_navigation(self):
        person = self.person("wangjian")
        person.visit("/records/hazard")
        first = self.tab(person)
        self.assertIn('href="#content"', first["name"])
        self.assertTrue(first["seen"] and first["there"], first)
        person.driver.switch_to.active_element.send_keys(Keys.ENTER)
        self.assertEqual(person.driver.switch_to.active_element.get_attribute("id"), "content")

    def test_every_stop_can_be_seen(self):
        person = self.person("wangjian")
        hazard = person.visit("/records/hazard?state=notified").find('table a[href^="/records/hazard/ZG"]')
        record = hazard.get_attribute("href").removeprefix(self.site.address)
        for path in ("/desk", "/records/hazard", record, "/records/hazard/new", "/rules/hazard", "/verify"):
            person.visit(path)
            stops, last = 0, None
            for _ in range(80):
                stop = self.tab(person)
                if stop is None:
                    break
                stops += 1
                # The parts of a date are stops of their own, marked by the browser itself.
                if stop["name"] == last:
                    continue
                last = stop["name"]
                self.assertTrue(stop["seen"] and stop["there"], f"{path}: {stop}")
            self.assertGreater(stops, 10, path)

    def test_one_signs_in_by_keyboard(self):
        person = self.visitor()
        person.visit("/sign-in")
        self.assertEqual(person.driver.switch_to.active_element.get_attribute("id"), "login")
        person.driver.switch_to.active_element.send_keys("liming", Keys.TAB)
        person.driver.switch_to.active_element.send_keys("demonstration-2026", Keys.ENTER)
        self.assertEqual(person.path, "/desk")

    def test_menu_closes_on_escape(self):
        person = self.person("liming")
        person.find("details.menu > summary").send_keys(Keys.ENTER)
        self.assertTrue(person.find("details.menu").get_attribute("open"))
        person.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        self.assertIsNone(person.find("details.menu").get_attribute("open"))

    def test_the_phone_menu_opens_and_closes(self):
        person = self.person("liming", size=PHONE)
        person.find(".menu-button").click()
        self.assertTrue(person.find("#navigation").is_displayed())
        person.find(".rail-close").click()
        self.assertFalse(person.find("#navigation").is_displayed())
        person.resize(DESK)
        self.assertTrue(person.find("#navigation").is_displayed())


if __name__ == "__main__":
    unittest.main()

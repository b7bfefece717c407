"""The whole loop of a hazard by three people, and the notice it leaves."""

import unittest
from pathlib import Path

from harness import PHONE, SiteCase

PHOTOGRAPH = Path(__file__).resolve().parents[2] / "examples/demonstration/photos/edge-after.png"


class LoopTests(SiteCase):
    def register(self, person, description):
        """Registers a hazard at the first project on offer, and gives the path of its page."""
        person.visit("/records/hazard/new")
        site = person.find('[name="site"]')
        if site.tag_name == "select":
            option = next(o for o in site.find_elements("css selector", "option") if "西溪医院" in o.text)
            person.fill("site", option.get_attribute("value"))
        else:
            choice = next(
                radio for radio in person.all('[name="site"][type=radio]')
                if "西溪医院" in radio.find_element("xpath", "..").text
            )
            choice.click()
        person.fill("found_on", "2026-03-20")
        person.fill("category", "height")
        person.fill("description", description)
        person.press("form.panel-narrow .form-end button")
        self.assertIn(description, person.find("h1").text, person.text)
        return person.path.split("?")[0]

    def loop(self, description, **settings):
        inspector = self.person("wangjian", **settings)
        path = self.register(inspector, description)
        self.act(inspector, "notify", {"due_on": "2026-03-27"})
        self.assertIn("整改中", inspector.find(".record-head").text)
        self.assert_calm(inspector)

        enterprise = self.person("chenqiang", **settings)
        enterprise.visit(path)
        self.assertFalse(enterprise.has("#action-accept"))
        self.act(enterprise, "submit", {"measures_taken": "已加设防护栏杆", "photos_after": PHOTOGRAPH})
        self.assertIn("待复查", enterprise.find(".record-head").text, enterprise.text)
        self.assert_calm(enterprise)

        other = self.person("liming", **settings)
        other.visit(path)
        self.assertTrue(other.has('a[href*="/files/"]'))
        self.act(other, "accept", {"review_opinion": "现场复查，整改到位"})
        self.assertIn("已销号", other.find(".record-head").text, other.text)
        self.assert_calm(other)
        return other, path

    def test_three_people(self):
        person, _ = self.loop("浏览器测试：六层临边无防护")
        notice = person.find('a[href^="/documents/"]')
        person.visit(notice.get_attribute("href").removeprefix(self.site.address))
        self.assertTrue(person.has(".letterhead"))
        self.assert_calm(person)

    def test_on_a_phone(self):
        person, path = self.loop("浏览器测试：手机上办理", size=PHONE)
        person.visit(path)
        self.assertIsNone(person.overflow())

    def test_without_scripts(self):
        self.loop("浏览器测试：不用脚本办理", scripts=False)

    def test_a_refusal_says_why_and_keeps_what_was_entered(self):
        person = self.person("wangjian")
        self.register(person, "浏览器测试：期限在过去")
        self.act(person, "notify", {"due_on": "2026-03-01"})
        self.assertTrue(person.has("#errors"))
        self.assertEqual(
            person.driver.switch_to.active_element.get_attribute("id"), "errors", "the errors are read first")
        self.assertEqual(person.find('[name="due_on"]').get_attribute("value"), "2026-03-01")


class VerificationTests(SiteCase):
    def test_a_notice_is_genuine_and_another_number_is_not(self):
        person = self.person("wangjian")
        hazard = person.visit("/records/hazard?state=notified").find('table a[href^="/records/hazard/ZG"]')
        person.visit(hazard.get_attribute("href").removeprefix(self.site.address))
        number = person.find('a[href^="/documents/"]').get_attribute("href").rsplit("/", 1)[1]
        anybody = self.visitor()
        anybody.visit("/verify?code=" + number)
        self.assertTrue(anybody.has(".verdict-done"), anybody.text)
        anybody.visit("/verify?code=330106%E8%B4%A3%E6%94%B9%E3%80%942026%E3%80%959999%E5%8F%B7")
        self.assertFalse(anybody.has(".verdict-done"), anybody.text)
        self.assert_calm(anybody)


if __name__ == "__main__":
    unittest.main()

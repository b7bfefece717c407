"""Signing in and out."""

import unittest

from harness import PASSWORD, SiteCase


class SignInTests(SiteCase):
    def test_wrong_and_right_password(self):
        person = self.visitor()
        person.sign_in("wangjian", "not the password")
        self.assertTrue(person.has("[role=alert]"))
        self.assertEqual(person.find("#login").get_attribute("value"), "wangjian")
        self.assertEqual(person.find("#password").get_attribute("value"), "")
        wrong = [entry for entry in person.complaints() if " 401 " not in entry]
        self.assertEqual(wrong, [])
        person.fill("password", PASSWORD)
        person.press("form.panel button[type=submit]")
        self.assertEqual(person.path, "/desk")
        self.assertIn("王建", person.find(".top").text)
        self.assert_calm(person)

    def test_one_comes_back_to_where_one_wanted_to_go(self):
        person = self.visitor()
        person.visit("/records/hazard?state=submitted")
        self.assertTrue(person.path.startswith("/sign-in?returnTo="))
        person.fill("login", "wangjian")
        person.fill("password", PASSWORD)
        person.press("form.panel button[type=submit]")
        self.assertEqual(person.path, "/records/hazard?state=submitted")

    def test_never_to_another_site(self):
        for address in ("//example.org/", "https://example.org/", "/%5C%5Cexample.org"):
            with self.subTest(address=address):
                person = self.visitor()
                person.sign_in("wangjian", back_to=address)
                self.assertIn(person.path, ("/", "/desk"))

    def test_out_again(self):
        person = self.person("liming")
        person.find("details.menu > summary").click()
        person.press("details.menu form button")
        self.assertEqual(person.path, "/")
        person.visit("/desk")
        self.assertTrue(person.path.startswith("/sign-in"))

    def test_scripts_cannot_read_the_session(self):
        person = self.person("liming")
        self.assertEqual(person.driver.execute_script("return document.cookie"), "")
        cookies = {cookie["name"]: cookie for cookie in person.driver.get_cookies()}
        self.assertTrue(cookies["zhiheng"]["httpOnly"])
        self.assertEqual(cookies["zhiheng"]["sameSite"], "Lax")


if __name__ == "__main__":
    unittest.main()

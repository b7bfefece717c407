import Expressions
import Records
import Storage
import Testing

@testable import Office

@Suite("Passwords")
struct PasswordTests {
    @Test(
        "Too short, too long, too common, or like the login or the name",
        arguments: [
            "", "short", "ninechars", "一二三四五六七八九", String(repeating: "ab", count: 65),
            "e\u{301}e\u{301}e\u{301}e\u{301}a", "1234567890", "QWERTYUIOP", "Password123", "woaini1314520",
            "１２３４５６７８９０", "aaaaaaaaaaaaaaaa", "elevenchars", "春江潮水连海平海上明月", "13812345678901",
            "20080808200808",
            "abcabcabcabc", "qwertyuiop12345", "1qaz2wsx3edc4rfv", "zxcvbnm,./asdf", "P@ssw0rd2026!!!",
            "Hangzhou@2026!!",
            "woaini1314520520", "zhangsan19900101", "administrator01", "leavemealone", "finalfantasy",
            "password1234",
            "superman superman", "iloveyou!!!!!!", "q1w2e3r4t5y6", "123456789qwe", "wangwang20080808",
            "wang.lijuan", "WANG.LIJUAN", "wang.lijuan2026",
            "wang.lijuanwang.lijuan", "王莉娟王莉娟", "Wang Lijuan of Hangzhou", "  wang.lijuan  ",
        ])
    func refused(password: String) {
        let objection = PasswordRules.objection(
            to: password, login: "wang.lijuan", name: "Wang Lijuan of Hangzhou")
        #expect(objection?.code == .passwordUnsuitable)
        #expect(objection?.sentence.isEmpty == false && objection?.sentenceEnglish.isEmpty == false)
    }

    @Test(
        "Length is enough; nothing is asked of the kinds of characters",
        arguments: [
            "correct horse battery", "春江潮水连海平海上明月共潮", "jdkfwplsmzqe",
            "mop kettle quince", "my name is wang.lijuan", "😀😁😂🤣😃😄😅😆😉😊😋😎",
            String("中文口令由几个毫不相干的词语组成最好记".prefix(16)), "demonstration-2026",
        ])
    func taken(password: String) {
        #expect(PasswordRules.objection(to: password, login: "wang.lijuan", name: "王莉娟") == nil)
    }

    @Test("However a keyboard spells a character, it is the same")
    func spellings() throws {
        let salt: [UInt8] = [9]
        let hashing = SignInOffice.hashing
        #expect(hashing.hash("ｃａｆｅ\u{301} １２３", salt: salt) == hashing.hash("café 123", salt: salt))
        #expect(hashing.hash("cafe 123", salt: salt) != hashing.hash("café 123", salt: salt))
        #expect(hashing.hash("", salt: salt) != hashing.hash("\u{0}", salt: salt))
        #expect(hashing.hash("x", salt: []) == nil)
        #expect(PasswordHashing(.init(rounds: 3, blockSize: 0, parallelism: 99)) == .standard)
        let standard = PasswordHashing.standard.parameters
        #expect(standard == .init(rounds: 32_768, blockSize: 8, parallelism: 3))
    }

    @Test("A password is set by whoever administers accounts, of those it may see")
    func setting() throws {
        let desk = try SignInOffice.withWang()
        let token = try desk.signIn()
        func administrator(_ region: String) -> Actor {
            Actor(
                login: "admin", name: "admin", role: "security-administrator", region: region,
                permissions: [.administer, .create, .act])
        }
        let inspector = Actor(
            login: "wang", name: "", role: "inspector", region: "330106000000", permissions: [.read])
        let other = "another good password"
        for (actor, login, code) in [
            (inspector, "wang", RefusalCode.notPermitted), (.public, "wang", .notPermitted),
            (administrator("330203000000"), "wang", .accountUnknown),
            (administrator("330100000000"), "nobody", .accountUnknown),
        ] {
            let refusal = try desk.test.refusal {
                try desk.service.setPassword(other, for: login, by: actor, at: desk.moment)
            }
            #expect(refusal.has(code))
        }
        #expect(try desk.session(token) != nil)
        let refusal = try desk.test.refusal {
            try desk.service.setPassword("short", for: "wang", by: .operatorOfFolder, at: desk.moment)
        }
        #expect(refusal.has(.passwordUnsuitable))
        for _ in 0..<5 { #expect(try desk.refusal("wang", "wrong password here") == .signInRefused) }
        try desk.service.setPassword(
            other, for: "wang", by: administrator("330100000000"), at: desk.moment)
        #expect(try desk.session(token) == nil, "the sessions of before ended")
        #expect(try desk.refusal() == .signInRefused)
        #expect(try desk.refusal("wang", other) == nil, "and so did the lock")
        let lines = try desk.service.signIns(of: "wang", as: .operatorOfFolder)
        #expect(lines.first { $0.outcome == "password-set" }?.performer == "admin")
    }

    @Test("Changing one's own asks for the old one, keeps this session and ends the others")
    func changing() throws {
        let desk = try SignInOffice.withWang()
        let (here, there) = (try desk.signIn(), try desk.signIn())
        let session = try #require(try desk.session(here))
        let new = "another good password"
        for (old, next, code) in [
            ("wrong password here", new, RefusalCode.signInRefused),
            (SignInOffice.password, "short", .passwordUnsuitable),
        ] {
            let refusal = try desk.test.refusal {
                try desk.service.changePassword(of: session, from: old, to: next, at: desk.moment)
            }
            #expect(refusal.has(code))
        }
        try desk.service.changePassword(
            of: session, from: SignInOffice.password, to: new, at: desk.moment)
        #expect(try desk.session(here) != nil)
        #expect(try desk.session(there) == nil)
        #expect(try desk.refusal() == .signInRefused)
        #expect(try desk.refusal("wang", new) == nil)
    }

    @Test("Guessing the old one through a session is locked like guessing at the door")
    func guessingThroughASession() throws {
        let desk = try SignInOffice.withWang()
        let session = try #require(try desk.session(try desk.signIn()))
        func refusal() throws -> Refusal {
            try desk.test.refusal {
                try desk.service.changePassword(
                    of: session, from: "wrong password here", to: "another good password", at: desk.moment)
            }
        }
        for _ in 0..<5 { #expect(try refusal().has(.signInRefused)) }
        #expect(try refusal().has(.signInLocked))
        #expect(try desk.refusal() == .signInLocked)
    }
}

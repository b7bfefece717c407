import Expressions
import Foundation
import Records
import Storage
import Testing

@testable import Office

@Suite("One-time codes")
struct OneTimeCodeTests {
    @Test(
        "The vectors of RFC 6238, appendix B",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func vectors(seconds: Int64, code: String) throws {
        let generator = OneTimeCode(secret: Array("12345678901234567890".utf8))
        let moment = try #require(Timestamp(seconds: seconds))
        let step = OneTimeCode.step(at: moment)
        #expect(generator.code(step: step, digits: 8) == code)
        #expect(generator.code(step: step) == String(code.suffix(6)))
        #expect(generator.step(of: String(code.suffix(6)), at: moment, after: nil) == step)
    }

    @Test("A code is good for its step and one to either side, once")
    func window() throws {
        let generator = OneTimeCode(secret: Array("12345678901234567890".utf8))
        let moment = try #require(Timestamp(seconds: 1_700_000_000))
        let now = OneTimeCode.step(at: moment)
        for (offset, isGood) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] as [(Int64, Bool)]
        {
            let code = generator.code(step: now + offset)
            #expect((generator.step(of: code, at: moment, after: nil) != nil) == isGood, "\(offset)")
        }
        let code = generator.code(step: now)
        #expect(generator.step(of: code, at: moment, after: now) == nil)
        #expect(generator.step(of: code, at: moment, after: now + 1) == nil)
        #expect(generator.step(of: generator.code(step: now + 1), at: moment, after: now) == now + 1)
        let spaced = code.prefix(3) + " " + code.suffix(3)
        #expect(generator.step(of: String(spaced), at: moment, after: now - 1) == now)
        for garbage in ["", "0", "abcdef", code + "0", "-00001", "\u{0}", String(repeating: "9", count: 999)]
        {
            #expect(generator.step(of: garbage, at: moment, after: nil) == nil)
        }
        #expect(OneTimeCode.step(at: try #require(Timestamp(seconds: -1))) == 0)
    }

    /// Turns codes on for `wang`; the secret comes back from the text that people type.
    private func enrolled(_ desk: SignInOffice) throws -> OneTimeCode {
        let session = try #require(try desk.session(try desk.signIn()))
        let enrolment = try desk.service.prepareCodes(for: session, at: desk.moment)
        #expect(enrolment.address.hasPrefix("otpauth://totp/%E8%B4%A8%E8%A1%A1"))
        #expect(URL(string: enrolment.address) != nil)
        #expect(try desk.refusal() == nil, "not asked for before it was confirmed")
        let secret = try #require(
            try desk.test.office.store.read { try $0.credential(login: "wang")?.codeSecret })
        #expect(Secrets.base32(secret) == enrolment.secret.replacingOccurrences(of: " ", with: ""))
        #expect(enrolment.address.contains("secret=\(Secrets.base32(secret))&"))
        let generator = OneTimeCode(secret: secret)
        let step = OneTimeCode.step(at: desk.moment)
        #expect(throws: Refusal.self) {
            try desk.service.confirmCodes(for: session, code: "garbage", at: desk.moment)
        }
        try desk.service.confirmCodes(for: session, code: generator.code(step: step), at: desk.moment)
        #expect(throws: Refusal.self) { try desk.service.prepareCodes(for: session, at: desk.moment) }
        #expect(try desk.service.credentialState(of: "wang").wantsCodes)
        return generator
    }

    @Test("Once confirmed a code is asked for, after the password and never before")
    func signingIn() throws {
        let desk = try SignInOffice.withWang()
        let generator = try enrolled(desk)
        func code() -> String { generator.code(step: OneTimeCode.step(at: desk.moment)) }
        #expect(throws: SignInOffice.Unexpected.codeNeeded) { try desk.signIn() }
        #expect(throws: SignInOffice.Unexpected.codeNeeded) { try desk.signIn(code: "  ") }
        #expect(try desk.refusal("wang", "wrong password here") == .signInRefused)
        #expect(try desk.refusal(code: code()) == .signInRefused, "taken once already, when it was confirmed")
        desk.pass(seconds: 30)
        #expect(try desk.refusal("wang", "wrong password here", code: code()) == .signInRefused)
        #expect(try desk.refusal(code: code()) == nil)
        #expect(try desk.refusal(code: code()) == .signInRefused, "no code is taken twice")
    }

    @Test("Wrong codes are counted, and asking for one in between forgets none of them")
    func guessing() throws {
        let desk = try SignInOffice.withWang()
        _ = try enrolled(desk)
        desk.pass(minutes: 2)
        for _ in 0..<4 {
            #expect(try desk.refusal(code: "000000x") == .signInRefused)
            #expect(throws: SignInOffice.Unexpected.codeNeeded) { try desk.signIn() }
        }
        #expect(try desk.refusal(code: "000000x") == .signInRefused)
        #expect(try desk.refusal() == .signInLocked)
    }

    @Test("Codes are turned off by their holder with the password, or by whoever administers accounts")
    func turningOff() throws {
        let desk = try SignInOffice.withWang()
        let token = try desk.signIn()
        _ = try enrolled(desk)
        let session = try #require(try desk.session(token))
        #expect(throws: Refusal.self) {
            try desk.service.removeCodes(of: session, password: "wrong password here", at: desk.moment)
        }
        #expect(throws: Refusal.self) {
            try desk.service.removeCodes(for: "wang", by: session.actor, at: desk.moment)
        }
        try desk.service.setPassword(
            "another good password", for: "wang", by: .operatorOfFolder, at: desk.moment)
        #expect(
            try desk.service.credentialState(of: "wang") == (true, true), "a new password keeps the codes")
        try desk.service.removeCodes(for: "wang", by: .operatorOfFolder, at: desk.moment)
        #expect(try desk.service.credentialState(of: "wang") == (true, false))
        #expect(try desk.refusal("wang", "another good password") == nil)
        #expect(throws: Refusal.self) {
            try desk.service.removeCodes(for: "wang", by: .operatorOfFolder, at: desk.moment)
        }
        #expect(try desk.events("wang").contains("code-removed"))
    }
}

import Expressions
import Records
import Storage
import Testing

@testable import Office

@Suite("Guessing is slowed down")
struct LockoutTests {
    private static let wrong = "wrong password here"

    @Test(
        "Five failures lock an account for a minute, even to the right password, and each further doubles it")
    func backOff() throws {
        let desk = try SignInOffice.withWang()
        for number in 0..<5 {
            #expect(try desk.refusal("wang", Self.wrong, from: "10.0.0.\(number)") == .signInRefused)
        }
        for minutes in [1, 2, 4, 8, 16, 32, 60, 60] as [Int64] {
            #expect(try desk.refusal() == .signInLocked)
            desk.pass(seconds: minutes * 60 - 1)
            #expect(try desk.refusal() == .signInLocked, "\(minutes)")
            desk.pass(seconds: 1)
            #expect(try desk.refusal("wang", Self.wrong) == .signInRefused, "\(minutes)")
        }
        desk.pass(minutes: 60)
        #expect(try desk.refusal() == nil)
        // Whoever proved itself begins anew.
        #expect(try desk.refusal("wang", Self.wrong) == .signInRefused)
        #expect(try desk.refusal() == nil)
    }

    @Test("The text says how long, and a login that nobody has is locked alike")
    func unknownLogins() throws {
        let desk = try SignInOffice.withWang()
        for _ in 0..<5 { #expect(try desk.refusal("nobody", Self.wrong, from: "") == .signInRefused) }
        let attempt = SignIn.Attempt(login: "nobody", password: "x", address: "")
        let refusal = try desk.test.refusal { _ = try desk.service.signIn(attempt, at: desk.moment) }
        #expect(refusal.has(.signInLocked))
        #expect(refusal.reasons.first?.sentence.contains("1 分钟") == true)
        #expect(refusal.reasons.first?.sentenceEnglish.contains("1 minute.") == true)
        #expect(try desk.refusal() == nil)
        #expect(try desk.events().prefix(2) == ["signed-in", "locked"])
    }

    @Test("An address is locked after twenty failures over all logins, and one success frees nobody")
    func addresses() throws {
        let desk = try SignInOffice.withWang()
        for number in 0..<19 {
            #expect(try desk.refusal("guess\(number)", Self.wrong, from: "198.51.100.7") == .signInRefused)
        }
        #expect(try desk.refusal(from: "198.51.100.7") == nil)
        #expect(try desk.refusal("guess20", Self.wrong, from: "198.51.100.7") == .signInRefused)
        #expect(try desk.refusal(from: "198.51.100.7") == .signInLocked)
        #expect(try desk.refusal(from: "198.51.100.8") == nil)
        desk.pass(minutes: 1)
        #expect(try desk.refusal(from: "198.51.100.7") == nil)
    }

    @Test("Failures are forgotten a day after the last, and nothing of them is kept")
    func forgetting() throws {
        let desk = try SignInOffice.withWang()
        for _ in 0..<4 { #expect(try desk.refusal("wang", Self.wrong) == .signInRefused) }
        desk.pass(seconds: 86_401)
        for _ in 0..<4 { #expect(try desk.refusal("wang", Self.wrong) == .signInRefused) }
        #expect(try desk.refusal() == nil)
        let left = try desk.test.office.store.read { try $0.signInGuard(subject: "login:wang") }
        #expect(left == nil)
    }

    @Test("Guesses made at once are counted before any is answered")
    func concurrentGuesses() async throws {
        let desk = try SignInOffice.withWang()
        let (service, moment) = (desk.service, desk.moment)
        let codes = await withTaskGroup(of: RefusalCode?.self) { group in
            for number in 0..<24 {
                group.addTask {
                    let attempt = SignIn.Attempt(
                        login: "wang", password: "guess number \(number)", address: "10.0.0.\(number)")
                    do {
                        _ = try service.signIn(attempt, at: moment)
                        return nil
                    } catch {
                        return (error as? Refusal)?.reasons.first?.code
                    }
                }
            }
            return await group.reduce(into: [RefusalCode?]()) { $0.append($1) }
        }
        #expect(codes.filter { $0 == .signInRefused }.count == 5)
        #expect(codes.filter { $0 == .signInLocked }.count == 19)
    }

    @Test(
        "IPv6 is guarded by its subscriber, IPv4 by its address",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:DB8:0001:2::9", "2001:db8:1:2::/64"),
            ("2001:db8::1", "2001:db8:0:0::/64"), ("::1", "0:0:0:0::/64"),
            ("fe80::1%eth0", "fe80:0:0:0::/64"),
            ("garbage", "garbage"), (":::", "0:0:0:0::/64"), (":", "0:0:0:0::/64"),
        ])
    func networks(address: String, network: String) {
        #expect(Visitor.network(of: address) == network)
    }

    @Test("Locks grow to their limit and never beyond, whatever the count")
    func lockLengths() {
        let throttle = SignInThrottle(SignInPolicy(), at: .epoch)
        #expect(
            [0, 4, 5, 6, 10, 11, 12, .max].map { throttle.lockSeconds(after: $0, isAddress: false) }
                == [0, 0, 60, 120, 1_920, 3_600, 3_600, 3_600])
        #expect([19, 20, 21].map { throttle.lockSeconds(after: $0, isAddress: true) } == [0, 60, 120])
    }
}

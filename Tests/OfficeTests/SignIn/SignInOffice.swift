import Expressions
import Foundation
import Records
import Rulebooks
import Storage
import Testing

@testable import Office

/// An office with accounts, at a moment that the tests move on.
final class SignInOffice {
    let test: TestOffice
    let service: SignIn
    private(set) var moment: Timestamp

    static let password = "correct horse battery"
    /// Cheap, for tests only.
    static let hashing = PasswordHashing(.init(rounds: 1 << 10, blockSize: 8, parallelism: 1))

    init(_ rulebook: Rulebook? = nil) throws {
        test = try TestOffice(rulebook)
        service = SignIn(test.office, hashing: Self.hashing)
        moment = try #require(Timestamp(rfc3339: "2026-03-02T01:00:00Z"))
    }

    /// An office where `wang` has a password.
    static func withWang() throws -> SignInOffice {
        let desk = try SignInOffice()
        try desk.open("wang", role: "inspector")
        try desk.service.setPassword(password, for: "wang", by: .operatorOfFolder, at: desk.moment)
        return desk
    }

    @discardableResult
    func open(_ login: String, role: String, region: String = "330106000000", party: String? = nil) throws
        -> Record
    {
        var values: [String: Value] = [
            "login": .string(login), "name": .string("姓名" + login), "role": .string(role),
            "region": .string(region),
        ]
        if let party { values["party"] = .string(party) }
        return try test.create("account", values, by: .system)
    }

    func pass(minutes: Int64) { pass(seconds: minutes * 60) }

    func pass(seconds: Int64) { moment = moment.plus(seconds) }

    /// Signs in, and returns the token.
    @discardableResult
    func signIn(
        _ login: String = "wang", _ password: String = SignInOffice.password, code: String? = nil,
        from address: String = "192.0.2.1", replacing token: String? = nil
    ) throws -> String {
        let attempt = SignIn.Attempt(
            login: login, password: password, code: code, address: address, userAgent: "browser")
        guard
            case .signedIn(let token, let session) = try service.signIn(attempt, replacing: token, at: moment)
        else { throw Unexpected.codeNeeded }
        #expect(session.login == login)
        return token
    }

    /// The code under which signing in is refused; nil when it is not.
    func refusal(
        _ login: String = "wang", _ password: String = SignInOffice.password, code: String? = nil,
        from address: String = "192.0.2.1"
    ) throws -> RefusalCode? {
        do {
            try signIn(login, password, code: code, from: address)
            return nil
        } catch let refusal as Refusal {
            #expect(refusal.reasons.count == 1)
            return refusal.reasons.first?.code
        }
    }

    func session(_ token: String) throws -> ActiveSession? { try service.session(token, at: moment) }

    func events(_ login: String? = nil) throws -> [String] {
        try service.signIns(of: login, as: .operatorOfFolder).map(\.outcome)
    }

    enum Unexpected: Error { case codeNeeded }
}

import Expressions
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage
import Testing

@testable import Web

/// Asks the API as a program does.
struct Program: Sendable {
    let browser: Browser
    /// nil for one without a token.
    var token: String?

    struct Answer: Sendable {
        let status: Int
        let json: JSONValue?
        let text: String
        let headers: HTTPFields

        var code: String? { json?["code"]?.text }
        var tag: String { headers[.eTag] ?? "" }
        var type: String { headers[.contentType] ?? "" }

        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

        /// The fields that the reasons of a problem name.
        var fields: [String] {
            guard case .array(let reasons)? = json?["reasons"] else { return [] }
            return reasons.compactMap { $0["field"]?.text }
        }

        /// The numbers of the records of a page.
        var numbers: [String] {
            guard case .array(let items)? = json?["items"] else { return [] }
            return items.compactMap { $0["number"]?.text }
        }
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send(.get, path, headers: headers, body: nil)
    }

    func post(_ path: String, _ body: JSONValue?, headers: [String: String] = [:]) async throws -> Answer {
        var headers = headers
        if headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        return try await send(.post, path, headers: headers, body: body?.encoded ?? [])
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: [String: String] = [:], body: [UInt8]?
    ) async throws -> Answer {
        var headers = headers
        if let token { headers["Authorization"] = "Bearer " + token }
        let path = path.hasPrefix("/api") ? path : "/api/v1" + path
        let answer = try await browser.send(path, method, nil, headers, body)
        return Answer(
            status: answer.status, json: JSONReader.value(of: Array(answer.text.utf8)), text: answer.text,
            headers: answer.headers)
    }
}

extension SiteTest {
    /// A token of an account, for everything unless said otherwise.
    func token(
        _ login: String, scopes: Set<TokenScope> = Set(TokenScope.allCases), kinds: [String]? = nil
    ) throws -> String {
        try Tokens(office).create(
            .init(login: login, name: "test", scopes: scopes, kinds: kinds), by: .operatorOfFolder,
            at: office.moment
        ).token
    }

    func category() throws -> String {
        try #require(office.rulebook.codeLists["hazard-category"]?.items(on: nil).first?.id)
    }

    /// What a new hazard is made of, as a request gives it.
    func hazardFields(at project: Record, _ description: String = "三层临边无防护") throws -> JSONValue {
        [
            "fields": [
                "site": .string(project.number), "category": .string(try category()),
                "found_on": "2026-03-02", "description": .string(description),
            ]
        ]
    }

    static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4]
}

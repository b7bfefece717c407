import Foundation
import Ledger
import Office
import Rulebooks
import Storage

/// What a deployment needs to make papers of its documents.
public struct PaperSettings: Sendable {
    /// The key of the ledger, which signs the codes on papers; nil leaves papers without codes.
    public var key: SigningKey?
    /// Where finished files are kept by what they were made from; nil makes them anew each time.
    public var folder: URL?
    /// The address at which the public reaches the site, without a slash at its end; nil leaves codes without one.
    public var publicAddress: String?

    /// Runs the programs that make files.
    public var programs = ChildPrograms()

    public init(key: SigningKey? = nil, folder: URL? = nil, publicAddress: String? = nil) {
        (self.key, self.folder, self.publicAddress) = (key, folder, publicAddress)
    }

    /// The settings of a data folder: its key, its folder `papers`, and the public address kept in its database.
    public init(_ workspace: Workspace, _ office: Office) throws {
        key = try? workspace.keys.signingKey()
        folder = workspace.folder.appendingPathComponent("papers", isDirectory: true)
        publicAddress = try office.store.read { try $0.setting(Self.addressSetting) }.map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    static let addressSetting = "public-address"

    /// Keeps the public address for papers made later, by whatever command.
    ///
    /// - Throws: `PaperProblem.address` unless it is `https://HOST` or `http://HOST`, with a port and a path where needed.
    public static func keep(publicAddress: String, in office: Office) throws {
        let address = publicAddress.hasSuffix("/") ? String(publicAddress.dropLast()) : publicAddress
        guard isAddress(address) else { throw PaperProblem.address }
        let bytes = Array(address.utf8)
        guard try office.store.read({ try $0.setting(addressSetting) }) != bytes else { return }
        try office.store.write { try $0.set(setting: addressSetting, bytes) }
    }

    static func isAddress(_ address: String) -> Bool {
        guard address.utf8.count <= 120, let parts = URLComponents(string: address),
            parts.scheme == "https" || parts.scheme == "http", parts.host?.isEmpty == false,
            parts.user == nil, parts.query == nil, parts.fragment == nil
        else { return false }
        return address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

/// What keeps a paper from being made.
public enum PaperProblem: Error, Hashable, Sendable {
    /// The public address cannot be read.
    case address
    /// No document has the number, or none that the asker may see.
    case unknownDocument

    /// The stable code; `docs/errors.md` explains each.
    public var code: String {
        switch self {
        case .address: "DOC-0201"
        case .unknownDocument: "DOC-0202"
        }
    }

    /// The problem in words, with what to do.
    public var message: Bilingual {
        switch self {
        case .address:
            Bilingual(
                zh: "公开网址写法有误。请写成 https://主机名，不带 ? 和 #。",
                en: "The public address cannot be read. Write https://HOST, without ? and #.")
        case .unknownDocument:
            Bilingual(
                zh: "没有这份文书，或者您无权查看。请核对文号。",
                en: "There is no such document, or none that you may see. Check its number.")
        }
    }
}

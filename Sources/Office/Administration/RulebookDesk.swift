import Foundation
import Records
import Rulebooks
import Storage

/// Brings another rulebook, or another version, into force: checked first, with what it would change.
public struct RulebookDesk: Sendable {
    let office: Office
    let workspace: Workspace

    public init(_ office: Office, workspace: Workspace) {
        (self.office, self.workspace) = (office, workspace)
    }

    /// A file by its path and the digest under which the archive keeps it.
    public struct File: Codable, Hashable, Sendable {
        public var path: String
        public var digest: String
    }

    /// The rulebook and its overlays that are to come into force.
    public struct Proposal: Codable, Hashable, Sendable {
        public var layers: [[File]]
    }

    /// What checking a proposal found.
    public struct Findings: Codable, Sendable {
        /// Something wrong with the files.
        public struct Problem: Codable, Hashable, Sendable {
            public var place: String
            public var code: String
            public var zh: String
            public var en: String
        }

        /// A line in both languages, with more below it.
        public struct Line: Codable, Hashable, Sendable {
            public var zh: String
            public var en: String
            public var details: [Line] = []
        }

        public var problems: [Problem] = []
        public var id = ""
        public var name = Line(zh: "", en: "")
        public var version = ""
        public var digest = ""
        /// Whether it is the rulebook in force already.
        public var isInForce = false
        /// What changes in words, and how the tables will be changed.
        public var changes: [Line] = []
        public var changeCount = 0
        public var plan: [Line] = []
        /// What overlays change, and what was not verified against the law.
        public var overlays: [Line] = []
        public var unverified = 0

        public var isGood: Bool { problems.isEmpty && !isInForce }

        static let listed = 1_000
    }

    /// What is wrong with what was sent.
    public enum Fault: Error, Hashable, Sendable {
        /// No file `rulebook.yaml` at the root.
        case noRulebook
        case tooLarge
        /// No such layer.
        case noLayer
    }

    // MARK: Proposals

    /// Where folders lie that may be proposed: those in `rulebooks` of the data folder.
    public var shelf: URL { workspace.folder.appendingPathComponent("rulebooks", isDirectory: true) }

    /// The names of the folders on the shelf that hold a rulebook.
    public func shelved() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: shelf.path)) ?? []).sorted().filter { name in
            let file = shelf.appendingPathComponent(name).appendingPathComponent("rulebook.yaml")
            return !name.hasPrefix(".") && FileManager.default.fileExists(atPath: file.path)
        }
    }

    /// The files of a folder on the shelf.
    public func files(shelved name: String) throws -> [RulebookFile] {
        guard shelved().contains(name) else { throw Fault.noRulebook }
        return try RulebookFolder.files(at: shelf.appendingPathComponent(name, isDirectory: true))
    }

    /// The names of the layers in force: the rulebook, then its overlays.
    public func layers() throws -> [String] {
        try workspace.layersInForce().enumerated().map { index, files in
            index == 0 ? "rulebook" : files.map(\.path).min() ?? "overlay \(index)"
        }
    }

    /// A proposal in which one layer of those in force is replaced, or another overlay added behind them.
    ///
    /// - Parameters:
    ///   - files: as they were sent; what is above the folder with `rulebook.yaml` is left out of their paths.
    ///   - layer: 0 for the rulebook, then the overlays; one more than there are adds an overlay.
    public func proposal(_ files: [RulebookFile], layer: Int) throws -> Proposal {
        guard files.reduce(0, { $0 + $1.bytes.count }) <= Self.mostBytes, files.count <= Self.mostFiles else {
            throw Fault.tooLarge
        }
        let files = try Self.rooted(files)
        var layers = try workspace.layersInForce()
        guard (0...layers.count).contains(layer) else { throw Fault.noLayer }
        if layer < layers.count { layers[layer] = files } else { layers.append(files) }
        return Proposal(
            layers: try layers.map { layer in
                try layer.map { File(path: $0.path, digest: try workspace.archive.keep($0.bytes)) }
            })
    }

    /// More than any rulebook needs.
    public static let mostBytes = 64 << 20
    private static let mostFiles = 5_000

    private static func rooted(_ files: [RulebookFile]) throws -> [RulebookFile] {
        let name = "rulebook.yaml"
        let roots = files.map(\.path).filter { $0 == name || $0.hasSuffix("/" + name) }
        guard let root = roots.min(by: { $0.utf8.count < $1.utf8.count }).map({ $0.dropLast(name.count) })
        else { throw Fault.noRulebook }
        return files.filter { $0.path.hasPrefix(root) }
            .map { RulebookFile(path: String($0.path.dropFirst(root.count)), bytes: $0.bytes) }
            .filter { RulebookFolder.accepts($0.path) }
            .sorted { $0.path < $1.path }
    }

    private func layers(of proposal: Proposal) throws -> [[RulebookFile]] {
        try proposal.layers.map { layer in
            try layer.map { file in
                guard let bytes = workspace.archive.bytes(file.digest) else {
                    throw WorkspaceProblem.rulebookAltered(folder: "")
                }
                return RulebookFile(path: file.path, bytes: bytes)
            }
        }
    }

    // MARK: Checking and adopting

    /// Checks a proposal and says what it would change; changes nothing.
    public func check(_ proposal: Proposal) throws -> Findings {
        var findings = Findings()
        let layers = try layers(of: proposal)
        guard let base = layers.first else { throw Fault.noLayer }
        let loaded: OverlaidRulebook
        do throws(RulebookProblems) {
            loaded = try RulebookLoader.load(base: base, overlays: Array(layers.dropFirst()))
        } catch {
            findings.problems = error.problems.prefix(Findings.listed).map {
                .init(
                    place: $0.position.description, code: $0.code.rawValue, zh: $0.message.zh,
                    en: $0.message.en)
            }
            return findings
        }
        let rulebook = loaded.rulebook
        findings.id = rulebook.id
        findings.name = .init(zh: rulebook.name.zh, en: rulebook.name.en)
        (findings.version, findings.digest) = (rulebook.version, rulebook.digest)
        findings.isInForce = rulebook.digest == office.rulebook.digest
        findings.unverified = rulebook.notices.count
        findings.overlays = loaded.changes.prefix(Findings.listed).map {
            .init(zh: $0.text(.zh), en: $0.text(.en))
        }
        let difference = RulebookDifference(from: office.rulebook, to: rulebook)
        findings.changeCount = difference.changes.count
        findings.changes = difference.changes.prefix(Findings.listed).map { change in
            .init(
                zh: change.sentence.zh, en: change.sentence.en,
                details: change.details.prefix(50).map { .init(zh: $0.sentence.zh, en: $0.sentence.en) })
        }
        findings.plan = try plan(for: rulebook, &findings)
        return findings
    }

    private func plan(for rulebook: Rulebook, _ findings: inout Findings) throws -> [Findings.Line] {
        do {
            return try office.store.planSchema(for: rulebook).steps.map {
                .init(zh: $0.reason, en: $0.reasonEnglish)
            }
        } catch StoreProblem.schemaRefused(let refusals) {
            findings.problems = refusals.map {
                .init(
                    place: [$0.kind, $0.field].compactMap(\.self).joined(separator: "."), code: "",
                    zh: $0.reason.zh, en: $0.reason.en)
            }
            return []
        }
    }

    /// Adopts a proposal: tables, ledger entry, figures. The office that works by the new rulebook is returned.
    ///
    /// - Throws: `Refusal` when the account may not, or another rulebook has come into force since the check.
    public func adopt(
        _ proposal: Proposal, checkedAgainst digest: String, by login: String
    ) throws -> Office {
        let actor = try office.store.read {
            try Accounts(office.rulebook).actor(.account(login), reader: $0)
        }
        guard office.rulebook.digest == digest else {
            throw Refusal(
                RefusalReason(
                    .alreadyDone, "检查之后已采用了另一部规则书，请重新检查。",
                    "Another rulebook has come into force since the check; check again."))
        }
        return try workspace.adopt(layers: try layers(of: proposal), by: actor, now: office.now)
    }
}

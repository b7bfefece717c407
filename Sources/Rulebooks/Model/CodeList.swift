import Expressions

/// A list of named items, flat or a tree, in dated versions.
public struct CodeList: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The versions in order of time; a list without versions has one that is always in force.
    public let versions: [Dated<[CodeItem]>]
    private let indexes: [CodeIndex]

    /// Makes a list of versions in order of `since`.
    public init(id: String, name: Bilingual, versions: [Dated<[CodeItem]>]) {
        self.id = id
        self.name = name
        self.versions = versions
        indexes = versions.map { CodeIndex($0.item) }
    }

    /// The item of an id in the version in force on a day; nil day means the latest version.
    public func item(_ id: String, on date: CivilDate?) -> CodeItem? {
        guard let position = versionIndex(on: date) else { return nil }
        return indexes[position].byID[id].map { versions[position].item[$0] }
    }

    /// The item that a text means on a day: its id, code, Chinese or English name, or an alias, in that order.
    ///
    /// English names are compared without regard to case. Nil when nothing, or more than one item, is meant.
    public func resolve(_ text: String, on date: CivilDate?) -> CodeItem? {
        guard let position = versionIndex(on: date) else { return nil }
        return indexes[position].resolve(text).map { versions[position].item[$0] }
    }

    /// The items in force on a day, in order of declaration; nil day means the latest version.
    public func items(on date: CivilDate?) -> [CodeItem] {
        versionIndex(on: date).map { versions[$0].item } ?? []
    }

    /// The item of an id in whichever version has it, the latest first: for showing what is on file.
    public func anyItem(_ id: String) -> CodeItem? {
        for position in versions.indices.reversed() {
            if let found = indexes[position].byID[id] { return versions[position].item[found] }
        }
        return nil
    }

    /// Whether the item is `ancestor` or lies under it on a day.
    public func isItem(_ id: String, under ancestor: String, on date: CivilDate?) -> Bool {
        var current: String? = id
        var stepsLeft = 64
        while let step = current, stepsLeft > 0 {
            if step == ancestor { return true }
            current = (item(step, on: date) ?? anyItem(step))?.under
            stepsLeft -= 1
        }
        return false
    }

    private func versionIndex(on date: CivilDate?) -> Int? {
        guard let date else { return versions.indices.last }
        guard let position = versions.lastIndex(where: { $0.since <= date }) else { return nil }
        if let until = versions[position].until, until < date { return nil }
        return position
    }
}

/// An item of a code list.
public struct CodeItem: Hashable, Sendable {
    /// The id, which is what records hold.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The item above it in a tree.
    public let under: String?
    /// The code that a standard gives it.
    public let code: String?
    /// Other texts that mean it.
    public let aliases: [String]
    /// The items of the next version that take its place.
    public let successors: [String]

    /// Makes an item.
    public init(
        id: String, name: Bilingual, under: String? = nil, code: String? = nil, aliases: [String] = [],
        successors: [String] = []
    ) {
        self.id = id
        self.name = name
        self.under = under
        self.code = code
        self.aliases = aliases
        self.successors = successors
    }
}

/// What each text means in one version of a list.
private struct CodeIndex: Sendable {
    var byID: [String: Int] = [:]
    private var byCode: [String: Int] = [:]
    private var byText: [String: Int] = [:]

    /// Stands for a text that more than one item answers to.
    private static let ambiguous = -1

    init(_ items: [CodeItem]) {
        for (position, item) in items.enumerated() {
            byID[item.id] = byID[item.id] ?? position
            if let code = item.code { Self.add(code, position, to: &byCode) }
            for text in [item.name.zh, item.name.en] + item.aliases {
                Self.add(text.lowercased(), position, to: &byText)
            }
        }
    }

    func resolve(_ text: String) -> Int? {
        if let position = byID[text] { return position }
        if let position = byCode[text] { return position == Self.ambiguous ? nil : position }
        guard let position = byText[text.lowercased()], position != Self.ambiguous else { return nil }
        return position
    }

    private static func add(_ text: String, _ position: Int, to index: inout [String: Int]) {
        if let present = index[text], present != position {
            index[text] = ambiguous
        } else {
            index[text] = position
        }
    }
}

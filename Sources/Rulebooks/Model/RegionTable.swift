import Expressions

/// The tree of administrative divisions (GB/T 2260 and its finer levels), present and former.
///
/// A code is a text of digits whose prefixes are its ancestors; a padded code is filled with zeros to the
/// full length. Every function that takes a code takes it padded or not. Kept as sorted arrays, so that
/// forty-five thousand divisions cost a few megabytes.
public struct RegionTable: Sendable {
    /// The name people read.
    public let name: Bilingual
    /// The levels from the coarsest.
    public let levels: [RegionLevel]
    /// The length of a padded code.
    public let pad: Int

    /// Present codes in ascending order; the other arrays run along.
    let codes: [UInt64]
    let levelIndexes: [UInt8]
    let nameBytes: [UInt8]
    /// Where the Chinese and the English name of region `i` end in `nameBytes`: `2 * i` and `2 * i + 1`.
    let nameEnds: [UInt32]
    let former: [UInt64: [FormerRegion]]
    let successions: [UInt64: [RegionSuccession]]
    /// Positions by Chinese name; the ambiguous ones are left out.
    let positionsByName: [String: Int]

    /// A table without divisions.
    public static let empty = RegionTable(
        name: Bilingual(zh: "", en: ""), levels: [], pad: 12, codes: [], levelIndexes: [], nameBytes: [],
        nameEnds: [], former: [:], successions: [:], positionsByName: [:])

    /// How many present divisions there are.
    public var count: Int { codes.count }

    /// Whether there is none.
    public var isEmpty: Bool { codes.isEmpty }

    /// The region that a text means: digits of any level, a padded code, or a name.
    ///
    /// A name is one that only one region has, or several from province down: 浙江省杭州市上城区.
    /// Former codes are understood too. Nil when nothing, or more than one region, is meant.
    public func resolve(_ text: String) -> Region? {
        if let number = paddedNumber(text) {
            if let position = position(of: number) { return region(at: position) }
            guard let last = former[number]?.max(by: { $0.from < $1.from }) else { return nil }
            return formerRegion(last)
        }
        if let position = positionsByName[text] { return region(at: position) }
        return resolveNamePath(Substring(text), under: nil)
    }

    /// The present or former region of a code.
    public func region(_ code: String) -> Region? {
        paddedNumber(code) == nil ? nil : resolve(code)
    }

    /// The name a code has, or had on a day.
    public func name(_ code: String, on date: CivilDate? = nil) -> Bilingual? {
        guard let number = paddedNumber(code) else { return nil }
        if let date, let found = former[number]?.first(where: { $0.holds(on: date) }) {
            return Bilingual(zh: found.name, en: found.name)
        }
        return region(code)?.name
    }

    /// The names from the province down to the region, such as 浙江省杭州市上城区.
    public func fullName(_ code: String, on date: CivilDate? = nil) -> Bilingual? {
        guard let own = name(code, on: date) else { return nil }
        let above = ancestors(code).compactMap { name($0, on: date) }
        return Bilingual(
            zh: (above + [own]).map(\.zh).joined(),
            en: ([own] + above.reversed()).map(\.en).joined(separator: ", "))
    }

    /// The padded code of the nearest region above, or nil at the top or for an unknown code.
    public func parent(_ code: String) -> String? { ancestors(code).last }

    /// The padded codes of the regions above, from the coarsest.
    public func ancestors(_ code: String) -> [String] {
        guard let number = paddedNumber(code) else { return [] }
        let own = digitCount(number)
        return levels.filter { $0.digits < own }.compactMap { level in
            let above = number - number % Self.power(pad - level.digits)
            return position(of: above) == nil ? nil : padded(above)
        }
    }

    /// The padded code of the region of a level that a code lies in, itself included, or nil.
    public func ancestor(_ code: String, level: String) -> String? {
        guard let number = paddedNumber(code), let level = levels.first(where: { $0.id == level }),
            level.digits <= digitCount(number)
        else { return nil }
        return padded(number - number % Self.power(pad - level.digits))
    }

    /// The padded codes of the regions right below, in ascending order.
    public func children(_ code: String) -> [String] {
        guard let number = paddedNumber(code) else { return [] }
        let range = positions(under: number)
        return outermost(range.drop { codes[$0] == number })
    }

    /// The padded codes of the regions that lie in no other, in ascending order.
    public var roots: [String] { outermost(codes[...].indices) }

    /// Present codes within a region whose Chinese name contains a text, the coarser levels first.
    ///
    /// - Parameter region: a code; empty for everywhere.
    public func codes(containing text: String, within region: String = "", limit: Int) -> [String] {
        let needle = Array(text.utf8)
        guard !needle.isEmpty, limit > 0 else { return [] }
        let range: Range<Int>
        if region.isEmpty {
            range = codes.indices
        } else {
            guard let number = paddedNumber(region) else { return [] }
            range = positions(under: number)
        }
        var found: [[Int]] = Array(repeating: [], count: levels.count)
        for position in range where found.first?.count ?? 0 < limit {
            let level = min(Int(levelIndexes[position]), levels.count - 1)
            guard level >= 0, found[level].count < limit else { continue }
            let start = position == 0 ? 0 : Int(nameEnds[2 * position - 1])
            let name = nameBytes[start..<Int(nameEnds[2 * position])]
            if Self.contains(needle, in: name) { found[level].append(position) }
        }
        return Array(found.joined().prefix(limit)).map { padded(codes[$0]) }
    }

    private static func contains(_ needle: [UInt8], in name: ArraySlice<UInt8>) -> Bool {
        guard name.count >= needle.count else { return false }
        return (name.startIndex...(name.endIndex - needle.count)).contains { start in
            name[start..<(start + needle.count)].elementsEqual(needle)
        }
    }

    /// All present padded codes of a level, in ascending order.
    public func codes(ofLevel id: String) -> [String] {
        guard let wanted = levels.firstIndex(where: { $0.id == id }) else { return [] }
        return codes.indices.filter { Int(levelIndexes[$0]) == wanted }.map { padded(codes[$0]) }
    }

    /// The id of the level of a code, or nil for an unknown one.
    public func level(_ code: String) -> String? { region(code)?.level }

    /// Whether one level is as fine as another or finer.
    public func isLevel(_ level: String, atLeast coarser: String) -> Bool {
        guard let fine = levels.first(where: { $0.id == level }),
            let coarse = levels.first(where: { $0.id == coarser })
        else { return false }
        return fine.digits >= coarse.digits
    }

    /// The significant digits of a code: `3301` for `330100000000`. Empty for what is no code.
    public func prefix(_ code: String) -> String {
        guard let number = paddedNumber(code) else { return "" }
        return String(padded(number).prefix(digitCount(number)))
    }

    /// Whether a code lies in a region or is it.
    public func contains(_ code: String, in ancestor: String) -> Bool {
        guard let number = paddedNumber(code), let above = paddedNumber(ancestor) else { return false }
        let size = Self.power(pad - digitCount(above))
        return number - number % size == above
    }

    /// The padded code that stands, on a day, in the place of a former one; nil when none does.
    ///
    /// Successions are followed to the last in force on the day; where a region was divided, to the first named.
    public func successor(_ code: String, on date: CivilDate) -> String? {
        guard var number = paddedNumber(code) else { return nil }
        var found: String?
        for _ in 0..<16 {
            guard let next = successions[number]?.first(where: { $0.on <= date }),
                let following = paddedNumber(next.successor), following != number
            else { break }
            (number, found) = (following, next.successor)
        }
        return found
    }

    /// All successions, by former code.
    public var allSuccessions: [RegionSuccession] {
        successions.keys.sorted().flatMap { successions[$0] ?? [] }
    }
}

extension RegionTable {
    /// Reads a code of any length up to the full one; nil when it is not all digits or too long.
    func paddedNumber(_ text: String) -> UInt64? {
        var number: UInt64 = 0
        var length = 0
        for byte in text.utf8 {
            guard byte >= 0x30, byte <= 0x39, length < pad else { return nil }
            number = number * 10 + UInt64(byte - 0x30)
            length += 1
        }
        guard length >= 2 || length == pad else { return nil }
        return number * Self.power(pad - length)
    }

    /// The significant digits of a padded code: those of the coarsest level that loses nothing.
    func digitCount(_ number: UInt64) -> Int {
        levels.first { number % Self.power(pad - $0.digits) == 0 }?.digits ?? pad
    }

    func padded(_ number: UInt64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, pad - digits.utf8.count)) + digits
    }

    static func power(_ exponent: Int) -> UInt64 {
        var result: UInt64 = 1
        for _ in 0..<min(max(exponent, 0), 18) { result *= 10 }
        return result
    }

    func position(of number: UInt64) -> Int? {
        let found = lowerBound(number)
        return found < codes.count && codes[found] == number ? found : nil
    }

    private func lowerBound(_ number: UInt64) -> Int {
        var (low, high) = (0, codes.count)
        while low < high {
            let middle = (low + high) / 2
            if codes[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func positions(under number: UInt64) -> Range<Int> {
        lowerBound(number)..<lowerBound(number + Self.power(pad - digitCount(number)))
    }

    /// The regions of a run of positions that lie in no other of them: what follows a region and lies in it is stepped
    /// over, since a region stands before all that lies in it.
    private func outermost(_ positions: Range<Int>) -> [String] {
        var found: [String] = []
        var position = positions.lowerBound
        while position < positions.upperBound {
            let number = codes[position]
            found.append(padded(number))
            position = max(position + 1, lowerBound(number + Self.power(pad - digitCount(number))))
        }
        return found
    }

    private func region(at position: Int) -> Region {
        let level = Int(levelIndexes[position])
        return Region(
            code: padded(codes[position]), name: names(at: position),
            level: levels.indices.contains(level) ? levels[level].id : "")
    }

    private func names(at position: Int) -> Bilingual {
        let start = position == 0 ? 0 : Int(nameEnds[2 * position - 1])
        let (middle, end) = (Int(nameEnds[2 * position]), Int(nameEnds[2 * position + 1]))
        let zh = String(decoding: nameBytes[start..<middle], as: UTF8.self)
        return Bilingual(
            zh: zh, en: middle == end ? zh : String(decoding: nameBytes[middle..<end], as: UTF8.self))
    }

    private func formerRegion(_ region: FormerRegion) -> Region {
        let digits = digitCount(region.code)
        return Region(
            code: padded(region.code), name: Bilingual(zh: region.name, en: region.name),
            level: levels.first { $0.digits == digits }?.id ?? "")
    }

    private func resolveNamePath(_ text: Substring, under code: String?) -> Region? {
        var found: Region?
        for candidate in code.map(children) ?? roots {
            guard let region = region(candidate), text.hasPrefix(region.name.zh) else { continue }
            let rest = text.dropFirst(region.name.zh.count)
            guard let match = rest.isEmpty ? region : resolveNamePath(rest, under: candidate) else {
                continue
            }
            if found != nil { return nil }
            found = match
        }
        return found
    }
}

extension FormerRegion {
    func holds(on date: CivilDate) -> Bool {
        if date < from { return false }
        if let until, date > until { return false }
        return true
    }
}

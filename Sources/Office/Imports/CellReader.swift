import Expressions
import Rulebooks

/// Reads cells into values from their bytes, for the spellings that most cells have.
///
/// Whatever it reads, `FieldCoercion` reads the same; what it does not, it leaves to `FieldCoercion`, which
/// also knows what is wrong with a cell. Codes and regions that were understood once are remembered.
struct CellReader {
    private enum Way: Sendable {
        case text(maximumBytes: Int)
        case integer(ClosedRange<Int64>)
        case decimal(places: Int, minimum: ExactDecimal?, maximum: ExactDecimal?)
        case date
        case moment
        case party
        case reference
        /// Remembered in the table of this number; `list` when the governing day matters.
        case remembered(table: Int, list: String?)
        case none
    }

    private struct Memory {
        var table = ByteTable()
        var values: [Value] = []
    }

    /// How many different cells are remembered of a column.
    private static let limit = 8_192

    private let ways: [Way]
    private let offsetSeconds: Int
    private let versions: [String: [(since: CivilDate, until: CivilDate?)]]
    private var memories: [Memory] = []

    init(_ kind: Kind, rulebook: Rulebook) {
        var ways: [Way] = []
        var versions: [String: [(since: CivilDate, until: CivilDate?)]] = [:]
        var memories: [Memory] = []
        for field in kind.fields {
            let way = Self.way(field, memory: memories.count)
            if case .remembered(_, let list) = way {
                memories.append(Memory())
                if let list {
                    versions[list] = rulebook.codeLists[list]?.versions.map { ($0.since, $0.until) }
                }
            }
            ways.append(way)
        }
        (self.ways, self.versions, self.memories) = (ways, versions, memories)
        offsetSeconds = rulebook.timeZoneOffsetSeconds
    }

    private static func way(_ field: Field, memory: Int) -> Way {
        switch field.type {
        case .text(let limits):
            guard limits.minimum == nil, limits.pattern == nil, !limits.namesRole else { return .none }
            // No text has more characters than bytes.
            return .text(maximumBytes: limits.maximum ?? FieldCoercion.maximumCharacters)
        case .integer(let minimum, let maximum):
            guard (minimum ?? .min) <= (maximum ?? .max) else { return .none }
            return .integer((minimum ?? .min)...(maximum ?? .max))
        case .decimal(let places, let minimum, let maximum):
            return (0...9).contains(places)
                ? .decimal(places: places, minimum: minimum, maximum: maximum) : .none
        case .money(let minimum, let maximum):
            return .decimal(
                places: 2, minimum: minimum.map { ExactDecimal(unscaled: $0, scale: 2) },
                maximum: maximum.map { ExactDecimal(unscaled: $0, scale: 2) })
        case .boolean, .region: return .remembered(table: memory, list: nil)
        case .code(let list): return .remembered(table: memory, list: list)
        case .date: return .date
        case .moment: return .moment
        case .party: return .party
        case .reference: return .reference
        case .person, .geo, .files, .table: return .none
        }
    }

    /// The value of a cell as of a day; nil when `FieldCoercion` must be asked.
    func read(_ bytes: UnsafeBufferPointer<UInt8>, field: Int, on day: CivilDate) -> Value? {
        switch ways[field] {
        case .text(let maximum):
            guard bytes.count <= maximum, CellBytes.isTrimmed(bytes), CellBytes.isClean(bytes) else {
                return nil
            }
            return .string(String(decoding: bytes, as: UTF8.self))
        case .reference:
            return CellBytes.isTrimmed(bytes) ? .string(String(decoding: bytes, as: UTF8.self)) : nil
        case .integer(let range):
            guard let number = CellBytes.integer(bytes), range.contains(number) else { return nil }
            return .int(number)
        case .decimal(let places, let minimum, let maximum):
            guard let number = CellBytes.decimal(bytes, places: places) else { return nil }
            if let minimum, number < minimum { return nil }
            if let maximum, number > maximum { return nil }
            return .decimal(number)
        case .date: return CellBytes.date(bytes).map(Value.date)
        case .moment: return CellBytes.moment(bytes, offsetSeconds: offsetSeconds).map(Value.timestamp)
        case .party:
            return CellBytes.isCreditCode(bytes) ? .string(String(decoding: bytes, as: UTF8.self)) : nil
        case .remembered(let table, let list):
            let found = memories[table].table.find(
                UnsafeRawBufferPointer(bytes), stamp: stamp(list, day))
            return found.map { memories[table].values[$0] }
        case .none: return nil
        }
    }

    /// Remembers what `FieldCoercion` made of a cell without finding fault with it.
    mutating func remember(
        _ value: Value, of bytes: UnsafeBufferPointer<UInt8>, field: Int, on day: CivilDate
    ) {
        guard case .remembered(let table, let list) = ways[field], memories[table].values.count < Self.limit,
            bytes.count <= 256
        else { return }
        let key = UnsafeRawBufferPointer(bytes)
        let version = stamp(list, day)
        guard memories[table].table.find(key, stamp: version) == nil else { return }
        _ = memories[table].table.insert(key, stamp: version)
        memories[table].values.append(value)
    }

    /// The version of a code list in force on a day: 0 for none, and where there is no list.
    private func stamp(_ list: String?, _ day: CivilDate) -> UInt64 {
        guard let list, let versions = versions[list],
            let found = versions.lastIndex(where: { $0.since <= day })
        else { return 0 }
        if let until = versions[found].until, until < day { return 0 }
        return UInt64(found) + 1
    }
}

import Figures
import Storage

private enum Cells {
    static func random(_ numbers: inout SeededNumbers) -> [TallyKey: Int64] {
        var deltas: [TallyKey: Int64] = [:]
        for _ in 0..<200 {
            let measure = numbers.pick("found", "closed", "closed?")
            let dimensions =
                measure == "closed?"
                ? [] : [numbers.pick("", "general", "major"), numbers.pick("fall", "'x'", "坠")]
            let month: Int32 = numbers.pick(-1, 24_313, 24_314, 24_320)
            let region = numbers.pick("330106000000", "330108000000", "330200000000", "110000000000")
            let key = TallyKey(measure: measure, month: month, region: region, dimensions: dimensions)
            deltas[key] = Int64(numbers.next() % 5) - 2
        }
        return deltas
    }

    static func sums(_ model: [TallyKey: Int64], _ request: CellRequest) throws -> Set<CellSum> {
        var sums: [CellSum: Int64] = [:]
        for (key, value) in model where request.includes(key) {
            if let dimension = request.grouping.dimension, !key.dimensions.indices.contains(dimension) {
                continue
            }
            let group = CellSum(
                measure: key.measure, month: request.grouping.byMonth ? key.month : Months.none,
                region: request.grouping.regionDigits.map { String(key.region.prefix($0)) } ?? "",
                dimension: request.grouping.dimension.map { key.dimensions[$0] } ?? "", value: 0)
            sums[group, default: 0] += value
        }
        return Set(
            sums.map { group, value in
                CellSum(
                    measure: group.measure, month: group.month, region: group.region,
                    dimension: group.dimension,
                    value: value)
            })
    }

    static func request(_ numbers: inout SeededNumbers) -> CellRequest {
        CellRequest(
            measures: numbers.pick(["found"], ["found", "closed"], ["closed?"], ["none"], []),
            months: numbers.pick(nil, 24_313...24_313, 24_300...24_400, 24_313...24_314),
            includesUndated: numbers.pick(false, true),
            regionPrefixes: numbers.pick([""], ["33"], ["3301", "11"], ["330106"], ["999"]),
            restrictions: numbers.pick(
                [:], [0: ["major"]], [1: ["'x'", "坠"], 0: [""]], [5: ["x"]], [0: []]),
            grouping: CellGrouping(
                byMonth: numbers.pick(false, true), regionDigits: numbers.pick(nil, 2, 4, 6),
                dimension: numbers.pick(nil, 0, 1)))
    }
}

extension StoreContract {
    static let tallyClauses: [Clause] = [
        clause("sums of tally cells equal those of a model under random changes") { harness in
            let (store, _, _) = try Samples.opened(harness)
            var numbers = SeededNumbers(2026)
            var model: [TallyKey: Int64] = [:]
            for _ in 0..<20 {
                let deltas = Cells.random(&numbers)
                try store.write { try $0.add(deltas) }
                for (key, delta) in deltas {
                    let sum = model[key, default: 0] + delta
                    model[key] = sum == 0 ? nil : sum
                }
            }
            try store.read { reader in
                var cells: [TallyKey: Int64] = [:]
                try reader.eachTallyCell { cells[$0] = $1 }
                try expect(cells == model, "cells")
                for _ in 0..<400 {
                    let request = Cells.request(&numbers)
                    let sums = try reader.cellSums(request)
                    try expectEqual(Set(sums), try Cells.sums(model, request), "\(request)")
                    try expectEqual(sums.count, Set(sums).count)
                }
            }
        },
        clause("replacing the cells leaves nothing of the old ones, and zero is not kept") { harness in
            let (store, _, _) = try Samples.opened(harness)
            var numbers = SeededNumbers(1)
            let old = Cells.random(&numbers)
            let new = Cells.random(&numbers)
            try store.write { writer in
                try writer.add(old)
                try writer.replaceTallies(new)
            }
            var cells: [TallyKey: Int64] = [:]
            try store.read { try $0.eachTallyCell { cells[$0] = $1 } }
            try expect(cells == new.filter { $0.value != 0 })
            try store.write { try $0.add(new.mapValues { -$0 }) }
            try store.read { try $0.eachTallyCell { key, _ in try expect(false, "\(key) is left") } }
        },
        clause("a sum beyond 64 bits is refused and changes nothing") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let key = TallyKey(measure: "loss", month: 1, region: "33", dimensions: [])
            try store.write { try $0.add([key: .max]) }
            do {
                try store.write { try $0.add([key: 1]) }
                try expect(false, "nothing was thrown")
            } catch is StoreProblem {}
            var values: [Int64] = []
            try store.read { try $0.eachTallyCell { values.append($1) } }
            try expectEqual(values, [.max])
        },
    ]
}

/// Which unit the figures of a noun are printed with: 起数 with 起, 死亡人数 with 人, 产值 with 元.
enum UnitNouns {
    /// Nouns and their units; the longer ones are tried first.
    private static let table: [(noun: String, unit: String)] = [
        ("死亡人数", "人"), ("死亡总人数", "人"), ("死亡事故", "起"), ("事故死亡总数", "人"), ("事故死亡", "人"), ("死亡总数", "人"),
        ("受伤人数", "人"), ("伤亡人数", "人"), ("事故起数", "起"), ("事故总数", "起"), ("事故总起数", "起"), ("起数", "起"),
        ("人次", "人次"), ("人数", "人"), ("总人数", "人"), ("户数", "户"), ("件数", "件"), ("家数", "家"), ("宗数", "宗"),
        ("例数", "例"),
        ("次数", "次"), ("批次数", "批次"), ("批次", "批次"), ("台数", "台"), ("栋数", "栋"), ("条数", "条"), ("项数", "项"),
        ("总户数", "户"), ("案件数", "件"), ("企业数", "家"), ("死亡", "人"), ("人口", "人"), ("产值", "元"), ("总产值", "元"),
        ("金额", "元"), ("总额", "元"), ("投资", "元"), ("收入", "元"), ("支出", "元"), ("利润", "元"), ("税收", "元"),
        ("增加值", "元"),
        ("销售额", "元"), ("合同额", "元"), ("损失", "元"), ("面积", "平方米"), ("企业", "家"), ("事故", "起"), ("员工", "人"),
        ("职工", "人"),
        ("案件", "件"), ("隐患", "项"), ("项目", "个"), ("人员", "人"), ("农户", "户"), ("住户", "户"), ("家庭", "户"),
        ("车辆", "辆"),
        ("资金", "元"), ("生产总值", "元"), ("货值", "元"), ("罚款", "元"), ("病例", "例"), ("投诉", "件"), ("电梯", "台"),
        ("设备", "台"),
    ]
    static let nouns = PhraseSet(table.map(\.noun))
    private static let units = table.map { UnitKey(UnitCode($0.unit)) }

    /// The units of the nouns in a stretch of text, in their order, without a repetition of the last one.
    static func units(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> [UnitKey] {
        var found: [UnitKey] = []
        var place = range.lowerBound
        while place < range.upperBound {
            guard let noun = nouns.match(at: place, before: range.upperBound, in: scalars) else {
                place += 1
                continue
            }
            let unit = units[noun.number]
            // 事故起数 is one noun with one unit even when written 事故的起数, and 死亡人数 is not two.
            if found.last != unit { found.append(unit) }
            place += noun.length
        }
        return found
    }

    /// Whether figures of the two units may count things of one kind.
    ///
    /// Equal units, or one that is left out, and counters that texts use for the same things.
    static func agree(_ first: UnitKey, _ second: UnitKey) -> Bool {
        first.code == second.code || first.groups & second.groups != 0
    }

    /// For each counter the groups it belongs to, one bit each.
    static let groupBits: UnitTable = {
        var bits: [String: UInt32] = [:]
        for (place, group) in groups.enumerated() {
            for unit in group { bits[unit, default: 0] |= 1 << UInt32(place) }
        }
        return UnitTable(bits)
    }()

    /// Counters that are used for the same things in one sentence.
    private static let groups: [Set<String>] = [
        ["起", "宗", "件", "例"], ["人", "名", "位", "人次"], ["家", "户", "个"], ["条", "项", "处", "个"],
        ["批次", "批", "组", "个", "份"],
        ["栋", "幢", "座"], ["台", "台套", "套", "部"], ["元", "人民币"], ["平方米", "㎡"], ["公里", "千米"],
    ]
}

/// A unit with the counters that are used for the same things.
struct UnitKey: Hashable, Sendable {
    let code: UnitCode
    /// The groups of counters it belongs to, one bit each.
    let groups: UInt32

    init(_ unit: UnitCode) {
        code = unit
        groups = UnitNouns.groupBits[unit]
    }
}

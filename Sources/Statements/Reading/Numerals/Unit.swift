/// What may stand behind a number: counters, measures, and what makes it another sort of figure.
struct Unit: Sendable {
    enum Kind: Sendable {
        case counter
        case measure
        case time
        case percent
        case permille
        case point
        case times
        case tenths
        /// 号 # 版: what stands before it is no amount.
        case label
        /// 级 期 届: what stands before it is a place in an order when it is a Chinese numeral.
        case grade
    }

    let name: String
    let kind: Kind
    let scalarCount: Int
    /// Whether it begins with a Latin letter, so that a letter behind it makes another word.
    let isLatin: Bool

    init(name: String, kind: Kind) {
        (self.name, self.kind, scalarCount) = (name, kind, name.unicodeScalars.count)
        isLatin = name.unicodeScalars.first.map { ScalarClasses.shared[$0] == .letter } ?? false
    }

    /// The units by the index of `table`.
    static let all: [Unit] = lists.flatMap { kind, names in
        names.split(separator: " ").map { Unit(name: String($0), kind: kind) }
    }

    static let table = WordTable(all.map(\.name))

    /// The unit at a place, unless a longer word begins there that only looks like it: 部署, 项目, 名称.
    static func read(_ scalars: [Unicode.Scalar], at place: Int) -> (unit: Unit, range: Range<Int>)? {
        guard let match = table.match(scalars, at: place) else { return nil }
        let unit = all[match.word]
        let end = match.range.upperBound
        if unit.isLatin, end < scalars.count, ScalarClasses.shared[scalars[end]] == .letter { return nil }
        return (unit, compound(scalars, match.range))
    }

    /// Takes in what a quantity is counted per: 元/平方米, 人/平方公里.
    private static func compound(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Range<Int> {
        guard range.upperBound < scalars.count, scalars[range.upperBound] == "/",
            let second = table.match(scalars, at: range.upperBound + 1)
        else { return range }
        return range.lowerBound..<second.range.upperBound
    }

    /// Whether a longer word begins at a place instead of the unit: 部署, 项目, 成立.
    static func isOtherWord(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
        guard let match = otherWords.match(scalars, at: range.lowerBound) else { return false }
        return match.range.count > range.count
    }

    private static let lists: [(Kind, String)] = [
        (.percent, "%"), (.permille, "‰"), (.point, "个百分点 百分点"), (.times, "倍"), (.tenths, "成"),
        (.label, "号 # 版"),
        (.grade, "级 期 届 等奖 等品 年级"),
        (
            .counter,
            """
            起 人 家 条 项 户 栋 幢 座 个 名 位 件 次 批 台 套 辆 艘 架 只 头 匹 张 幅 份 本 册 篇 场 处 所 间 \
            层 支 队 部 片 块 段 根 颗 粒 株 棵 枚 面 门 组 类 种 例 宗 笔 双 盏 盒 箱 袋 瓶 桶 包 罐 班 课时 \
            学时 标段 卷 字 轮 遍 回 席 床 站 点 口 道 路 番 孔 眼 节 句 款 档 对 副 把 尊 顶 封 页 版面 人份 \
            批次 件次 人次 台次 家次 户次 车次 班次 架次 场次 艘次 辆次 台套 台件 项次 厂次 组次 条次 处次 起次 \
            个次 样次 组件 人月 团次 队次 点次 例次 平台次 趟 趟次 针 剂次 剂 头次 羽 股 单位 \
            部门 企业 品种
            """
        ),
        (
            .measure,
            """
            元 美元 欧元 港元 日元 元人民币 元/人 平方米 平方公里 平方千米 立方米 公里 千米 海里 米 厘米 毫米 微米 \
            公顷 亩 平方 吨 千克 公斤 克 毫克 微克 斤 升 毫升 千瓦 兆瓦 千瓦时 千伏 千伏安 伏 安 瓦 度 \
            摄氏度 ℃ 分贝 帕 兆帕 千帕 吨标准煤 标准煤 卡 千卡 分 角 桶油当量 标箱 车公里 人公里 \
            吨公里 米/秒 延米 延长米 km² m² m³ km m cm mm kg g mg t kW MW kWh kV L ml mL ha h min s ㎡ ㎏ ㎜ ㎝ ㎞ \
            MPa kPa Pa dB mg/L mg/kg μg μm
            """
        ),
        (
            .time,
            """
            年 个月 个季度 个工作日 工作日 天 日 小时 个小时 分钟 秒 秒钟 周 个星期 星期 周岁 岁 周年 个年度 个学期 \
            学年 昼夜 自然日 个自然日 个交易日 年度 旬
            """
        ),
    ]

    private static let otherWords = WordTable(
        """
        部署 部门 部委 部分 部队 部件 部属 组织 组成 组建 组合 项目 条件 条例 条款 处理 处置 处罚 处分 处于 所有 \
        所属 所在 场所 场地 场景 场面 台账 台阶 位置 位于 位一体 位居 面向 面对 面临 对于 对象 对外 对接 对照 批准 \
        批复 批示 批发 期间 期限 次要 级别 名称 名义 名誉 名录 名优 名单 户籍 户口 户外 家庭 家长 家电 家具 门类 \
        道路 道德 路径 路线 本地 本级 本身 本质 本市 本省 本区 班子 班组 类似 种植 种子 种养 层面 层级 层次 单位 \
        点评 点击 件事 成立 成功 成为 成果 成员 成本 成效 成绩 成熟 成长 成交 成不变 成套 成品 成因 分钟 分析 分别 \
        分工 分类 分解 分布 分管 分局 分支 分子 分母 分包 角度 里面 里程 人民 人口 人才 人员 人均 人大 人社 \
        人事 人类 人身 口径 口岸 口气 字型 年来 日常 日益 票否决 票制 站式 线 张家 把手 条龙 条心 体化 户一档 企一策 \
        件一 事一 案一 岗双责 路同行 路走来 步到位 点一滴 口咬定 个劲 天天 年一度 起来 起到 面之词 方面 回事 头雾水 \
        把关 把抓 门心思 类别 组别 方案 方向 方式 方法 方针 方便 度假 段时间 节约 节能 节点 面子 升级 升高 克服 \
        米兰 斤斤 秒杀 周边 周围 周密 队伍 队员 片区 片面 支持 支撑 支部 支付 支队 根本 根据 座谈 座位 只要 只有 \
        头部 头条 份额 份子 句话 间接 间隔 间距 层楼 卷入 轮廓 档案 款项 封闭 页面 包括 包含 包装 包干 单独 单项 股份 \
        股东 股权 对口 对标 双创 双减 双拥 双控 号召 版本 版权
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}

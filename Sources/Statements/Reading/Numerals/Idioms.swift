/// Chinese numerals that stand in words and count nothing.
enum Idioms {
    /// Where a fixed expression ends that begins with a numeral: 一定, 三令五申.
    static func end(_ scalars: [Unicode.Scalar], at place: Int) -> Int? {
        table.match(scalars, at: place)?.range.upperBound
    }

    /// Whether the numeral at a place belongs to the word before it: 统一, 万一, 数十, 进一步, 之一.
    static func isPartOfWord(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        guard place > 0 else { return false }
        let before = scalars[place - 1]
        switch scalars[place] {
        case "一": return beforeOne.contains(before)
        case "十", "百", "千", "万", "亿": return beforeFactor.contains(before)
        default: return false
        }
    }

    /// Whether a single Chinese digit with a counter counts: 三个 does; 一步, 二次 and 一起去 do not.
    static func mayCount(_ scalars: [Unicode.Scalar], at place: Int, unit: String) -> Bool {
        switch scalars[place] {
        case "一":
            if unit == "起" { return isIncident(scalars, place) }
            return countedByOne.contains(unit)
        case "二": return countedByTwo.contains(unit)
        case "〇", "零": return unit != "点" && unit != "时"
        case "十": return unit != "分"
        default: return true
        }
    }

    /// Whether 一起 counts an incident rather than meaning together.
    private static func isIncident(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
        if place > 0, Marks.beforeIncident.contains(scalars[place - 1]) { return true }
        for next in min(place + 2, scalars.count)..<min(place + 12, scalars.count) {
            if incidents.contains(scalars[next]) { return true }
            if ScalarClasses.shared[scalars[next]] == .punctuation { return false }
        }
        return false
    }

    private static let incidents: ScalarSet = "故案灾"
    private static let beforeOne: ScalarSet = "统唯专单同合划归不进下上另某逐惟再又如第之其万始均稍守新老这那哪任整"
    private static let beforeFactor: ScalarSet = "数几上成若好许"

    private static let countedByOne: Set<String> = Set(
        """
        个 人 家 名 户 项 件 例 座 栋 幢 处 台 辆 次 条 期 所 宗 位 年 个月 天 周 小时 公里 米 吨 亩 公顷 元 倍 番 \
        成 个工作日 个百分点 百分点 季 套 支 只 艘 架 篇 场 间
        """.split(whereSeparator: \.isWhitespace).map(String.init))
    private static let countedByTwo: Set<String> = [
        "人", "名", "起", "成", "年", "元", "吨", "公里", "米", "亩", "倍", "例", "户",
    ]

    private static let table = WordTable(
        """
        一些 一定 一样 一直 一切 一律 一致 一旦 一般 一同 一并 一体 一流 一线 一级 一把手 一手 一方面 一系列 一段 一时 \
        一度 一向 一经 一道 一路 一面 一贯 一边 一带 一旁 一味 一心 一再 一行 一举 一揽子 一站式 一票否决 一岗双责 一院 \
        一点 一下 一会 一条龙 一对一 一是 一要 一来 一气呵成 一次验收 一次合格 一次通过 一次交验 一次办好 一次办结 一丝不苟 一如既往 一视同仁 一鼓作气 一马当先 一以贯之 一目了然 \
        一网通办 一网统管 一件事 一张网 一张图 一盘棋 一刀切 一把抓 一窝蜂 一阵风 一竿子 一揽 一成不变 一分为二 一分部署 \
        一五一十 一日千里 一朝一夕 一草一木 一言一行 一点一滴 一门心思 一次性 一个样 一家人 一企一策 一事一议 一户一档 \
        一口气 一口 一头 一角 一概 一共 一早 一齐 一番 一大批 一批 一类 一种 一层 一组 一部分 一部 一等 一审 一产 一楼 \
        一二三 一代 一站 一款 一幅 一环 一步 一阶段 一区 一园 一镇 一村 一品 一县 一码 一库 一表 一窗 一门 一单 一图 一卡 \
        一本 一份 一片 一股 一段时间 一期 一对 一双 一副 一轮 一笔 一道道 一个个 一次次 一座座 一项项 一件件 一家家 一人一 \
        二是 二要 二来 二次 二级 二类 二线 二期 二等 二手 二维 二审 二产 二者 二氧化 二恶英 二甲 三是 三要 三来 三令五申 \
        三农 三防 三违 三同时 三无 三品一标 三公 三位一体 三心二意 三番五次 三三两两 三产 三审 三甲 三资 三证 三聚氰胺 \
        三级甲等 四是 四要 四不放过 四面八方 四通八达 四风 四舍五入 四位一体 五是 五要 五位一体 五湖四海 五花八门 五保 五险一金 \
        五金 五一 五四 六是 六要 六神无主 七是 七要 七上八下 七嘴八舌 七一 八是 八要 八一 八仙过海 九是 九要 九牛一毛 九一八 \
        十是 十要 十分 十足 十佳 十堰 十字 十万火急 十全十美 十里八乡 十年树木 十一黄金周 百花 两会 两岸 两手 两学一做 两山 \
        两面 两头 两极 两翼 两江 两广 两湖 两者 两房 两新 两化 两非 两客一危 两法衔接 双随机一公开 千方百计 千家万户 千丝万缕 \
        千变万化 千千万万 万众一心 万无一失 万一 万家 万事 万物 万水千山 百年大计 百家争鸣 百尺竿头 百分百 亿万 零容忍 零距离 \
        零售 零星 零散 零部件 零食 零件 零死亡 零事故 零报告 零投诉 零添加 零碳 零工 零下 零点 零时
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}

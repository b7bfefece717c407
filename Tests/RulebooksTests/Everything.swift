/// The fixture with what it lacks, so that every item and every key is there once.
enum Everything {
    static let texts: [String: String] = {
        var texts = Fixture.texts
        texts["incident.yaml"] = incident
        texts["more.yaml"] = more
        texts["report.mustache"] = "报告"
        return texts
    }()

    static let incident = """
        kind: incident
        name: 事故
        english: Incident
        family: matter
        number: "SG-{region.city}-{year}{month}-{sequence:4}"
        key: [code]
        title: "code"
        fields:
          code: { name: 编号, english: Code, type: text, pattern: "[A-Z0-9-]+", min: 1, max: 20, required: true }
          site: { name: 工程, english: Project, type: reference, to: site }
          region: { name: 区划, english: Region, type: region, level: county }
          occurred_at: { name: 发生时间, english: Occurred at, type: moment, required: true }
          deaths: { name: 死亡人数, english: Deaths, type: integer, min: 0, unit: 人, unit_english: people }
          loss: { name: 直接损失, english: Direct loss, type: money, min: 0 }
          area: { name: 面积, english: Area, type: decimal, places: 2 }
          grade: { name: 等级, english: Grade, type: code, of: hazard-grade, judged_by: { judgement: incident-grade, settled: grade_settled, clause: grade_clause } }
          grade_settled: { name: 已判定, english: Settled, type: boolean, computed_by_judgement: true }
          grade_clause: { name: 判定条款, english: Clause, type: text, computed_by_judgement: true }
          toll: { name: 折算, english: Toll, type: integer, computed: [{ since: 2007-06-01, until: 2030-01-01, value: "deaths * 10", source: 某办法 }] }
          double_toll: { name: 两倍, english: Double, type: integer, computed: "toll * 2" }
          extension_days: { name: 延期, english: Extension, type: integer }
          findings:
            name: 问题
            english: Findings
            type: table
            max: 20
            help: 每个问题一行
            help_english: One row for each
            columns:
              category: { name: 类别, english: Category, type: code, of: hazard-category, required: true }
              text: { name: 情况, english: Text, type: text, multiline: true }
          location: { name: 位置, english: Place, type: geo }
          reporter: { name: 报告人, english: Reporter, type: person }
          phone: { name: 电话, english: Phone, type: text, personal: true }
          closed_on: { name: 办结日期, english: Closed on, type: date }
        region: region
        public: "state == 'closed'"
        public_fields: [code, grade]
        filing:
          name: 我要举报
          english: Report it
          advice: 先离开危险处
          advice_english: Leave the danger first
          consent: 如实反映
          consent_english: It is true
          asks: [code, occurred_at, region]
          may: [deaths, phone]
          shows: [grade, closed_on]
          documents: [incident-notice]
          per_day: 3
          source: 某法
        lifecycle:
          initial: reported
          imported: closed
          states: { reported: { name: 已报告, english: Reported }, closed: { name: 已办结, english: Closed } }
          closed: [closed]
          create: { by: [inspector, system, public], asks: [code], may: [loss], rules: [], sets: {}, issues: incident-notice }
          void: { by: [inspector], in: [reported] }
          actions:
            close:
              name: 办结
              english: Close
              from: reported
              to: closed
              by: [inspector]
              sets: { closed_on: "today", extension_days: "null" }
              creates: { kind: hazard, with: { site: "site", found_on: "today", category: "row.category", description: "row.text" }, for_each: findings }
              rules: [{ id: closing, since: 2020-01-01, until: 2030-01-01, when: "deaths >= 0", say: 缺, say_english: Missing, source: 某法 }]
        clocks:
          report:
            name: 报告时限
            english: Report
            in: [reported]
            within: [{ since: 2007-06-01, until: 2030-01-01, value: 1 hour, source: { law: 国务院令第493号, clause: 第九条, note: 一小时 } }]
            from: "occurred_at"
            when: "deaths > 0"
            extend: extension_days
            steps: [{ at: 0, do: urge, issues: incident-notice, to: office }]
          close: { name: 办结, english: Close, in: [reported], suspended_in: [closed], within: 2 months, source: 某法 }
        measures:
          incident_loss: { name: 损失, english: Loss, sum: "loss", places: 2, at: occurred_at, unit: 元, unit_english: yuan, by: [grade], public: true }
          incident_deaths: { name: 死亡, english: Deaths, sum: "deaths", at: occurred_at, by: [grade, region] }
        examples:
          - name: 一例
            given: { code: A1, deaths: 3 }
            after: [{ do: close, with: { loss: 3 }, on: 2026-03-03, by: inspector }]
            then: { refused: closing, fields: { grade: major }, undetermined: [loss] }
        """

    static let more = """
        judgement: incident-grade
        name: 事故等级
        english: Incident grade
        of: incident
        versions:
          - since: 2007-06-01
            until: 2030-01-01
            source: 国务院令第493号
            rows:
              - { give: major, when: "deaths >= 3 || loss >= 10000000", clause: 第三条, say: 三人以上, say_english: Three or more }
            otherwise: general
        ---
        role: public
        name: 公众
        english: Public
        may: [read, create]
        ---
        document: incident-notice
        name: 事故通知
        english: Incident notice
        of: incident
        template: notice.mustache
        template_english: notice.en.mustache
        ---
        report: half-year
        name: 半年报告
        english: Half-year report
        period: half
        template: report.mustache
        template_english: report.mustache
        figures:
          deaths: { measure: incident_deaths, compare: year }
          major_deaths: { measure: incident_deaths, where: { grade: major }, share_of: deaths }
          rate: { indicator: closure-rate }
          cities: { measures: [incident_deaths, incident_loss], by: region.city, sort: incident_deaths, keep: "incident_deaths > 0" }
        ---
        map: incidents
        name: 导入
        english: Import
        kind: incident
        state: closed
        encoding: gb18030
        delimiter: ";"
        columns: { 编号: code_text }
        fields: { code: "code_text", deaths: "int(row['死亡'])" }
        skip_when: "code_text == ''"
        ---
        scorecard: site-score
        name: 评分
        english: Score
        of: incident
        versions:
          - since: 2020-01-01
            source: 某办法
            base: 100
            items:
              deaths: { name: 死亡, english: Deaths, points: "-10 * deaths", when: "deaths > 0", min: -50, max: 0, source: 某条 }
            grades: { good: { name: 好, english: Good, from: 80 }, bad: { name: 差, english: Bad, from: 0 } }
        ---
        dashboard: safety
        name: 安全
        english: Safety
        for: [inspector]
        opens_for: inspector
        period: half
        tiles:
          - { measure: hazards_found, where: { grade: major }, compare: year, better: lower, name: 重大, english: Major }
          - { indicator: closure-rate, compare: previous }
        quotas: [deaths]
        trends:
          - { measures: [hazards_found, hazards_closed], name: 走势, english: Course }
          - { indicator: closure-rate, compare: year }
        breakdowns: [{ measure: hazards_found, where: { grade: major }, by: category, compare: year, most: 5, name: 类别, english: Category }]
        rankings:
          - { measure: hazards_found, where: { grade: major }, better: lower, most: 5, name: 位次, english: Rank }
          - { indicator: closure-rate }
        heat:
          - { measure: hazards_found, where: { grade: major }, name: 热图, english: Heat }
          - { indicator: closure-rate }
        lists: [{ name: 逾期, english: Overdue, kind: hazard, where: { overdue: true, grade: major, state: notified }, columns: [grade, due_on], sort: -due_on, most: 5 }]
        ---
        quota: deaths
        name: 控制指标
        english: Quota
        measure: incident_deaths
        where: { grade: major }
        versions: [{ since: 2026-01-01, until: 2026-12-31, source: 某文件, limits: { "33": 94, "3301": 12 } }]
        """
}

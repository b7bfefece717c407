import Expressions
import Rulebooks

/// A small rulebook around the hazard kind, and ways to spoil it.
enum Fixture {
    static let header = """
        rulebook: test
        name: 测试
        english: Test
        version: "1"
        """

    static let hazard = """
        kind: hazard
        name: 隐患
        english: Hazard
        family: matter
        number: "ZG-{region.county}-{year}-{sequence:5}"
        source: { law: 安全生产法, clause: 第四十一条 }
        fields:
          site: { name: 工程, english: Project, type: reference, to: site, required: true }
          found_on: { name: 发现日期, english: Found on, type: date, required: true }
          category: { name: 类别, english: Category, type: code, of: hazard-category, required: true }
          grade: { name: 等级, english: Grade, type: code, of: hazard-grade, default: general }
          description: { name: 情况, english: Description, type: text, required: true, max: 2000 }
          photos: { name: 照片, english: Photographs, type: files, accept: [image/jpeg, image/png], max: 9 }
          due_on: { name: 整改期限, english: Rectify by, type: date }
          measures_taken: { name: 整改情况, english: Measures taken, type: text, max: 2000 }
          reason: { name: 理由, english: Reason, type: text, max: 500 }
          days_left: { name: 剩余工作日, english: Working days left, type: integer, computed: "workdays(today, due_on)" }
        region: site.region
        responsible: site.contractor
        governed_by: found_on
        rules:
          - { when: "found_on <= today", say: 发现日期不能晚于今天, say_english: The date found cannot be after today }
        lifecycle:
          initial: found
          states:
            found: { name: 已发现, english: Found }
            notified: { name: 整改中, english: Notified }
            stopped: { name: 停工整改, english: Stopped }
            submitted: { name: 待复查, english: Submitted }
            closed: { name: 已销号, english: Closed }
          closed: [closed]
          create: { by: [inspector], name: 登记, english: Register }
          amend: { by: [inspector], in: [found], fields: [description, photos] }
          void: { by: [inspector] }
          actions:
            notify:
              { name: 下达整改通知, english: Issue notice, from: [found], to: notified, by: [inspector], asks: [due_on],
                issues: rectification-notice,
                rules: [{ when: "due_on >= today", say: 整改期限不能早于今天, say_english: The deadline cannot be past }] }
            stop: { name: 责令停工, english: Stop work, from: [found, notified], to: stopped, by: [inspector] }
            submit:
              name: 提交整改
              english: Submit
              from: [notified, stopped]
              to: submitted
              by: [responsible]
              asks: [measures_taken]
            accept:
              name: 复查销号
              english: Accept
              from: [submitted]
              to: closed
              by: [inspector]
              separate_from: submit
            return:
              { name: 退回, english: Return, from: [submitted], to: notified, by: [inspector], asks: [reason, due_on] }
        clocks:
          rectify:
            name: 整改时限
            english: Rectification
            in: [notified, stopped]
            due: "due_on"
            source: { law: 安全生产法, clause: 第四十一条 }
            steps:
              - { at: -2 days, do: remind }
              - { at: +1 working day, do: urge }
              - { at: +5 working days, do: supervise, to: upper }
              - { at: +10 working days, do: list, when: "grade == 'major'", public: true }
        measures:
          hazards_found: { name: 隐患数, english: Hazards, count: all, at: found_on, by: [category, grade] }
          hazards_closed: { name: 销号数, english: Closed, count: "state == 'closed'", at: found_on, by: [category, grade] }
          hazards_overdue: { name: 逾期数, english: Overdue, count: overdue }
        examples:
          - given: { grade: major, found_on: 2026-03-02, site: { region: "330106" } }
            after: ["notify(due_on: 2026-03-06)"]
            on: 2026-03-21
            then: { state: notified, clock: list }
        """

    static let site = """
        kind: site
        name: 工程
        english: Site
        family: register
        number: "GC-{sequence:5}"
        fields:
          name: { name: 名称, english: Name, type: text, required: true }
          region: { name: 区划, english: Region, type: region, required: true }
          contractor: { name: 施工单位, english: Contractor, type: party }
        region: region
        lifecycle:
          initial: active
          states: { active: { name: 在建, english: Active } }
          closed: []
          create: { by: [inspector] }
        """

    static let lists = """
        codes: hazard-category
        name: 隐患类别
        english: Hazard category
        versions:
          - since: 1986-05-31
            source: GB/T 6441-1986
            items:
              fall: { name: 高处坠落, english: Fall from height, code: "09", aliases: [坠落] }
              collapse: { name: 坍塌, english: Collapse, code: "12", successor: [cave-in] }
          - since: 2026-07-01
            source: GB 6441-2025
            items:
              fall: { name: 高处坠落, english: Fall from height }
              cave-in: { name: 坍塌事故, english: Cave-in }
        ---
        codes: hazard-grade
        name: 等级
        english: Grade
        items:
          general: { name: 一般, english: General }
          major: { name: 重大, english: Major }
        ---
        codes: clock-step
        name: 步骤
        english: Step
        items:
          remind: { name: 提醒, english: Remind }
          urge: { name: 催办, english: Urge }
          supervise: { name: 督办, english: Supervise }
          list: { name: 挂牌督办, english: List }
        ---
        role: inspector
        name: 监督员
        english: Inspector
        may: [read, create, act]
        level: county
        ---
        document: rectification-notice
        name: 整改通知书
        english: Notice
        of: hazard
        number: "{region.county}责改〔{year}〕{sequence}号"
        template: notice.mustache
        template_english: notice.en.mustache
        ---
        calendar: china
        name: 中国
        english: China
        weekend: [saturday, sunday]
        years:
          2026:
            holidays: ["2026-01-01..2026-01-03", "2026-02-15..2026-02-23"]
            workdays: ["2026-01-04", "2026-02-14", "2026-02-28"]
            source: 国办发明电〔2025〕7号
        ---
        policy: pit-depth
        name: 深基坑深度
        english: Depth of a deep pit
        type: integer
        unit: m
        versions: [{ since: 2018-06-01, value: 3, source: { law: 建办质〔2018〕31号, verified: false } }]
        ---
        regions: china
        name: 行政区划
        english: Divisions
        levels:
          - { digits: 2, id: province, name: 省, english: Province }
          - { digits: 4, id: city, name: 市, english: City }
          - { digits: 6, id: county, name: 县, english: County }
        pad: 12
        files: [regions.csv]
        history: history.csv
        successions: successions.csv
        ---
        indicator: closure-rate
        name: 整改率
        english: Closure rate
        terms:
          closed: { measure: hazards_closed, where: { grade: [major] } }
          found: { measure: hazards_found }
        value: "100 * closed / found"
        unit: "%"
        places: 2
        better: higher
        public: true
        source: 平台约定
        """

    static let texts: [String: String] = [
        "rulebook.yaml": header, "hazard.yaml": hazard, "site.yaml": site, "lists.yaml": lists,
        "notice.mustache": "整改通知书", "notice.en.mustache": "Notice",
        "regions.csv": """
        code,name,english
        33,浙江省,Zhejiang
        3301,杭州市,Hangzhou
        330102,上城区,
        330106,西湖区,Xihu
        11,北京市,Beijing
        110101,东城区,
        36,江西省,
        3601,南昌市,
        360103,西湖区,
        """,
        "history.csv": "code,name,from,until\n330103,下城区,1980-12-01,2021-03-11\n",
        "successions.csv": "from,to,on,source\n330103,330102,2021-03-11,国务院批复\n",
    ]

    static func files(_ texts: [String: String] = texts) -> [RulebookFile] {
        texts.map { RulebookFile(path: $0.key, bytes: Array($0.value.utf8)) }
    }

    /// The fixture with one passage of one file replaced.
    static func changed(_ file: String, _ old: String, _ new: String) -> [RulebookFile] {
        var texts = texts
        texts[file] = texts[file]?.replacing(old, with: new, maxReplacements: 1)
        return files(texts)
    }

    static func rulebook() throws -> Rulebook { try RulebookLoader.load(files: files()) }

    /// The problems of files, or none when they load.
    static func problems(_ files: [RulebookFile]) -> [RulebookProblem] {
        do {
            _ = try RulebookLoader.load(files: files)
            return []
        } catch {
            return error.problems
        }
    }
}

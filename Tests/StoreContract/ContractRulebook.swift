import Rulebooks

/// The rulebook that the contract is tried with: a register, and a matter with a field of every type.
public enum ContractRulebook {
    /// Loads it; `extra` is added to the fields of `hazard`, and a kind `visit` when `hasVisits`.
    public static func load(extraFields: String = "", hasVisits: Bool = false) throws -> Rulebook {
        try load(kinds: kinds(extraFields) + (hasVisits ? visits : ""))
    }

    /// Loads a rulebook with these kinds only.
    public static func load(kinds: String) throws -> Rulebook {
        let files = ["rulebook.yaml": header, "kinds.yaml": kinds, "lists.yaml": lists]
        return try RulebookLoader.load(
            files: files.sorted { $0.key < $1.key }.map {
                RulebookFile(path: $0.key, bytes: Array($0.value.utf8))
            })
    }

    private static let header = """
        rulebook: contract
        name: 契约
        english: Contract
        version: "1"
        time_zone_offset: "+08:00"
        """

    private static let lists = """
        codes: grade
        name: 等级
        english: Grade
        items:
          general: { name: 一般, english: General }
          major: { name: 重大, english: Major }
        ---
        role: inspector
        name: 监督员
        english: Inspector
        may: [read, create, act]
        """

    private static func kinds(_ extraFields: String) -> String {
        """
        kind: project
        name: 工程
        english: Project
        family: register
        number: "P-{sequence:5}"
        key: [code]
        fields:
          code: { name: 编码, english: Code, type: text }
          region: { name: 区划, english: Region, type: region }
          contractor: { name: 施工单位, english: Contractor, type: party }
        region: region
        responsible: contractor
        lifecycle:
          initial: open
          states: { open: { name: 在建, english: Open } }
          closed: [open]
          create: { by: [inspector], name: 登记, english: Register }
        ---
        kind: hazard
        name: 隐患
        english: Hazard
        family: matter
        number: "H-{sequence:5}"
        key: [series, serial]
        fields:
        \(fields)
        \(extraFields)
        region: site.region
        lifecycle:
          initial: found
          states: { found: { name: 发现, english: Found }, closed: { name: 销号, english: Closed } }
          closed: [closed]
          create: { by: [inspector], name: 登记, english: Register }
          actions:
            close: { source: { law: 契约, verified: true }, name: 销号, english: Close, from: [found], to: closed, by: [inspector] }
        clocks:
          rectify: { name: 整改, english: Rectification, in: [found], due: found_on, source: { law: 契约, verified: true } }
          appraise: { name: 评估, english: Appraisal, in: [found], due: found_on, source: { law: 契约, verified: true } }
        measures:
          hazards_found: { name: 发现数, english: Found, count: all, at: found_on, by: [grade] }

        """
    }

    private static let fields = """
          site: { name: 工程, english: Project, type: reference, to: project }
          series: { name: 系列, english: Series, type: text }
          serial: { name: 序号, english: Serial, type: integer }
          found_on: { name: 发现日, english: Found on, type: date }
          noticed_at: { name: 得知, english: Noticed at, type: moment }
          grade: { name: 等级, english: Grade, type: code, of: grade }
          zone: { name: 片区, english: Zone, type: region }
          firm: { name: 单位, english: Firm, type: party }
          reporter: { name: 报告人, english: Reporter, type: person }
          telephone: { name: 电话, english: Telephone, type: text, personal: true }
          born_on: { name: 生日, english: Born on, type: date, personal: true }
          note: { name: 备注, english: Note, type: text, multiline: true }
          area: { name: 面积, english: Area, type: decimal, places: 3 }
          loss: { name: 损失, english: Loss, type: money }
          serious: { name: 严重, english: Serious, type: boolean }
          place: { name: 地点, english: Place, type: geo }
          photos: { name: 照片, english: Photos, type: files, max: 9 }
          order: { name: 次序, english: Order, type: integer }
          telephone_index: { name: 序, english: Index, type: integer }
          works:
            name: 工作
            english: Works
            type: table
            columns:
              what: { name: 内容, english: What, type: text }
              day: { name: 日, english: Day, type: date }
              hours: { name: 工时, english: Hours, type: decimal, places: 2 }
              pay: { name: 报酬, english: Pay, type: money }
              people: { name: 人数, english: People, type: integer }
              paid: { name: 已付, english: Paid, type: boolean }
              moment: { name: 时刻, english: Moment, type: moment }
          crew:
            name: 人员
            english: Crew
            type: table
            columns:
              identity: { name: 身份, english: Identity, type: person }
        """

    private static let visits = """
        ---
        kind: visit
        name: 走访
        english: Visit
        family: matter
        number: "V-{sequence:5}"
        fields:
          site: { name: 工程, english: Project, type: reference, to: project }
        region: site.region
        lifecycle:
          initial: open
          states: { open: { name: 在办, english: Open } }
          closed: [open]
          create: { by: [inspector], name: 登记, english: Register }

        """
}

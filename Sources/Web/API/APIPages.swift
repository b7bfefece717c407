import Hummingbird
import Office
import Rulebooks

/// The API explained to people: what can be asked, and what each problem means.
extension Site {
    func addAPIPages(to pages: RouterGroup<SiteContext>) {
        pages.get("/api/v1") { [self] _, context in response(apiPage(context), context) }
        pages.get("/api/v1/problems") { [self] _, context in
            response(problemsPage(ProblemTitles.all.map(\.code), context), context)
        }
        pages.get("/api/v1/problems/:code") { [self] _, context in
            let code = try context.parameters.require("code")
            guard ProblemTitles.title(code) != nil else { throw APIProblem.notFound }
            return response(problemsPage([code], context), context)
        }
    }

    private func apiPage(_ context: SiteContext) -> Page {
        let language = context.language
        let document = OpenAPIDocument(rulebook, language)
        let operations = document.generalOperations.map { ($0, $0.tag) }
        let kinds = document.kinds.map { kind in
            (kind.name.text(language), kind.id, document.operations(of: kind))
        }
        var sections: [[String: Any]] = []
        for (tag, key) in [
            ("rulebook", "api_rulebook"), ("general", "api_general"), ("webhooks", "api_webhooks"),
        ] {
            sections.append([
                "id": tag, "heading": text(key, context), "code": "",
                "operations": operations.filter { $0.1 == tag }.map { shown($0.0, context) },
            ])
        }
        for (name, id, operations) in kinds {
            sections.append([
                "id": id, "heading": name, "code": id, "operations": operations.map { shown($0, context) },
            ])
        }
        return Page(
            template: "api",
            values: [
                "title": text("api_title", context), "heading": text("api_title", context),
                "lead": renderer.text("api_lead", ["version": rulebook.version], language),
                "descriptionHref": APIAddress.base + "/openapi.json",
                "problemsHref": APIAddress.base + "/problems", "sections": sections,
                "scopes": TokenScope.allCases.map { scope in
                    ["code": scope.rawValue, "text": scope.name.text(language)]
                }, "example": Self.example,
            ])
    }

    private static let example = """
        curl -H "Authorization: Bearer $TOKEN" \\
          "https://…/api/v1/records/hazard?where=state=notified&limit=20"
        """

    private func shown(_ operation: OpenAPIDocument.Operation, _ context: SiteContext) -> [String: Any] {
        var names: [String] = []
        if case .array(let parameters)? = operation.body["parameters"] {
            names = parameters.compactMap { parameter in
                parameter["name"]?.text
                    ?? parameter["$ref"]?.text?.split(separator: "/").last.map { Self.sharedName(String($0)) }
            }.filter { !operation.path.contains("{\($0)}") }
        }
        var needed: [String] = []
        var optional: [String] = []
        let schema = operation.body["requestBody"]?["content"]?["application/json"]?["schema"]
        if let fields = schema?["properties"]?["fields"], case .object(let members)? = fields["properties"] {
            var required: Set<String> = []
            if case .array(let items)? = fields["required"] { required = Set(items.compactMap(\.text)) }
            needed = members.map(\.name).filter(required.contains)
            optional = members.map(\.name).filter { !required.contains($0) }
        }
        var shown: [String: Any] = [
            "method": operation.method.uppercased(), "path": APIAddress.base + operation.path,
            "summary": operation.body["summary"]?.text ?? "",
        ]
        if !names.isEmpty { shown["parameters"] = names.joined(separator: ", ") }
        if !needed.isEmpty { shown["needed"] = needed.joined(separator: ", ") }
        if !optional.isEmpty { shown["optional"] = optional.joined(separator: ", ") }
        return shown
    }

    private static func sharedName(_ name: String) -> String {
        switch name {
        case "key": "Idempotency-Key"
        case "version": "If-Match"
        case "known": "If-None-Match"
        default: name
        }
    }

    private func problemsPage(_ codes: [String], _ context: SiteContext) -> Page {
        let rows = ProblemTitles.all.filter { codes.contains($0.code) }.map { problem -> [String: Any] in
            [
                "code": problem.code, "status": String(problem.status),
                "text": problem.title.text(context.language), "href": APIAddress.problem(problem.code),
            ]
        }
        return Page(
            template: "api-problems",
            values: [
                "title": text("api_problems", context),
                "heading": codes.count == 1 ? rows.first?["text"] ?? "" : text("api_problems", context),
                "crumbs": [["href": APIAddress.base, "label": text("api_title", context)]], "rows": rows,
            ])
    }
}

import Records
import Rulebooks

extension Site {
    /// What the frame around every page names: where one is, who one is, and where one can go.
    func frame(_ context: SiteContext) -> [String: Any] {
        let language = context.language
        let query = FormFields(urlEncoded: Self.query(of: context.address)) ?? FormFields()
        let path = context.address.split(separator: "?").first.map(String.init) ?? "/"
        let other = language == .zh ? "en" : "zh"
        var values: [String: Any] = [
            "rulebook_name": rulebook.name.text(language), "rulebook_version": rulebook.version,
            "csrf": context.visitor.formToken, "navigation": navigation(path, context),
            "other_language_href": path + "?" + query.replacing("lang", with: other).encoded,
        ]
        if let actor = context.visitor.actor {
            values["account"] = [
                "name": actor.name, "role": rulebook.roles[actor.role]?.name.text(language) ?? actor.role,
                "region": rulebook.regions.fullName(actor.region)?.text(language) ?? "",
            ]
        }
        return values
    }

    private static func query(of address: String) -> String {
        address.firstIndex(of: "?").map { String(address[address.index(after: $0)...]) } ?? ""
    }

    private func navigation(_ path: String, _ context: SiteContext) -> [[String: Any]] {
        var entries: [(href: String, label: String)] = []
        func text(_ key: String) -> String { renderer.texts.text(key, context.language) }
        if context.visitor.isSignedIn {
            entries.append(("/desk", text("nav_desk")))
            for id in rulebook.kindOrder {
                guard let kind = rulebook.kind(id), kind.family == .matter else { continue }
                entries.append(("/records/\(id)", kind.name.text(context.language)))
            }
            entries.append(("/registers", text("nav_registers")))
        } else {
            entries.append(("/", text("nav_home")))
        }
        entries.append(("/rules", text("nav_rules")))
        entries.append(("/verify", text("nav_verify")))
        return entries.map { entry in
            [
                "href": entry.href, "label": entry.label,
                "current": path == entry.href || path.hasPrefix(entry.href + "/"),
            ]
        }
    }
}

import Office
import Records
import Rulebooks

extension Site {
    /// What the frame around every page names: where one is, who one is, and where one can go.
    func frame(_ context: SiteContext) -> [String: Any] {
        let language = context.language
        let parts = context.address.split(separator: "?", maxSplits: 1).map(String.init)
        let path = parts.first ?? "/"
        let query = FormFields(urlEncoded: parts.count > 1 ? parts[1] : "") ?? FormFields()
        var values: [String: Any] = [
            "csrf": context.visitor.formToken,
            "home": context.visitor.isSignedIn ? context.visitor.sight.map(startAddress) ?? "/desk" : "/",
            "navigation": navigation(path, context), "languages": languages(path, query, language),
            "searchAction": "/search", "version": rulebook.version,
            "footer": [
                ["href": "/rules", "label": rulebook.name.text(language)],
                ["href": "/verify", "label": text("verify_document", context)],
                ["href": "/receipt", "label": text("receipt_follow", context)],
                ["href": "/open-data", "label": text("open_data", context)],
            ],
        ]
        if let actor = context.visitor.actor {
            let role = rulebook.roles[actor.role]?.name.text(language) ?? actor.role
            values["regionName"] = rulebook.regions.fullName(actor.region)?.text(language)
            values["roleName"] = role
            values["account"] = [
                "name": actor.name, "login": actor.login, "signOutAction": "/sign-out",
                "links": [
                    ["href": "/desk", "label": text("my_desk", context)],
                    ["href": "/account", "label": text("my_account", context)],
                ],
            ]
        } else {
            values["signInHref"] = "/sign-in?returnTo=" + FormFields.encoded(context.address)
        }
        return values
    }

    func text(_ key: String, _ context: SiteContext) -> String { renderer.text(key, context.language) }

    private func languages(_ path: String, _ query: FormFields, _ present: Language) -> [[String: Any]] {
        [(Language.zh, "zh", "中文"), (.en, "en", "English")].map { language, code, label in
            [
                "code": code, "label": label, "current": language == present,
                "href": path + "?" + query.replacing("lang", with: code).encoded,
            ]
        }
    }

    private func navigation(_ path: String, _ context: SiteContext) -> [[String: Any]] {
        var entries: [[String: Any]] = []
        func add(_ href: String, _ label: String, group: String? = nil) {
            var entry: [String: Any] = [
                "href": href, "label": label, "current": path == href || path.hasPrefix(href + "/"),
            ]
            entry["group"] = group
            entries.append(entry)
        }
        let sight = context.visitor.sight
        if context.visitor.isSignedIn {
            add("/desk", text("my_desk", context))
            if let sight, sight.seesFigures {
                if !DashboardService(office).dashboards(for: sight).isEmpty {
                    add("/dashboard", text("dashboards", context))
                }
                add("/figures", text("figures", context))
            }
        } else {
            add("/", text("public_site", context))
            addPublicEntries(add, context)
        }
        for family in [Family.matter, .register] where context.visitor.isSignedIn {
            var group: String? = text(family == .matter ? "matters" : "registers", context)
            for kind in rulebook.kindOrder.compactMap(rulebook.kind)
            where kind.family == family && sight?.sees(kind) ?? false {
                add("/records/\(kind.id)", kind.name.text(context.language), group: group)
                group = nil
            }
        }
        if let actor = context.visitor.actor {
            if actor.permissions.contains(.import) { add("/imports", text("imports", context)) }
            var group: String? = text("administration", context)
            for entry in administrationEntries(actor, context.language) {
                guard let href = entry["href"] as? String, let label = entry["label"] as? String else {
                    continue
                }
                add(href, label, group: group)
                group = nil
            }
        }
        add(
            "/rules", text("rulebook", context),
            group: context.visitor.isSignedIn ? text("public_site", context) : nil)
        add("/verify", text("verify_document", context))
        if !context.visitor.isSignedIn { add("/open-data", text("open_data", context)) }
        return entries
    }
}

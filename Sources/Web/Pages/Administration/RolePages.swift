import Hummingbird
import Office
import Records
import Rulebooks

/// What each role may do, read out of the rulebook.
extension Site {
    func addRoles(to pages: RouterGroup<SiteContext>) {
        pages.get("/administration/roles") { [self] _, context in
            _ = try actor(context, anyOf: Self.administering)
            return response(roles(context), context)
        }
    }

    private func roles(_ context: SiteContext) -> Page {
        let language = context.language
        let roles = rulebook.roles.values.sorted { Self.rank($0) < Self.rank($1) }
        let permissions = Permission.allCases
        return Page(
            template: "roles",
            values: [
                "title": text("roles", context), "heading": text("roles", context),
                "lead": text("roles_lead", context),
                "permissions": permissions.map { text("permission_" + $0.rawValue, context) },
                "matrix": roles.map { role in
                    [
                        "name": role.name.text(language),
                        "cells": permissions.map { permission in
                            [
                                "allowed": role.permissions.contains(permission),
                                "label": text("permission_" + permission.rawValue, context),
                            ] as [String: Any]
                        },
                        "notes": notes(on: role, language),
                    ] as [String: Any]
                },
                "kinds": rulebook.kindOrder.compactMap(rulebook.kind).map { kind in
                    [
                        "name": kind.name.text(language), "href": "/rules/\(kind.id)",
                        "actions": actions(of: kind, roles, language),
                    ] as [String: Any]
                },
            ])
    }

    /// Those who work first, then those who look, then the administrators.
    private static func rank(_ role: Role) -> (Int, String) {
        let isAdministering = !role.permissions.isDisjoint(with: administering)
        return (isAdministering ? 2 : role.permissions.contains(.act) ? 0 : 1, role.id)
    }

    private func notes(on role: Role, _ language: Language) -> [String] {
        var notes: [String] = []
        if !role.separateFrom.isEmpty {
            let names = role.separateFrom.sorted().map { rulebook.roles[$0]?.name.text(language) ?? $0 }
            notes.append(
                renderer.text(
                    "role_separate", ["roles": names.joined(separator: language == .zh ? "、" : ", ")],
                    language))
        }
        if role.atLeast > 0 {
            notes.append(renderer.text("role_at_least", ["count": String(role.atLeast)], language))
        }
        return notes
    }

    /// The actions of a kind with the roles that take them.
    private func actions(of kind: Kind, _ roles: [Role], _ language: Language) -> [[String: Any]] {
        func line(_ name: String, _ by: [Performer]) -> [String: Any] {
            let names = by.map { performer in
                switch performer {
                case .role(let id): rulebook.roles[id]?.name.text(language) ?? id
                case .responsible: renderer.text("responsible_party", language)
                case .system: renderer.text("the_system", language)
                }
            }
            return ["name": name, "by": names.joined(separator: language == .zh ? "、" : ", ")]
        }
        var lines = [line(kind.lifecycle.create.name.text(language), kind.lifecycle.create.by)]
        if let amend = kind.lifecycle.amend {
            lines.append(line(renderer.text("verb_amend", language), amend.by))
        }
        lines += kind.lifecycle.actions.map { line($0.name.text(language), $0.by) }
        if let void = kind.lifecycle.void {
            lines.append(line(renderer.text("verb_void", language), void.by))
        }
        return lines
    }
}

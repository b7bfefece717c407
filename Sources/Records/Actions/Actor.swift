import Rulebooks

/// Who acts: an account in its role, its region and, for an enterprise, its party.
public struct Actor: Hashable, Sendable {
    /// The account's login: what the ledger names.
    public var login: String
    public var name: String
    /// The id of the role in the rulebook; `system` for the machine itself.
    public var role: String
    /// The padded code of the region whose records the actor may act on; empty for all.
    public var region: String
    /// The credit code of the party the actor stands for.
    public var party: String?
    public var permissions: Set<Permission>

    public init(
        login: String, name: String, role: String, region: String, party: String? = nil,
        permissions: Set<Permission>
    ) {
        self.login = login
        self.name = name
        self.role = role
        self.region = region
        self.party = party
        self.permissions = permissions
    }

    /// The machine itself: it runs clocks, sets up the first account, and nothing else is open to nobody but it.
    public static let system = Actor(
        login: "system", name: "系统", role: "system", region: "", permissions: Set(Permission.allCases))

    /// The role of whoever has not signed in.
    public static let publicRole = "public"

    /// Whoever has not signed in: sees what the rulebook says is public, and files what it opens to the public.
    public static let `public` = Actor(
        login: "", name: "公众", role: publicRole, region: "", permissions: [.read])

    /// The role of the one operator of a rulebook that declares no accounts: it may do what any role may.
    public static let anyRole = "*"

    /// Whether this is somebody who may see no more than the public.
    public var isPublic: Bool { role == Self.publicRole }

    /// Whether this is the machine itself.
    public var isSystem: Bool { role == "system" }
}

import Office
import Rulebooks

extension Site {
    /// What whoever has no account can do beside reading: look for an enterprise, file, and follow what was filed.
    func addPublicEntries(
        _ add: (_ href: String, _ label: String, _ group: String?) -> Void, _ context: SiteContext
    ) {
        add("/public/search", text("public_search", context), nil)
        for kind in FilingService(office).kinds {
            guard let filing = kind.filing else { continue }
            add("/file/\(kind.id)", filing.name.text(context.language), nil)
        }
        add("/receipt", text("receipt_follow", context), nil)
    }
}

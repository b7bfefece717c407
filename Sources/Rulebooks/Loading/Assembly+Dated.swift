import Expressions

extension Assembly {
    /// Versions read one by one, checked for order and overlap.
    ///
    /// `fallback` are the sources of the whole item, for versions that cite none of their own; with
    /// `needsSource` a version without either is reported.
    func versions<Content: Sendable>(
        _ nodes: [YamlNode], _ name: ObjectName, fallback: [Citation] = [], needsSource: Bool,
        _ content: (NodeReader) -> Content?
    ) -> [Dated<Content>] {
        var versions: [Dated<Content>] = []
        var previous: (since: CivilDate, until: CivilDate?)?
        for node in nodes {
            let reader = reader(node, name)
            guard let since = reader.date("since") else { continue }
            let until = reader.date("until")
            checkOrder(node, since: since, until: until, after: previous)
            previous = (since, until)
            let own = reader.citations(isNeeded: needsSource && fallback.isEmpty)
            guard let item = content(reader) else { continue }
            versions.append(
                Dated(since: since, until: until, citations: own.isEmpty ? fallback : own, item: item))
        }
        return versions
    }

    private func checkOrder(
        _ node: YamlNode, since: CivilDate, until: CivilDate?,
        after previous: (since: CivilDate, until: CivilDate?)?
    ) {
        let place = node["since"]?.position ?? node.position
        if let until, until < since {
            report(
                .overlappingVersions, at: node["until"]?.position ?? place, zh: "until 早于 since",
                en: "`until` is before `since`")
        }
        guard let previous else { return }
        if since <= previous.since {
            report(
                .unsortedVersions, at: place, zh: "版本须按 since 从早到晚排列，\(since) 不晚于前一版的 \(previous.since)",
                en:
                    "Versions go from early to late; \(since) is not after the \(previous.since) of the one before"
            )
        } else if let until = previous.until, since <= until {
            report(
                .overlappingVersions, at: place, zh: "与前一版重叠：前一版到 \(until) 为止",
                en: "Overlaps the version before, which lasts until \(until)")
        }
    }
}

import Expressions

extension Assembly {
    /// Builds everything in the order in which one thing leans on another.
    func rulebook(_ header: RulebookHeader) -> Rulebook {
        buildRegions()
        buildCodeLists()
        checkSuccessors()
        buildPolicies()
        buildRoles()
        buildCalendars()
        buildOutlines()
        buildLayouts()
        buildJudgements()
        for item in sound(.kind) {
            guard let outline = outlines[item.id] else { continue }
            kinds[item.id] = KindBuilder(outline, assembly: self)?.kind()
        }
        for kind in kinds.values { LifecycleChecking(kind: kind, assembly: self).check() }
        let (indicators, documents, reports, maps) = (
            buildIndicators(), buildDocuments(), buildReports(), buildMaps()
        )
        let scorecards = buildScorecards()
        let (quotas, dashboards) = (buildQuotas(), buildDashboards(indicators))
        let sorted = files.map { RulebookFile(path: $0.key, bytes: $0.value) }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return Rulebook(
            id: header.id, name: header.name, version: header.version,
            timeZoneOffsetSeconds: header.timeZoneOffsetSeconds,
            digest: RulebookLoader.digest(sorted), files: sorted, kinds: kinds,
            kindOrder: items.filter { $0.type == .kind && kinds[$0.id] != nil }.map(\.id),
            codeLists: codeLists,
            judgements: judgements, policies: policies, roles: roles, calendars: calendars, regions: regions,
            indicators: indicators, documents: documents, reports: reports, maps: maps,
            scorecards: scorecards, dashboards: dashboards, quotas: quotas,
            measures: measures,
            notices: Array(Set(notices)).sorted {
                ($0.position, $0.message.en) < ($1.position, $1.message.en)
            })
    }
}

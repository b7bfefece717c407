import Logging
import Office

extension Site {
    /// So many records are taken up in a round before others get their turn.
    private static let recordsInRound = 200_000

    /// Notes the words of imported records, and on the hour throws away files that no record took.
    func tidy(isHour: Bool) async {
        // Whoever keeps the door to itself would keep the round waiting, and with it a thread.
        guard !machine.jobs.holdsDoor else { return }
        do {
            let (office, archive) = (office, archive)
            let (words, files) = try await tidying.run {
                let words = try SearchIndex(office).catchUp(most: Self.recordsInRound)
                return (words, isHour ? try Uploads(office, archive: archive).cleanUp() : 0)
            }
            if words > 0 { logger.info("search", metadata: ["noted": "\(words)"]) }
            if files > 0 { logger.info("uploads", metadata: ["removed": "\(files)"]) }
        } catch {
            logger.error("tidying", metadata: ["error": "\(error)"])
        }
    }
}

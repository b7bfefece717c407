import Expressions
import Office
import Synchronization

/// What the site remembers of visitors without an account, in memory only: how often an address filed and asked, and
/// for a while the receipt that a form was answered with.
final class PublicDesk: Sendable {
    /// Marks forms with the moment they were given out.
    let stamp: FormStamp
    /// Receipt codes asked for: guessing stops long before it gets anywhere.
    let receiptLimiter = RateLimiter(20, inSeconds: 600)
    /// Files brought for verification, and figures asked for.
    let verifyLimiter = RateLimiter(30, inSeconds: 60)
    /// Whole data sets taken.
    let dataLimiter = RateLimiter(60, inSeconds: 600)
    private let filingLimiters: [String: RateLimiter]
    private let answered = Mutex<[String: Answer]>([:])
    private let summaries = Mutex<[String: Summary]>([:])

    /// What a form was answered with, kept so that sending it twice files once.
    struct Answer {
        let receipt: ReceiptCode
        let number: String
        let at: Int64
    }

    /// What is told of a data set without counting it for everybody who asks.
    struct Summary {
        let count: Int
        let changedAt: Timestamp?
        let at: Int64
    }

    /// When the process began, by a clock that nobody sets.
    private let start = ContinuousClock.now

    /// The seconds since the process began: limits and waits go by time that passes, not by the time of the records.
    var second: Int64 { (ContinuousClock.now - start).components.seconds }

    private static let answerSeconds: Int64 = 3_600
    private static let summarySeconds: Int64 = 60
    private static let capacity = 10_000
    static let daySeconds: Int64 = 86_400

    /// - Parameter leastSeconds: no person fills in a form faster.
    init(_ office: Office, leastSeconds: Int64) {
        stamp = FormStamp(random: office.randomBytes(32), leastSeconds: leastSeconds)
        filingLimiters = Dictionary(
            FilingService(office).kinds.map {
                ($0.id, RateLimiter($0.filing?.perDay ?? 1, inSeconds: Self.daySeconds))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// How long an address has to wait before it may file again; nil when it may.
    func wait(_ kind: String, _ sender: String) -> Int? {
        filingLimiters[kind]?.wait(sender, at: second)
    }

    /// Counts a filing of an address.
    func noteFiling(_ kind: String, _ sender: String) {
        _ = filingLimiters[kind]?.note(sender, at: second)
    }

    /// Remembers what a form was answered with.
    func keep(_ receipt: ReceiptCode, number: String, for mark: String) {
        let second = second
        answered.withLock { answered in
            answered = answered.filter { second - $0.value.at < Self.answerSeconds }
            if answered.count >= Self.capacity { answered.removeAll() }
            answered[mark] = Answer(receipt: receipt, number: number, at: second)
        }
    }

    /// What a form was answered with, if it was not long ago.
    func answer(for mark: String) -> Answer? {
        let second = second
        return answered.withLock { answered in
            answered[mark].flatMap { second - $0.at < Self.answerSeconds ? $0 : nil }
        }
    }

    /// A summary not older than a minute, worked out when there is none.
    func summary(
        of kind: String, _ work: () throws -> (count: Int, changedAt: Timestamp?)
    ) rethrows -> Summary {
        let second = second
        if let known = summaries.withLock({ $0[kind] }), second - known.at < Self.summarySeconds {
            return known
        }
        let (count, changedAt) = try work()
        let summary = Summary(count: count, changedAt: changedAt, at: second)
        summaries.withLock { $0[kind] = summary }
        return summary
    }
}

/// Why a form of the public is given back. Nothing was filed, and what was entered is kept.
enum FilingProblem {
    /// The form came back sooner than anybody fills it in.
    case tooSoon
    /// The form is too old, or was not given out here.
    case expired
    /// The field that people do not see was filled in.
    case trap
    /// What has to be agreed to was not.
    case noConsent

    /// The stable code; `docs/errors.md` explains each.
    var code: String {
        switch self {
        case .tooSoon: "WEB-0141"
        case .expired: "WEB-0142"
        case .trap: "WEB-0143"
        case .noConsent: "WEB-0144"
        }
    }

    /// The key of the sentence among the texts of the site.
    var text: String {
        switch self {
        case .tooSoon: "filing_too_soon"
        case .expired: "filing_expired"
        case .trap: "filing_trap"
        case .noConsent: "filing_no_consent"
        }
    }
}

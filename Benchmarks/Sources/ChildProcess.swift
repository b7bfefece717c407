import Foundation

/// Another program that is run and waited for.
struct ChildProcess {
    let path: String
    let arguments: [String]

    /// What running it took.
    struct Usage {
        let seconds: Double
        /// The most memory it had at any time, in bytes.
        let peakBytes: Int
    }

    /// What keeps a program from having been run.
    enum Problem: Error {
        case notStarted(String)
        case failed(String, status: Int32)
    }

    /// Runs it to its end.
    func run() throws -> Usage {
        let words = ([path] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        var usage = rusage()
        var status: Int32 = 0
        let clock = ContinuousClock()
        let start = clock.now
        guard posix_spawnp(&process, path, nil, nil, words + [nil], environ) == 0 else {
            throw Problem.notStarted(path)
        }
        guard wait4(process, &status, 0, &usage) == process else { throw Problem.notStarted(path) }
        let took = Measuring.seconds(clock.now - start)
        guard status == 0 else { throw Problem.failed(path, status: status) }
        // Linux counts in KiB.
        return Usage(seconds: took, peakBytes: usage.ru_maxrss * 1024)
    }
}

import Expressions
import Foundation
import Records
import Rulebooks
import Storage
import Testing

@testable import Office

@Suite("Roles that no one person holds together")
struct AccountSeparationTests {
    private static func open(
        _ test: TestOffice, _ login: String, _ role: String, name: String, phone: String? = nil
    ) throws -> Record {
        var values: [String: Value] = [
            "login": .string(login), "name": .string(name), "role": .string(role),
            "region": .string("330000000000"),
        ]
        if let phone { values["phone"] = .string(phone) }
        return try test.create("account", values, by: .system)
    }

    @Test(
        "One name is one person, unless two numbers say otherwise; one number is one person, whatever the name"
    )
    func persons() throws {
        let test = try TestOffice()
        _ = try Self.open(test, "safe", "security-administrator", name: "王莉", phone: "138 0013 8000")
        let cases: [(role: String, name: String, phone: String?, isRefused: Bool)] = [
            ("auditor", "王莉", nil, true), ("auditor", " 王 莉", nil, true),
            ("auditor", "王莉", "13900139000", false), ("system-administrator", "李明", "+86 13800138000", true),
            ("system-administrator", "李明", nil, false), ("inspector", "王莉", nil, false),
            ("security-administrator", "王莉", "13800138000", false),
            ("security-administrator", "王莉", nil, true),
        ]
        for (index, one) in cases.enumerated() {
            do {
                _ = try Self.open(test, "login\(index)", one.role, name: one.name, phone: one.phone)
                #expect(!one.isRefused, "\(one)")
            } catch let refusal as Refusal {
                #expect(one.isRefused && refusal.has(.rolesSeparate), "\(one)")
                #expect(refusal.reasons.first?.field == "role")
            }
        }
        try test.expectCleanAudit()
    }

    @Test(
        "Changing the role or the name of an account is checked alike; a closed account stands in nobody's way"
    )
    func changes() throws {
        let test = try TestOffice()
        let safe = try Self.open(test, "safe", "security-administrator", name: "王莉")
        _ = try Self.open(test, "other", "security-administrator", name: "赵敏")
        let inspector = try Self.open(test, "wang", "inspector", name: "王莉")
        let anybody = TestOffice.person("setup", Actor.anyRole, region: "")
        func amend(_ values: [String: Value]) throws {
            try test.registrar.perform(
                Action(.amend, kind: "account", record: inspector.id, values: values), by: anybody)
        }
        #expect(try test.refusal { try amend(["role": .string("auditor")]) }.has(.rolesSeparate))
        try test.act("close", on: safe, ["reason": .string("退休")], by: anybody)
        try amend(["role": .string("auditor")])
    }

    @Test(
        "Of a role that must always have holders the last one cannot be suspended, closed or given another role"
    )
    func last() throws {
        let test = try TestOffice()
        let anybody = TestOffice.person("setup", Actor.anyRole, region: "")
        let safe = try Self.open(test, "safe", "security-administrator", name: "王莉")
        for act in ["suspend", "close"] {
            #expect(
                try test.refusal {
                    try test.act(act, on: safe, ["reason": .string("试")], by: anybody)
                }.has(.lastHolder), "\(act)")
        }
        #expect(
            try test.refusal {
                try test.registrar.perform(
                    Action(
                        .amend, kind: "account", record: safe.id, values: ["role": .string("inspector")]),
                    by: anybody)
            }.has(.lastHolder))
        let second = try Self.open(test, "sure", "security-administrator", name: "赵敏")
        try test.act("suspend", on: safe, ["reason": .string("休假")], by: anybody)
        #expect(
            try test.refusal {
                try test.act("suspend", on: second, ["reason": .string("试")], by: anybody)
            }.has(.lastHolder))
    }

    @Test("Two at once in one transaction are checked against each other")
    func together() throws {
        let test = try TestOffice()
        let requests = ["security-administrator", "auditor"].map { role in
            Request(
                Action(
                    .create, kind: "account",
                    values: [
                        "login": .string(role), "name": .string("王莉"), "role": .string(role),
                        "region": .string("330000000000"),
                    ]), by: .system)
        }
        let results = try test.registrar.perform(requests)
        #expect((try? results[0].get()) != nil)
        #expect(throws: Refusal.self) { _ = try results[1].get() }
    }

    @Test(
        "Whoever may not open an account may not import many; the operator of the folder may, row by row checked"
    )
    func imports() throws {
        let test = try TestOffice()
        let file = test.folder.appendingPathComponent("accounts.csv")
        let text =
            "login,name,role,region\nsafe,王莉,security-administrator,330000\nlook,王莉,auditor,330000\n"
        try Data(text.utf8).write(to: file)
        var request = ImportRequest(kind: "account", fileName: "accounts.csv")
        let importer = Importer(test.office, archive: test.workspace.archive)
        let inspector = TestOffice.person("wang", "inspector")
        #expect(
            try test.refusal { _ = try importer.run(request, file: file, by: inspector) }.has(.roleNotAllowed)
        )
        request.skipsBadRows = true
        let report = try importer.run(request, file: file, by: .actor(.operatorOfFolder))
        #expect(report.taken == 1 && report.refused == 1)
        #expect(report.errors.first?.code == RefusalCode.rolesSeparate.rawValue)
    }
}

@Suite("Logs are kept as long as the rulebook says, and jobs by whom they concern")
struct KeepingTests {
    @Test("Lines older than the policies are removed, and no others")
    func pruning() throws {
        let test = try TestOffice()
        let moment = test.office.moment
        try test.office.store.write { writer in
            for days in [0, 199, 201, 400] as [Int64] {
                let at = moment.plus(-days * 86_400)
                try writer.append(
                    StoredSignIn(at: at, login: "\(days)", address: "", outcome: "refused", userAgent: ""))
                try writer.append([
                    StoredDenial(
                        at: at, login: "\(days)", role: "", address: "", method: "GET", target: "/",
                        code: "WEB-0103")
                ])
            }
        }
        let removed = try LogKeeping(test.office).prune()
        #expect(removed == (2, 2))
        let (signIns, denials) = try test.office.store.read { reader in
            (try reader.signIns(LogQuery()).map(\.login), try reader.denials(LogQuery()).map(\.login))
        }
        #expect(signIns == ["199", "0"])
        #expect(denials == ["199", "0"])
    }

    @Test("A job is asked for with its permission, seen by whom it concerns, and carried on once")
    func jobs() throws {
        let test = try TestOffice()
        let desk = JobDesk(test.office)
        func actor(_ login: String, _ permissions: Set<Permission>) -> Actor {
            Actor(login: login, name: login, role: "x", region: "", permissions: permissions)
        }
        let (wang, li) = (actor("wang", [.import]), actor("li", [.import]))
        #expect(throws: Refusal.self) {
            try desk.begin(.audit, subject: "", request: "", by: wang)
        }
        let job = try desk.begin(.importCheck, subject: "a.csv", request: "", by: wang)
        #expect(throws: Refusal.self) { try desk.job(job.id, as: li) }
        #expect(throws: Refusal.self) { try desk.job(job.id, as: actor("wang", [.audit])) }
        #expect(try desk.job(job.id, as: wang).sort == .importCheck)
        #expect(try desk.jobs([.importCheck, .import], as: li).isEmpty)
        let next = try desk.begin(.import, subject: "a.csv", request: "", by: wang, follows: job.id)
        #expect(
            try test.refusal {
                _ = try desk.begin(.import, subject: "a.csv", request: "", by: wang, follows: job.id)
            }.has(.alreadyDone))
        #expect(try desk.job(following: job.id)?.id == next.id)
        try desk.recover()
        #expect(try desk.job(next.id, as: wang).job.state == .interrupted)
        for _ in 0..<5 { _ = try desk.begin(.importCheck, subject: "", request: "", by: wang) }
        #expect(throws: Refusal.self) { try desk.begin(.importCheck, subject: "", request: "", by: wang) }
        _ = try desk.begin(.importCheck, subject: "", request: "", by: li)
    }

    @Test("Jobs run one after the other; what fails says why, and what is unforeseen says no more than that")
    func runner() async throws {
        struct Secret: Error {}
        let test = try TestOffice()
        let runner = JobRunner(test.office)
        let actor = Actor(
            login: "wang", name: "wang", role: "x", region: "", permissions: [.audit, .operate])
        let desk = JobDesk(test.office)
        let good = try desk.begin(.audit, subject: "", request: "", by: actor)
        let bad = try desk.begin(.backup, subject: "", request: "", by: actor)
        let worse = try desk.begin(.backup, subject: "", request: "", by: actor)
        runner.begin(good) { _, steps in
            steps.note(share: 0.5, count: 7)
            return "\(runner.step(of: good.id)?.count ?? 0)"
        }
        runner.begin(bad) { _, _ in throw Refusal(RefusalReason(.notPermitted, "不可", "No.")) }
        runner.begin(worse) { _, _ in throw Secret() }
        await runner.settle()
        let done = try desk.job(good.id, as: actor).job
        #expect(done.state == .done && done.result == "7" && done.endedAt != nil)
        let failed = try desk.job(bad.id, as: actor).job
        #expect(failed.state == .failed)
        #expect(failed.outcome(JobFailure.self) == JobFailure(code: "ZH-0121", zh: "不可", en: "No."))
        let unforeseen = try desk.job(worse.id, as: actor).job.result
        #expect(!unforeseen.contains("Secret") && unforeseen.contains("意料之外"))
        #expect(!runner.holdsDoor)
    }

    @Test("A run of the clocks is remembered")
    func sweeps() throws {
        let test = try TestOffice()
        let actor = Actor(
            login: "m", name: "m", role: "x", region: "", permissions: [.operate])
        func status() throws -> MachineStatus {
            try MachineStatus(test.office, workspace: test.workspace, as: actor)
        }
        #expect(try status().clocks == nil)
        _ = try Scheduler(test.office).run().get()
        let line = try #require(try status().clocks)
        #expect(line.moment == test.office.moment && line.fired == 0 && !line.isBroken)
        #expect(throws: Refusal.self) {
            _ = try MachineStatus(
                test.office, workspace: test.workspace,
                as: Actor(login: "x", name: "x", role: "x", region: "", permissions: [.read]))
        }
    }
}

@Suite("What the rulebook says of roles")
struct RoleTests {
    @Test("Separation holds both ways, and an account names a role that exists")
    func roles() throws {
        let test = try TestOffice()
        let roles = test.rulebook.roles
        #expect(roles["auditor"]?.separateFrom == ["system-administrator", "security-administrator"])
        #expect(roles["security-administrator"]?.atLeast == 1)
        #expect(roles["inspector"]?.separateFrom.isEmpty == true && roles["inspector"]?.atLeast == 0)
        let refusal = try test.refusal {
            try test.create(
                "account",
                [
                    "login": .string("wang"), "name": .string("王"), "role": .string("king"),
                    "region": .string("330106000000"),
                ], by: .system)
        }
        #expect(refusal.reasons.contains { $0.field == "role" })
    }

    @Test("A role cannot be kept apart from itself, or from one that does not exist")
    func unknownRoles() throws {
        for other in ["king", "inspector"] {
            let files = try RulebookFolder.files(at: Project.root.appendingPathComponent("rulebook")).map {
                file in
                guard file.path == "base/roles.yaml" else { return file }
                let text = String(decoding: file.bytes, as: UTF8.self).replacing(
                    "english: Inspector\n", with: "english: Inspector\nseparate_from: [\(other)]\n")
                return RulebookFile(path: file.path, bytes: Array(text.utf8))
            }
            do {
                _ = try Workspace.load([files])
                Issue.record("\(other) was taken")
            } catch let problems as RulebookProblems {
                #expect(problems.problems.map(\.code) == [.unknownReference], "\(other)")
                #expect(problems.problems.first?.position.file == "base/roles.yaml")
            }
        }
    }
}

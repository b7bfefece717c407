struct DoorBenchmark { let ground: Ground; let actions: Int; let repetitions: Int; func run() async throws {} }

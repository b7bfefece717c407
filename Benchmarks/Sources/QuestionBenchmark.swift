struct QuestionBenchmark { let ground: Ground; let records: Int; func run() throws {} }

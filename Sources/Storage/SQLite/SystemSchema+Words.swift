extension SystemSchema {
    /// The words by which records are found; see `WordRow`.
    static let wordTables = """
        CREATE VIRTUAL TABLE zhiheng_words USING fts5 (words, content = '', columnsize = 0, detail = 'none',
            tokenize = 'ascii');
        CREATE TABLE zhiheng_words_kind (
            kind TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, through INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE zhiheng_words_again (
            kind INTEGER NOT NULL, record INTEGER NOT NULL, generation INTEGER NOT NULL,
            PRIMARY KEY (kind, record)
        ) STRICT, WITHOUT ROWID;
        """
}

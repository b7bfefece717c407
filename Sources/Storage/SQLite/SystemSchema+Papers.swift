extension SystemSchema {
    /// Finds the adoptions of rulebooks among millions of entries.
    static let adoptionIndex = """
        CREATE INDEX zhiheng_entry_adoption ON zhiheng_entry (position) WHERE action = 'adopt-rulebook';
        """
}

import Figures

/// The tally cells of a snapshot as figures read them. Not to be kept beyond the reading it was made of.
public struct StoredCells: CellSource {
    private let reading: any StoreReading

    /// The cells that a reading sees.
    public init(_ reading: any StoreReading) {
        self.reading = reading
    }

    public func sums(_ request: CellRequest) throws -> [CellSum] { try reading.cellSums(request) }
}

/// The registry of reasons why a value does not fit a field. Codes are stable and never reused.
public enum FieldProblemCode: String, Sendable, CaseIterable {
    /// A value of another form or type than the field's.
    case wrongForm = "FV-0101"
    /// Characters that a text cannot have.
    case badCharacters = "FV-0102"
    /// A text too short or too long.
    case badLength = "FV-0103"
    /// A text that the pattern does not match.
    case badPattern = "FV-0104"
    /// What is no number.
    case notANumber = "FV-0201"
    /// More decimal places than the field has.
    case tooManyPlaces = "FV-0202"
    /// A number outside the limits.
    case outOfRange = "FV-0203"
    /// What is no date.
    case notADate = "FV-0301"
    /// What is no moment.
    case notAMoment = "FV-0302"
    /// What is neither yes nor no.
    case notABoolean = "FV-0303"
    /// What is no item of the code list.
    case unknownCode = "FV-0401"
    /// What is no region.
    case unknownRegion = "FV-0402"
    /// A region too coarse for the field.
    case regionTooCoarse = "FV-0403"
    /// What is no unified social credit code.
    case notACreditCode = "FV-0501"
    /// Warning: a credit code whose check digit does not agree.
    case creditCheckDigit = "FV-0502"
    /// What is no identity number.
    case notAnIdentityNumber = "FV-0503"
    /// An identity number whose check digit does not agree.
    case identityCheckDigit = "FV-0504"
    /// What is no place.
    case notAPlace = "FV-0601"
    /// What is no list of files.
    case notFiles = "FV-0602"
    /// Too many files or rows.
    case tooMany = "FV-0603"
    /// A column that the table does not have.
    case unknownColumn = "FV-0604"
    /// A column that a row cannot be without.
    case missingColumn = "FV-0605"
}

/// Why a value does not fit a field, in words for the person who gave it.
public struct FieldProblem: Error, Hashable, Sendable {
    /// The stable code.
    public let code: FieldProblemCode
    /// The field, or `field.column` within a table.
    public let field: String
    /// The sentence.
    public let message: Bilingual
    /// The offending value as given.
    public let value: String
}

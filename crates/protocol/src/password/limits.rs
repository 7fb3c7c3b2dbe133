//! Bounds that more than one part goes by.

/// The longest password, in code points of its NFC form: the reference's limit, and four times what
/// NIST SP 800-63B-4 section 3.1.1.2 asks to allow. It bounds the work of judging and hashing.
pub const PASSWORD_LENGTH_MAX: u16 = 256;

/// The points that a password needs (Microsoft Entra documentation, `concept-password-ban-bad`).
pub const SCORE_REQUIRED: u16 = 5;

/// The shortest term that is looked for inside a password, and the shortest piece of a password
/// that is taken for one, in code points: what is shorter stands in words by chance. The reference
/// has the same limit for names and for custom terms (Microsoft Entra documentation,
/// `concept-password-ban-bad`).
pub const TERM_LENGTH_MIN: usize = 4;

/// The fewest keys in a row that count by themselves: three stand in words by chance (`were`,
/// `point`).
pub(super) const KEYS_MIN: usize = 4;

//! Limits that several modules share.

/// The longest password, in code points of its NFC form. This is the reference's limit, and four
/// times the length that NIST SP 800-63B-4 section 3.1.1.2 requires to allow. It limits the work of
/// judging and hashing.
pub const PASSWORD_LENGTH_MAX: u16 = 256;

/// The points that a password needs (Microsoft Entra documentation, `concept-password-ban-bad`).
pub const SCORE_REQUIRED: u16 = 5;

/// The shortest term that is searched inside a password, and the shortest piece of a password that
/// counts as one, in code points. Words contain shorter ones by chance. The reference has the same
/// limit for names and for custom terms (Microsoft Entra documentation,
/// `concept-password-ban-bad`).
pub const TERM_LENGTH_MIN: usize = 4;

/// The fewest keys in a row that count by themselves. Words contain three by chance (`were`,
/// `point`).
pub(super) const KEYS_MIN: usize = 4;

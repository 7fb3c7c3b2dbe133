//! Random bytes from the system's generator.

/// Random bytes.
///
/// # Panics
///
/// When the system has none: nothing secret may be made without them.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

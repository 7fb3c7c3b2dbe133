//! Words of two bytes in the form of the table: all low bytes, then all high bytes.

#[derive(Clone, Copy)]
pub(crate) struct Words<'t> {
    low: &'t [u8],
    high: &'t [u8],
}

impl<'t> Words<'t> {
    /// `None` if the number of bytes is odd.
    pub(crate) const fn new(bytes: &'t [u8]) -> Option<Self> {
        let (low, high) = bytes.split_at(bytes.len() / 2);
        if low.len() == high.len() {
            Some(Self { low, high })
        } else {
            None
        }
    }

    pub(crate) const fn len(&self) -> usize {
        self.low.len()
    }

    /// A word, or 0 after the end.
    pub(crate) const fn get(&self, index: usize) -> u16 {
        if index < self.low.len() && index < self.high.len() {
            u16::from_le_bytes([self.low[index], self.high[index]])
        } else {
            0
        }
    }
}

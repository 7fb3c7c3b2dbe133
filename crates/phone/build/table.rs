//! Writes the table that `src/table.rs` reads: the lengths of its parts, then the parts.

#[derive(Default)]
pub(crate) struct Table {
    lengths: Vec<u8>,
    parts: Vec<u8>,
}

impl Table {
    /// Adds a part that consists of bytes.
    pub(crate) fn bytes(&mut self, bytes: impl IntoIterator<Item = u8>) {
        let before = self.parts.len();
        self.parts.extend(bytes);
        let length = number(self.parts.len() - before);
        self.lengths.extend(length.to_le_bytes());
    }

    /// Adds a part that consists of words: first all low bytes, then all high bytes, which have few
    /// values and compress better separately.
    pub(crate) fn words(&mut self, words: impl IntoIterator<Item = u16>) {
        let words: Vec<[u8; 2]> = words.into_iter().map(u16::to_le_bytes).collect();
        let low = words.iter().map(|[low, _]| *low);
        self.bytes(low.chain(words.iter().map(|[_, high]| *high)));
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        [self.lengths, self.parts].concat()
    }
}

/// A count, as in the table.
pub(crate) fn number(count: usize) -> u16 {
    u16::try_from(count).expect("a part of the table has fewer than 2^16 bytes")
}

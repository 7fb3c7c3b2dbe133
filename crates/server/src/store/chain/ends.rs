//! Both ends of the chain, and their seal.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::keys::Keys;
use crate::store::result::Result;

/// A link of the chain: a position and the hash there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Link {
    /// The number of rows up to here, counted from the very first row.
    pub(super) position: i64,
    /// The hash over all of these rows.
    pub(super) hash: Vec<u8>,
}

/// The query for both ends.
pub(in crate::store) const ENDS: &str =
    "SELECT first_position, first_hash, last_position, last_hash, seal FROM chain LIMIT $1";

/// Both ends in their stored form.
pub(in crate::store) struct Ends {
    pub(super) first: Link,
    pub(super) last: Link,
    /// `None` until the first row is chained.
    pub(super) seal: Option<Vec<u8>>,
    /// Whether there have been rows, although the ends say that none was chained.
    pub(super) is_emptied: bool,
}

impl Ends {
    /// Reads the columns of [`ENDS`].
    pub(in crate::store) fn read(row: &AnyRow) -> Result<Self> {
        let link = |first: usize| -> Result<Link> {
            Ok(Link {
                position: row.try_get(first)?,
                hash: row.try_get(first + 1)?,
            })
        };
        Ok(Self {
            first: link(0)?,
            last: link(2)?,
            seal: row.try_get(4)?,
            is_emptied: false,
        })
    }

    /// Whether any row was ever chained.
    pub(in crate::store) const fn is_sealed(&self) -> bool {
        self.seal.is_some()
    }
}

/// Seals both ends. The first key seals. Seals of any key are accepted.
pub(in crate::store) struct EndsSeal(Vec<[u8; 32]>);

impl EndsSeal {
    pub(in crate::store) fn of(keys: &Keys) -> Self {
        Self(
            keys.iter()
                .map(|key| key.derived("audit chain ends"))
                .collect(),
        )
    }

    /// The seal over both ends with the first key.
    pub(super) fn seal(&self, first: &Link, last: &Link) -> Vec<u8> {
        seal(&self.0[0], first, last)
    }

    /// Whether the ends are where we left them.
    pub(in crate::store) fn is_ours(&self, ends: &Ends) -> bool {
        match &ends.seal {
            Some(sealed) => {
                let mut keys = self.0.iter();
                keys.any(|key| seal(key, &ends.first, &ends.last) == *sealed)
            }
            None => !ends.is_emptied && ends.first.position == 0 && ends.last == ends.first,
        }
    }
}

fn seal(key: &[u8; 32], first: &Link, last: &Link) -> Vec<u8> {
    let mut mac = mac(key);
    for Link { position, hash } in [first, last] {
        mac.update(&position.to_be_bytes());
        mac.update(&hash.len().to_be_bytes());
        mac.update(hash);
    }
    mac.finalize().into_bytes().to_vec()
}

/// An empty keyed hash.
pub(super) fn mac(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length")
}

//! What carries letters.

use async_trait::async_trait;

use crate::letter::Letter;

/// How many letters a carrier has in hand at once that does not say otherwise.
const PLACES: usize = 16;

/// Why a carrier did not carry.
pub(crate) enum NotCarried {
    /// It could not now, and is asked again until the deadline.
    Yet(anyhow::Error),
    /// It could, but its recipient is to be tried again later.
    Deferred(anyhow::Error),
    /// Its recipient is refused for good.
    Ever(anyhow::Error),
}

impl From<anyhow::Error> for NotCarried {
    fn from(error: anyhow::Error) -> Self {
        Self::Yet(error)
    }
}

/// Carries letters of one kind or of all.
#[async_trait]
pub(crate) trait Carrier: Send + Sync {
    /// Once it is with those who bring it there. An error holds nothing of whom it is for and what
    /// it says.
    async fn carry(&self, letter: Letter) -> Result<(), NotCarried>;

    /// How many letters it may have in hand at once.
    fn places(&self) -> usize {
        PLACES
    }
}

//! The interface of carriers of letters.

use std::time::Duration;

use anyhow::anyhow;
use async_trait::async_trait;
use postern_letters::Letter;
use tokio::time::timeout;

/// Maximum time that a carrier may take for a letter.
pub(crate) const CARRY_WITHIN: Duration = Duration::from_secs(30);

/// Default number of letters that a carrier handles at once.
const PLACES: usize = 16;

/// Why a carrier did not carry a letter.
pub(crate) enum NotCarried {
    /// The carrier cannot carry now. Delivery retries until the deadline.
    Yet(anyhow::Error),
    /// The carrier works, and asks to try this recipient again later.
    Deferred(anyhow::Error),
    /// The carrier refuses the recipient for good.
    Ever(anyhow::Error),
}

impl From<anyhow::Error> for NotCarried {
    fn from(error: anyhow::Error) -> Self {
        Self::Yet(error)
    }
}

/// A carrier of letters of one kind, or of all kinds.
#[async_trait]
pub(crate) trait Carrier: Send + Sync {
    /// Returns once the next server has accepted the letter. An error contains neither the
    /// recipient nor the content.
    async fn carry(&self, letter: Letter) -> Result<(), NotCarried>;

    /// Maximum number of letters that the carrier handles at once.
    fn places(&self) -> usize {
        PLACES
    }
}

/// Carries a letter, and gives up if the carrier does not answer within `patience`.
pub(crate) async fn carry_within(
    patience: Duration,
    carrier: &dyn Carrier,
    letter: Letter,
) -> Result<(), NotCarried> {
    let done = timeout(patience, carrier.carry(letter)).await;
    done.unwrap_or_else(|_| Err(anyhow!("the carrier did not answer").into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_letters::TextLetter;

    struct Silent;

    #[async_trait]
    impl Carrier for Silent {
        async fn carry(&self, _: Letter) -> Result<(), NotCarried> {
            std::future::pending().await
        }
    }

    #[tokio::test]
    async fn a_carrier_that_never_answers_is_given_up() {
        let letter = Letter::Text(TextLetter {
            to: "+447700900123".into(),
            text: "a text".into(),
            code: String::new(),
        });
        let carried = carry_within(Duration::from_millis(1), &Silent, letter).await;
        let Err(NotCarried::Yet(error)) = carried else {
            panic!("it is tried again");
        };
        assert_eq!(error.to_string(), "the carrier did not answer");
    }
}

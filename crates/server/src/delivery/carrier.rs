//! What carries letters.

use std::time::Duration;

use anyhow::anyhow;
use async_trait::async_trait;
use tokio::time::timeout;

use crate::letter::Letter;

/// How long a carrier may take.
pub(crate) const CARRY_WITHIN: Duration = Duration::from_secs(30);

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

/// Has a letter carried, and gives up a carrier that has not answered by then.
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
    use crate::letter::TextLetter;

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

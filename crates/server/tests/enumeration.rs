//! Nobody can tell by an answer whether an account is there: neither by its status, nor by its headers, nor by what is in it.
//!
//! How long answers take is measured by `cargo xtask bench enumeration`.

#[path = "enumeration/walk.rs"]
mod walk;

use walk::{House, Who};

/// People of each kind.
const PEOPLE: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn known_refused_and_unknown_people_are_answered_alike_by_every_endpoint() {
    let house = House::start(PEOPLE).await;
    for (name, answers) in house.ask(PEOPLE).await {
        let known = &answers[&Who::Known];
        for who in Who::ALL {
            assert_eq!(answers[&who].len(), PEOPLE, "{name}");
            for (seen, expected) in answers[&who].iter().zip(known) {
                assert_eq!(seen.status, expected.status, "{name}, {who:?}");
                assert_eq!(seen.headers, expected.headers, "{name}, {who:?}");
                assert_eq!(seen.shape, expected.shape, "{name}, {who:?}");
            }
        }
    }
    house.stop().await;
}

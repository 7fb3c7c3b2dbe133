//! The claims about the pages, one file for each theme; [`ways`] contains the steps that lead to
//! each page.

mod access;
mod account;
mod announced;
mod codes;
mod devices;
mod element;
mod embed;
mod first_step;
mod frame;
mod grounds;
mod history;
mod journeys;
mod languages;
mod last_try;
mod layout;
mod locks;
mod offline;
mod passwords;
mod phones;
mod picture;
mod portal;
mod refusals;
mod restored;
mod resume;
mod screens;
mod service;
mod stops;
mod support;
mod ways;

use crate::test::Test;

/// Every claim, the basic ones first.
pub(crate) fn all() -> Vec<Test> {
    [
        first_step::claims(),
        journeys::claims(),
        refusals::claims(),
        codes::claims(),
        locks::claims(),
        last_try::claims(),
        phones::claims(),
        passwords::claims(),
        resume::claims(),
        restored::claims(),
        history::claims(),
        offline::claims(),
        languages::claims(),
        support::claims(),
        access::claims(),
        account::claims(),
        announced::claims(),
        layout::claims(),
        devices::claims(),
        embed::claims(),
        element::claims(),
        frame::claims(),
        screens::claims(),
        service::claims(),
        portal::claims(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::everywhere::{IN_EVERY_ENGINE, NOT_IN};

    #[test]
    fn each_part_of_the_lists_for_engines_is_one_of_a_claims_name() {
        let claims = all();
        for (_, part, _) in NOT_IN {
            assert!(
                claims.iter().any(|claim| claim.name().contains(part)),
                "no claim has {part} in its name"
            );
        }
        for (part, why) in IN_EVERY_ENGINE {
            assert!(!why.is_empty(), "{part}");
            assert!(
                claims.iter().any(|claim| claim.name().contains(part)),
                "no claim has {part} in its name"
            );
        }
    }
}

//! The style for a portal's page. It overrides the rules of that page, and changes nothing outside
//! the wizard.
//!
//! All of it is in the cascade layer `postern`, and all that the wizard's look needs is
//! `!important`. An important declaration in a layer overrides the page's own rules, and among our
//! layers the first one overrides the others (CSS Cascade 5, section 6.4.4). The tokens are not
//! important, so the page can set them.

use anyhow::{Result, ensure};

use super::css::{self, Item};
use crate::{
    finish::{
        names::EMBED_FOLDER,
        style::{minified, names, read},
    },
    workspace,
};

/// The sheet with colours and similar tokens, which are set on the element.
const TOKENS: &str = "00-tokens.css";
/// The sheet for the area around the wizard in its own page.
const PAGE: &str = "10-page.css";

/// The layers, the strongest first.
const LAYERS: &str = "@layer urgent,rules,reset;";
const IMPORTANT: &str = "!important";
const DARK: &str = "@media(prefers-color-scheme:dark)";

/// In a portal's page there is a paper colour only if the portal sets one. Our own is for fields,
/// and for places that would be unreadable without it.
const PAPER: &str = "var(--postern-paper)";
const PAPER_OR_OWN: &str = "var(--postern-paper,var(--postern-own-paper))";
const PAPER_SAID: &str = "--postern-paper:";
const OWN_PAPER_SAID: &str = "--postern-own-paper:";

/// The sheet as one rule.
pub(super) fn sheet() -> Result<String> {
    let style = workspace::root().join("style");
    let own = workspace::root().join(EMBED_FOLDER);
    let mut rules = Vec::new();
    for name in names(&style)? {
        if name != TOKENS && name != PAGE {
            rules.extend(parsed(&read(&style, &name)?)?);
        }
    }
    let with_own_paper = |items: &[Item]| css::text(items).replace(PAPER, PAPER_OR_OWN);
    let layer = format!(
        "@layer postern{{{LAYERS}{}{}@layer urgent{{{}}}@layer rules{{{}}}@layer reset{{{}}}}}",
        css::text(&tokens(&parsed(&read(&style, TOKENS)?)?)?).replace(PAPER_SAID, OWN_PAPER_SAID),
        css::text(&insistent(&parsed(&read(&own, "host.css")?)?, None)),
        with_own_paper(&insistent(&rules, Some(true))),
        with_own_paper(&insistent(&rules, Some(false))),
        css::text(&insistent(&parsed(&read(&own, "reset.css")?)?, None)),
    );
    minified(&layer)
}

fn parsed(sheet: &str) -> Result<Vec<Item>> {
    css::parse(&minified(sheet)?)
}

/// The tokens on the element: those of the light scheme, and those of the dark one if the person or
/// the portal wants it.
fn tokens(items: &[Item]) -> Result<Vec<Item>> {
    let [
        Item::Rule { items: light, .. },
        Item::Rule {
            prelude,
            items: in_dark,
        },
    ] = items
    else {
        anyhow::bail!(
            "{TOKENS} should have the tokens of the light scheme, and those of the dark one"
        );
    };
    let [Item::Rule { items: dark, .. }] = in_dark.as_slice() else {
        anyhow::bail!("{TOKENS} should have one rule for the dark scheme");
    };
    ensure!(
        prelude == DARK,
        "{TOKENS} should have {DARK}, not {prelude}"
    );
    let rule = |prelude: &str, items: &[Item]| Item::Rule {
        prelude: prelude.to_owned(),
        items: items.to_vec(),
    };
    Ok(vec![
        rule("postern-reset", light),
        rule(
            DARK,
            &[rule(
                "postern-reset:not([theme=light],[data-postern-scheme=light])",
                dark,
            )],
        ),
        rule(
            "postern-reset:is([theme=dark],[data-postern-scheme=dark])",
            dark,
        ),
    ])
}

/// The rules with every declaration made important. `urgent` selects the declarations that are
/// important already, the others, or all.
///
/// Lengths in `rem` follow the person's font size instead of the page's root.
fn insistent(items: &[Item], urgent: Option<bool>) -> Vec<Item> {
    let mut kept = Vec::new();
    for item in items {
        match item {
            Item::Rule { prelude, items } => {
                let items = insistent(items, urgent);
                if !items.is_empty() {
                    kept.push(Item::Rule {
                        prelude: prelude.clone(),
                        items,
                    });
                }
            }
            Item::Declaration { name, value } => {
                let plain = value.strip_suffix(IMPORTANT);
                if urgent.is_none_or(|urgent| urgent == plain.is_some()) {
                    let value = css::with_rem(plain.unwrap_or(value), |number| {
                        format!("calc({number}*var(--postern-rem,16px))")
                    });
                    kept.push(Item::Declaration {
                        name: name.clone(),
                        value: value + IMPORTANT,
                    });
                }
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{TOKENS, insistent, tokens};
    use crate::{
        finish::embed::css::{parse, text},
        workspace,
    };

    #[test]
    fn every_declaration_is_insisted_on_and_those_that_were_before_go_first() {
        let rules = parse(".a{margin:0!important;color:red}@media print{.b{color:blue}}")
            .expect("it is well formed");
        assert_eq!(
            text(&insistent(&rules, Some(true))),
            ".a{margin:0!important;}"
        );
        assert_eq!(
            text(&insistent(&rules, Some(false))),
            ".a{color:red!important;}@media print{.b{color:blue!important;}}"
        );
    }

    #[test]
    fn no_length_follows_the_root_of_the_page() {
        let rules = parse(".a{font:1.5rem/1 serif;margin:-.5rem 2px}").expect("it is well formed");
        assert_eq!(
            text(&insistent(&rules, None)),
            ".a{font:calc(1.5*var(--postern-rem,16px))/1 serif!important;margin:calc(-.5*var(--postern-rem,16px)) 2px!important;}"
        );
    }

    #[test]
    fn tokens_are_the_elements_and_can_be_said_otherwise() {
        let sheet = parse(".postern,.p{--a:1}@media(prefers-color-scheme:dark){.postern{--a:2}}")
            .expect("it is well formed");
        assert_eq!(
            text(&tokens(&sheet).expect("it has both schemes")),
            "postern-reset{--a:1;}@media(prefers-color-scheme:dark){postern-reset:not([theme=light],[data-postern-scheme=light]){--a:2;}}\
             postern-reset:is([theme=dark],[data-postern-scheme=dark]){--a:2;}"
        );
    }

    #[test]
    fn the_portals_manual_names_every_token_with_its_defaults() {
        let read = |file: &str| {
            fs::read_to_string(workspace::root().join(file)).expect("the file is there")
        };
        let manual = read("docs/embedding.md");
        let sheet = read(&format!("style/{TOKENS}"));
        let said: Vec<(&str, &str)> = sheet
            .lines()
            .filter_map(|line| line.trim().strip_suffix(';')?.split_once(": "))
            .collect();
        assert!(!said.is_empty(), "{TOKENS} has no token");
        for (token, value) in said {
            let row = manual
                .lines()
                .find(|line| line.starts_with(&format!("| `{token}` |")));
            let row = row.unwrap_or_else(|| panic!("{token} is not in the manual"));
            assert!(
                token == "--postern-face" || row.contains(&format!("`{value}`")),
                "{row} has no {value}"
            );
        }
    }
}

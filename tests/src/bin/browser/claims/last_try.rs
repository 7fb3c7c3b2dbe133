//! Before the last try the page warns, and names the helpdesk and the other ways. It names nothing
//! that does not exist.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::ways;
use crate::{
    page::{Page, State},
    people::{ADA, DALIA, HANA},
    test::{Test, Trying},
};

/// The number of wrong proofs before the last one (the reference: five in an hour).
const TRIES: usize = 5;

/// The place of a warning in the summary, and of a warning alone.
const IN_SUMMARY: &str = ".postern-summary .postern-ways-out";
const BESIDE_NOTICE: &str = ".postern-notices + .postern-ways-out";

/// A proof that can be wrong.
#[derive(Clone, Copy)]
struct Proof {
    name: &'static str,
    reach: for<'a> fn(&'a Page) -> Trying<'a>,
    /// Gives the wrong proof with this number.
    fail: for<'a> fn(&'a Page, usize) -> Trying<'a>,
    /// The message for a wrong proof before the warning.
    wrong: &'static str,
    /// The message for the wrong proof before the last.
    last: &'static str,
    /// The message for an empty proof.
    empty: &'static str,
    /// Whether the person has another method.
    has_other_way: bool,
}

const PROOFS: [Proof; 4] = [
    Proof {
        name: "code_by_mail",
        reach: |page| Box::pin(ways::to_code_by_mail(page, ADA)),
        fail: |page, number| {
            // Every code is wrong except one of a hundred million.
            Box::pin(async move { ways::give_code(page, &format!("1234567{number}")).await })
        },
        wrong: "code-wrong",
        last: "code-spent[1]",
        empty: "code-empty",
        has_other_way: true,
    },
    Proof {
        name: "code_of_the_app",
        reach: |page| Box::pin(ways::to_code_of_app(page, HANA)),
        fail: |page, number| {
            Box::pin(async move {
                let code = page.code_of_app().await?;
                ways::give_code(page, &ways::another(&code, number)).await
            })
        },
        wrong: "code-wrong-authenticator",
        last: "code-wrong-authenticator[1]",
        empty: "code-empty",
        has_other_way: false,
    },
    Proof {
        name: "phone_number",
        reach: |page| Box::pin(ways::to_phone(page, ADA, "mobile-sms")),
        fail: |page, number| {
            Box::pin(async move { ways::send_to(page, &format!("+44 7911 12345{number}")).await })
        },
        wrong: "phone-mismatch",
        last: "phone-mismatch[1]",
        empty: "phone-empty",
        has_other_way: true,
    },
    Proof {
        name: "answers",
        reach: |page| Box::pin(ways::to_questions(page, DALIA)),
        fail: |page, number| {
            Box::pin(async move {
                for question in ways::questions_asked(page).await? {
                    let field = format!("answer-{question}");
                    page.type_into(&field, &format!("not this {number}"))
                        .await?;
                }
                page.submit().await
            })
        },
        wrong: "questions-wrong",
        last: "questions-wrong[1]",
        empty: "questions-empty",
        has_other_way: false,
    },
];

pub(super) fn claims() -> Vec<Test> {
    let claim = |proof: Proof| {
        let name = format!("{}_is_warned_of_with_what_there_is_beside_it", proof.name);
        Test::new("last_try", &name, move |page| Box::pin(proof.check(page)))
    };
    PROOFS.into_iter().map(claim).collect()
}

impl Proof {
    async fn check(self, page: &Page) -> Result<()> {
        (self.reach)(page).await?;
        for number in 1..TRIES {
            (self.fail)(page, number).await?;
            let state = page.expect_problem(self.wrong).await?;
            let warning = page.lab.given.words.of("en", self.last)?;
            ensure!(
                !state.problems.iter().any(|said| warning.is_in(said)),
                "{number} wrong ones, and the last try is announced: {:?}",
                state.problems
            );
            ensure!(
                beside(page, IN_SUMMARY).await?.is_none(),
                "ways out after {number} wrong ones"
            );
        }
        (self.fail)(page, TRIES).await?;
        page.expect_problem(self.last).await?;
        self.expect_beside(page, IN_SUMMARY).await?;
        if !self.has_other_way {
            self.ask_for_help(page, IN_SUMMARY).await?;
            return page.expect_problem_in_view(self.last).await.map(drop);
        }
        page.reload().await?;
        self.expect_notice(page).await?;
        if self.last.starts_with("code-spent") {
            page.get_over_cool_down().await?;
            page.press("code-resend").await?;
            page.expect_words("code-sent-again").await?;
            self.expect_notice(page).await?;
        }
        // A typing error does not remove the warning.
        page.submit().await?;
        page.expect_problem(self.empty).await?;
        self.expect_notice(page).await?;
        self.ask_for_help(page, BESIDE_NOTICE).await?;
        page.expect_words("last-try").await?;
        page.press("code-other-method").await?;
        page.expect_step("method").await.map(drop)
    }

    async fn expect_notice(&self, page: &Page) -> Result<()> {
        page.expect_words("last-try").await?;
        self.expect_beside(page, BESIDE_NOTICE).await
    }

    /// Checks that the helpdesk is there, and another way if the person has one.
    async fn expect_beside(&self, page: &Page, place: &str) -> Result<()> {
        let mut wanted = vec![
            page.words("support-contact")?,
            page.words("support-contact-link")?,
        ];
        if self.has_other_way {
            wanted.push(page.words("code-other-method")?);
        }
        let there = beside(page, place).await?;
        ensure!(
            there.as_ref() == Some(&wanted),
            "there are {there:?}, not {wanted:?}"
        );
        for way in wanted {
            let times = times(page, &way).await?;
            ensure!(times == 1, "{way} is there {times} times");
        }
        Ok(())
    }

    /// Asks for help there, and checks that the result appears there.
    async fn ask_for_help(&self, page: &Page, place: &str) -> Result<()> {
        page.press("support-contact").await?;
        let focused = format!(
            "return document.activeElement.closest('{place} .postern-contact')?.innerText ?? ''"
        );
        let wanted = page.lab.given.words.of("en", "support-contacted")?;
        page.eventually("the focus on what was done", async |_: &State| {
            let focused = page.ask(&focused, json!([])).await.unwrap_or_default();
            wanted.is_in(focused.as_str().unwrap_or_default())
        })
        .await
        .map(drop)
    }
}

/// The buttons and links there. `None` if the place does not exist.
async fn beside(page: &Page, place: &str) -> Result<Option<Vec<String>>> {
    let script = "const place = document.querySelector(arguments[0]);
        return place && [...place.querySelectorAll('button, a')].map(way => way.innerText)";
    let found: Value = page.ask(script, json!([place])).await?;
    Ok(serde_json::from_value(found)?)
}

/// How often this button or link is on the page.
async fn times(page: &Page, way: &str) -> Result<usize> {
    let script = "return [...document.querySelectorAll('.postern button, .postern a')]
        .filter(other => other.innerText === arguments[0]).length";
    let times = page.ask(script, json!([way])).await?;
    Ok(serde_json::from_value(times)?)
}

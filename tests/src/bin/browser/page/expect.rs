//! What a test expects of a page: steps, problems, words, and no errors in the console or in
//! reports.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{Page, state::State};
use crate::{
    engine::Engine,
    wait::{STEP_COMES_WITHIN, Seen, until},
};

impl Page {
    /// All that the page needs without a network is in the browser's keeping, and its keeper at
    /// work.
    pub(crate) async fn expect_kept_for_offline(&self) -> Result<()> {
        // WebKitGTK does not keep the state of the controller itself up to date.
        let script = "const done = arguments[arguments.length - 1];
            const workers = navigator.serviceWorker;
            if (!workers) done('no service workers');
            else workers.getRegistration().then(
                found => done(workers.controller ? found?.active?.state : 'no controller'),
                error => done(String(error)))";
        until("the service worker", STEP_COMES_WITHIN, async || {
            let state = self.driver.execute_async(script, Vec::new()).await?;
            match state.json().as_str() {
                Some("activated") => Ok(Seen::There(())),
                other => Ok(Seen::NotYet(format!("{other:?}"))),
            }
        })
        .await
    }

    /// The page has loaded, and its element of that name is more than a name.
    pub(crate) async fn expect_defined(&self, tag: &str) -> Result<()> {
        let script = "return document.readyState === 'complete'
            && document.querySelector(arguments[0])?.matches(':defined') === true";
        until(
            format!("{tag} to be defined"),
            STEP_COMES_WITHIN,
            async || {
                Ok(if self.ask(script, json!([tag])).await? == json!(true) {
                    Seen::There(())
                } else {
                    Seen::NotYet("it is not".to_owned())
                })
            },
        )
        .await
    }

    /// A script comes to give that.
    pub(crate) async fn expect_given(
        &self,
        what: &str,
        script: &str,
        wanted: &Value,
    ) -> Result<()> {
        until(what, STEP_COMES_WITHIN, async || {
            let given = self.ask(script, json!([])).await?;
            Ok(if given == *wanted {
                Seen::There(())
            } else {
                Seen::NotYet(given.to_string())
            })
        })
        .await
    }

    /// The step of that name, with everything that holds at every step: the focus is on its
    /// heading, the tab is named after it, and nothing is under way.
    pub(crate) async fn expect_step(&self, name: &str) -> Result<State> {
        let state = self.expect_step_in_view(name).await?;
        let named = !self.is_its_own || state.is_named_after_heading();
        if state.focus == "heading" && named {
            return Ok(state);
        }
        self.eventually(
            format!("the focus on the heading of {name}, and its title on the tab"),
            async |state: &State| {
                state.focus == "heading" && (!self.is_its_own || state.is_named_after_heading())
            },
        )
        .await
    }

    /// The step of that name, wherever the focus is: the first step of a page leaves it alone.
    pub(crate) async fn expect_step_in_view(&self, name: &str) -> Result<State> {
        let step = self
            .eventually(format!("the step {name}"), async |state: &State| {
                state.step == name && !state.is_busy
            })
            .await?;
        ensure!(
            step.headings == 1,
            "{name} has {} first headings",
            step.headings
        );
        Ok(step)
    }

    /// A problem in those words: in the summary, which has the focus, and in front of the title.
    pub(crate) async fn expect_problem(&self, key: &str) -> Result<State> {
        self.eventually(
            format!("the problem {key}, with the focus on it"),
            async |state: &State| {
                let Ok(saying) = self.lab.given.words.of(&state.language, key) else {
                    return false;
                };
                let Ok(prefix) = self
                    .lab
                    .given
                    .words
                    .of(&state.language, "wizard-error-prefix")
                else {
                    return false;
                };
                let said = state.problems.iter().any(|problem| saying.is_in(problem));
                let titled = !self.is_its_own || prefix.is_in(&state.title);
                said && state.focus == "summary" && titled && !state.is_busy
            },
        )
        .await
    }

    /// A problem in those words, wherever the focus is.
    pub(crate) async fn expect_problem_in_view(&self, key: &str) -> Result<State> {
        self.eventually(format!("the problem {key}"), async |state: &State| {
            let saying = self.lab.given.words.of(&state.language, key);
            let is_said = |problem: &String| saying.as_ref().is_ok_and(|it| it.is_in(problem));
            state.problems.iter().any(is_said) && !state.is_busy
        })
        .await
    }

    /// Those words, anywhere in the wizard.
    pub(crate) async fn expect_words(&self, key: &str) -> Result<State> {
        self.eventually(format!("the words {key}"), async |state: &State| {
            self.says(state, key)
        })
        .await
    }

    /// Whether those words are on the page, in its own language.
    pub(crate) fn says(&self, state: &State, key: &str) -> bool {
        self.says_in(&state.language, state, key)
    }

    /// Whether those words of that language are on the page.
    pub(crate) fn says_in(&self, language: &str, state: &State, key: &str) -> bool {
        let saying = self.lab.given.words.of(language, key);
        saying.is_ok_and(|saying| saying.is_in(&state.text))
    }

    /// A report that the page's policy stopped something, with that in it; it counts as heard then.
    pub(crate) async fn expect_report(&self, of: &str) -> Result<()> {
        until(
            "a report of the page's policy",
            STEP_COMES_WITHIN,
            async || {
                let reports = self.lab.reports.take();
                if reports.iter().any(|report| report.contains(of)) {
                    Ok(Seen::There(()))
                } else {
                    Ok(Seen::NotYet(reports.join(" | ")))
                }
            },
        )
        .await?;
        // The console says so too.
        self.errors_in_console().await.map(drop)
    }

    /// Waits until the wizard is as wanted.
    pub(crate) async fn eventually(
        &self,
        what: impl std::fmt::Display,
        wanted: impl AsyncFn(&State) -> bool,
    ) -> Result<State> {
        until(what, STEP_COMES_WITHIN, async || {
            let state = self.state().await?;
            if wanted(&state).await {
                Ok(Seen::There(state))
            } else {
                Ok(Seen::NotYet(state.to_string()))
            }
        })
        .await
    }

    /// The page's policy has stopped nothing, and nothing went wrong that only the console tells.
    pub(crate) async fn nothing_went_wrong_unseen(&self) -> Result<()> {
        let reports = self.lab.reports.take();
        ensure!(
            reports.is_empty(),
            "stopped by the policy: {}",
            reports.join("\n")
        );
        let errors = self.errors_in_console().await?;
        ensure!(errors.is_empty(), "in the console: {}", errors.join("\n"));
        Ok(())
    }

    /// What the console has of errors since last time; only one engine tells.
    pub(crate) async fn errors_in_console(&self) -> Result<Vec<String>> {
        if self.lab.engine != Engine::Chromium {
            return Ok(Vec::new());
        }
        let entries = self.driver.browser_log().await?.into_iter();
        // A production page without its service finds nothing at its API.
        let errors =
            entries.filter(|entry| entry.level == "SEVERE" && !entry.message.contains("/api/"));
        Ok(errors.map(|entry| entry.message).collect())
    }
}

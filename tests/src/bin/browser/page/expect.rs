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
    /// Waits until the browser has stored everything that the page needs without a network, and the
    /// service worker is active.
    pub(crate) async fn expect_kept_for_offline(&self) -> Result<()> {
        // WebKitGTK does not update the state of the controller itself.
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

    /// Waits until the page has loaded and the element with this name is defined.
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

    /// Waits until a script returns this value.
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

    /// Waits for this step, with everything that holds at every step: the focus is on its heading,
    /// the tab has its name, and nothing is in progress.
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

    /// Waits for this step, wherever the focus is: the first step of a page does not move it.
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

    /// Waits for a problem with these words: in the summary, which has the focus, and at the
    /// beginning of the title.
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

    /// Waits for a problem with these words, wherever the focus is.
    pub(crate) async fn expect_problem_in_view(&self, key: &str) -> Result<State> {
        self.eventually(format!("the problem {key}"), async |state: &State| {
            let saying = self.lab.given.words.of(&state.language, key);
            let is_said = |problem: &String| saying.as_ref().is_ok_and(|it| it.is_in(problem));
            state.problems.iter().any(is_said) && !state.is_busy
        })
        .await
    }

    /// Waits for these words, anywhere in the wizard.
    pub(crate) async fn expect_words(&self, key: &str) -> Result<State> {
        self.eventually(format!("the words {key}"), async |state: &State| {
            self.says(state, key)
        })
        .await
    }

    /// Whether these words are on the page, in its own language.
    pub(crate) fn says(&self, state: &State, key: &str) -> bool {
        self.says_in(&state.language, state, key)
    }

    /// Whether these words of this language are on the page.
    pub(crate) fn says_in(&self, language: &str, state: &State, key: &str) -> bool {
        let saying = self.lab.given.words.of(language, key);
        saying.is_ok_and(|saying| saying.is_in(&state.text))
    }

    /// Waits for a policy report that contains this text. The report then counts as expected.
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
        // The console reports it too.
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

    /// Checks that the page's policy has stopped nothing, and that the console has no errors.
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

    /// The errors in the console since the last call. Only one engine gives access to it.
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

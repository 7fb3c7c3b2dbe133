//! The demo next to the wizard: the phone, the mailbox, the authenticator app, the clock and the
//! connection. It is an instrument of the tests and not their subject, so the tests press its
//! buttons by script, hidden or not.

use anyhow::{Context, Result};
use serde_json::json;

use super::{Page, state::State, world::Connection};
use crate::{
    message::Kind,
    wait::{STEP_COMES_WITHIN, Seen, until},
};

/// How far the clock moves: past a cool-down, a code, an attempt, and a lock.
#[derive(Clone, Copy)]
pub(crate) enum Leap {
    Minute,
    FiveMinutes,
    Quarter,
    Day,
}

/// The state of the directory.
#[derive(Clone, Copy)]
pub(crate) enum Directory {
    Healthy,
    Unreachable,
    Misconfigured,
}

impl Page {
    /// Plays a persona: its name is in the first step's field, and the focus is on it.
    pub(super) async fn be_in_demo(&self, persona: &str) -> Result<()> {
        let row = format!("[data-persona=\"{persona}\"]");
        self.push(&row).await?;
        let script = "return document.querySelector(`${arguments[0]} bdi`).textContent";
        let identifier = self.ask(script, json!([row])).await?;
        self.eventually(
            format!("the name of {persona} in the field"),
            async |state: &State| {
                let typed = self.value_of("identifier").await;
                state.step == "identify" && typed.is_ok_and(|typed| identifier == json!(typed))
            },
        )
        .await
        .map(drop)
    }

    /// The codes of this kind, the newest first.
    pub(super) async fn codes_in_demo(&self, kind: Kind) -> Result<Vec<String>> {
        let script =
            "return [...document.querySelectorAll(`[data-message=${arguments[0]}] [data-code]`)]
            .map(element => element.dataset.code || element.textContent)
            .map(code => code.replace(/[^0-9]/g, ''))";
        Ok(serde_json::from_value(
            self.ask(script, json!([kind.name()])).await?,
        )?)
    }

    /// The number of sent messages of this kind.
    pub(super) async fn count_in_demo(&self, kind: Kind) -> Result<usize> {
        let script = "return document.querySelectorAll(`[data-message=${arguments[0]}]`).length";
        let count = self.ask(script, json!([kind.name()])).await?;
        Ok(serde_json::from_value(count)?)
    }

    /// The code that the authenticator app shows now.
    pub(super) async fn code_of_app_in_demo(&self) -> Result<String> {
        let script = "const shown = document.querySelector('[data-authenticator] [data-code]');
            return shown && (shown.dataset.code || shown.textContent).replace(/[^0-9]/g, '')";
        until(
            "a code in the authenticator app",
            STEP_COMES_WITHIN,
            async || {
                let shown = self.ask(script, json!([])).await?;
                match shown.as_str() {
                    Some(code) if !code.is_empty() => Ok(Seen::There(code.to_owned())),
                    _ => Ok(Seen::NotYet(shown.to_string())),
                }
            },
        )
        .await
    }

    /// Answers the phone and presses `#`.
    pub(super) async fn answer_call_in_demo(&self) -> Result<()> {
        self.push("[data-message=call] [data-press=\"#\"]").await
    }

    /// Does not answer the phone.
    pub(super) async fn hang_up_in_demo(&self) -> Result<()> {
        self.push("[data-message=call] [data-hang-up]").await
    }

    /// Moves the clock forward.
    pub(crate) async fn forward(&self, leap: Leap) -> Result<()> {
        let seconds = match leap {
            Leap::Minute => 60,
            Leap::FiveMinutes => 5 * 60,
            Leap::Quarter => 15 * 60,
            Leap::Day => 24 * 60 * 60,
        };
        self.push(&format!("[data-forward=\"{seconds}\"]")).await
    }

    pub(super) async fn connect_demo(&self, connection: Connection) -> Result<()> {
        let name = match connection {
            Connection::Online => "online",
            Connection::Offline => "offline",
            Connection::Lossy => "lossy",
        };
        self.push(&format!("[data-connection={name}]")).await
    }

    pub(crate) async fn set_directory(&self, directory: Directory) -> Result<()> {
        let name = match directory {
            Directory::Healthy => "healthy",
            Directory::Unreachable => "unreachable",
            Directory::Misconfigured => "misconfigured",
        };
        self.push(&format!("[data-directory={name}]")).await
    }

    /// Makes the wizard panic, and waits for its message.
    pub(crate) async fn break_down(&self) -> Result<State> {
        self.push("[data-demo-break]").await?;
        let state = self.expect_words("broken-body").await?;
        // The console also reports the panic.
        self.errors_in_console().await?;
        Ok(state)
    }

    /// The audit log, as text.
    pub(super) async fn audit_of_demo(&self) -> Result<String> {
        let script = "return document.querySelector('[data-audit]')?.textContent ?? ''";
        let text = self.ask(script, json!([])).await?;
        Ok(text.as_str().context("the audit log is text")?.to_owned())
    }

    /// Presses a control of the demo, or the control inside the found element.
    async fn push(&self, selector: &str) -> Result<()> {
        let script = "const found = document.querySelector(arguments[0]);
            if (!found) return false;
            const inner = found.matches('button, input') ? found : found.querySelector('input, button');
            (inner ?? found).click();
            return true";
        until(selector, STEP_COMES_WITHIN, async || {
            if self.ask(script, json!([selector])).await? == json!(true) {
                Ok(Seen::There(()))
            } else {
                Ok(Seen::NotYet("no such thing in the demo".to_owned()))
            }
        })
        .await
    }
}

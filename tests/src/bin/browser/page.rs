//! What a test does with a page, and what it expects of it, in the words of a person who uses it.
//!
//! Every function waits for what it needs, with a time limit, and reports what it saw instead.
//! [`expect`] has the expectations. [`surroundings`] has everything around the wizard: phones,
//! mailboxes, a connection. [`demo`] has what only the demo has, [`look`] what eyes and assistive
//! technology get, and [`state`] the content of the wizard.

use std::rc::Rc;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Key, TypingData, WebDriver, WebElement};

use crate::{
    lab::Lab,
    wait::{Seen, until},
    words::plain,
};

pub(crate) mod demo;
mod expect;
pub(crate) mod look;
mod state;
mod surroundings;
mod world;

pub(crate) use state::State;
pub(crate) use world::{Connection, World};

pub(crate) use crate::{message::Kind, wait::STEP_COMES_WITHIN};

/// A size with room for the demo's phone next to the wizard.
const WINDOW: (u32, u32) = (1280, 900);

/// Another page of the demo's site, which contains nothing of ours.
const ELSEWHERE: &str = "/elsewhere.html";

/// A tab with a wizard in it.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) driver: WebDriver,
    pub(crate) lab: Rc<Lab>,
    /// The judge that the wizard asks, and everything around the wizard.
    world: World,
    /// The element that contains the wizard.
    root: String,
    /// The prefix of the ids of its elements.
    prefix: String,
    /// Whether the page is the wizard's own, including its title.
    is_its_own: bool,
}

impl Page {
    /// Opens a new tab and closes the others.
    ///
    /// # Errors
    /// If the browser does not do so.
    pub(crate) async fn in_new_tab(driver: WebDriver, lab: Rc<Lab>, world: World) -> Result<Self> {
        let page = Self {
            driver,
            lab,
            world,
            root: "[data-postern]".to_owned(),
            prefix: "postern-wizard".to_owned(),
            is_its_own: true,
        };
        page.close_for_a_new_tab()
            .await
            .context("could not open a tab")?;
        Ok(page)
    }

    /// The same tab with another wizard.
    pub(crate) fn wizard_in(&self, root: &str, name: &str) -> Self {
        Self {
            root: root.to_owned(),
            prefix: format!("postern-{name}"),
            is_its_own: false,
            ..self.clone()
        }
    }

    /// The same world in another browser.
    pub(crate) fn in_browser(&self, driver: WebDriver) -> Self {
        Self {
            driver,
            ..self.clone()
        }
    }

    /// Closes the tab and opens another: nothing is left of what only the tab stored.
    pub(crate) async fn close_for_a_new_tab(&self) -> Result<()> {
        let old = self.driver.windows().await?;
        let new = self.driver.new_tab().await?;
        for window in old {
            self.driver.switch_to_window(window).await?;
            self.driver.close_window().await?;
        }
        self.driver.switch_to_window(new).await?;
        self.driver
            .set_window_rect(0, 0, WINDOW.0, WINDOW.1)
            .await?;
        Ok(())
    }

    // Navigation.

    /// Opens the demo, as on a person's first visit, and waits for the wizard.
    pub(crate) async fn open_demo(&self) -> Result<()> {
        let url = self.lab.demo().await?.url.clone();
        self.open(&url).await
    }

    /// Opens the production page in the same way.
    pub(crate) async fn open_wizard(&self) -> Result<()> {
        let url = self.lab.wizard().await?.url.clone();
        self.open(&url).await
    }

    /// Opens any page.
    pub(crate) async fn visit(&self, url: &str) -> Result<()> {
        let visited = self.driver.goto(url).await;
        visited.with_context(|| format!("could not visit {url}"))
    }

    /// Opens a page of ours, and waits for its wizard.
    pub(crate) async fn open(&self, url: &str) -> Result<()> {
        self.visit(url).await?;
        let stored = "const kept = localStorage.length; localStorage.clear(); return kept";
        if self.ask(stored, json!([])).await? != json!(0) {
            self.refresh().await?;
        }
        self.expect_wizard().await
    }

    /// Opens a page of ours whose wizard is still loading.
    pub(crate) async fn come_before_the_wizard(&self, url: &str) -> Result<()> {
        self.visit(url).await?;
        self.eventually(
            "the first step without its wizard",
            async |state: &State| {
                state.step == "identify" && !state.is_alive && !state.title.is_empty()
            },
        )
        .await
        .map(drop)
    }

    /// Opens the production page without its wizard, in this language, and waits until it says so.
    pub(crate) async fn open_torn(&self, language: &str) -> Result<()> {
        let url = format!("{}?lang={language}", self.lab.torn().await?.url);
        self.visit(&url).await?;
        self.wizard_in("[data-postern-failure]", "wizard")
            .eventually(
                "the words for a wizard that did not come",
                async |state: &State| self.says_in(language, state, "no-start-body"),
            )
            .await?;
        // The page contains the words from the beginning. It has failed when it shows them instead
        // of the step.
        until(
            "the page to ask no longer who one is",
            STEP_COMES_WITHIN,
            async || {
                let asks = self.ask(
                    "return document.querySelector('[data-postern] input').offsetParent !== null",
                    json!([]),
                );
                Ok(if asks.await? == json!(false) {
                    Seen::There(())
                } else {
                    Seen::NotYet("it asks".to_owned())
                })
            },
        )
        .await?;
        // The console also reports the cut-off file.
        self.errors_in_console().await.map(drop)
    }

    /// Waits until the wizard has replaced the page's static first step.
    pub(crate) async fn expect_wizard(&self) -> Result<()> {
        self.eventually("the wizard to take over", async |state: &State| {
            state.is_alive
        })
        .await
        .map(drop)
    }

    /// Reloads the page, whatever is on it.
    pub(crate) async fn refresh(&self) -> Result<()> {
        self.driver.refresh().await.context("could not reload")
    }

    /// Reloads the page, and waits for its wizard.
    pub(crate) async fn reload(&self) -> Result<()> {
        self.refresh().await?;
        self.expect_wizard().await
    }

    /// Visits another page of the same site, and uses the browser's Back.
    pub(crate) async fn look_elsewhere_and_come_back(&self) -> Result<()> {
        self.look_elsewhere(async || Ok(())).await
    }

    /// Visits another page of the same site, does something there, and uses the browser's Back.
    pub(crate) async fn look_elsewhere(&self, act: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
        let here = self.driver.current_url().await?;
        self.visit(here.join(ELSEWHERE)?.as_str()).await?;
        act().await?;
        self.driver.back().await?;
        self.expect_wizard().await
    }

    /// Waits for the other page of the same site, after Back.
    pub(crate) async fn expect_elsewhere(&self) -> Result<()> {
        until("the other page", STEP_COMES_WITHIN, async || {
            let here = self.driver.current_url().await?;
            Ok(if here.path() == ELSEWHERE {
                Seen::There(())
            } else {
                Seen::NotYet(here.to_string())
            })
        })
        .await
    }

    /// Sends the events of a page that the browser puts into its back-forward cache and takes out
    /// again, without the focus. `meanwhile` runs in between.
    pub(crate) async fn put_aside_and_take_out(&self, meanwhile: &str) -> Result<()> {
        let script = format!(
            "dispatchEvent(new PageTransitionEvent('pagehide', {{ persisted: true }}));
            document.activeElement.blur();
            {meanwhile};
            dispatchEvent(new PageTransitionEvent('pageshow', {{ persisted: true }}))"
        );
        self.ask(&script, json!([])).await.map(drop)
    }

    /// Simulates that the system kills the tab and the browser restores it: a new page, with the
    /// stored data of the tab.
    pub(crate) async fn kill_tab_and_restore_it(&self) -> Result<()> {
        let here = self.driver.current_url().await?;
        let kept = self.ask("return { ...sessionStorage }", json!([])).await?;
        self.close_for_a_new_tab().await?;
        self.visit(here.join(ELSEWHERE)?.as_str()).await?;
        self.ask("Object.assign(sessionStorage, arguments[0])", json!([kept]))
            .await?;
        self.visit(here.as_str()).await?;
        self.expect_wizard().await
    }

    /// Uses the browser's own Back.
    pub(crate) async fn browser_back(&self) -> Result<()> {
        // Not the driver's Back: it would wait for a page to load, and none does.
        self.ask("history.back()", json!([])).await.map(drop)
    }

    /// Uses the browser's own Forward.
    pub(crate) async fn browser_forward(&self) -> Result<()> {
        self.ask("history.forward()", json!([])).await.map(drop)
    }

    /// Uses the wizard's own Back.
    pub(crate) async fn back(&self) -> Result<()> {
        self.press("wizard-back").await
    }

    // Actions.

    /// Types into an empty field. `field` is its name in the wizard.
    pub(crate) async fn type_into(&self, field: &str, text: &str) -> Result<()> {
        let input = self.field(field).await?;
        input.clear().await?;
        // WebKitGTK's driver refuses an empty text.
        if !text.is_empty() {
            input.send_keys(text).await?;
        }
        Ok(())
    }

    /// Puts text into an empty field at once, as a paste does.
    pub(crate) async fn paste_into(&self, field: &str, text: &str) -> Result<()> {
        let input = self.field(field).await?;
        input.clear().await?;
        let script =
            "arguments[0].focus(); return document.execCommand('insertText', false, arguments[1])";
        let pasted = self.ask(script, json!([input.to_json()?, text])).await?;
        ensure!(
            pasted == json!(true),
            "nothing could be pasted into {field}"
        );
        Ok(())
    }

    /// The value of a field.
    pub(crate) async fn value_of(&self, field: &str) -> Result<String> {
        Ok(self
            .field(field)
            .await?
            .prop("value")
            .await?
            .unwrap_or_default())
    }

    /// Chooses one option by its label, which covers the button next to it.
    pub(crate) async fn choose(&self, group: &str, value: &str) -> Result<()> {
        let choice = format!(
            "{} .postern-choice:has([name=\"{}-{group}\"][value=\"{value}\"]) label",
            self.root, self.prefix
        );
        self.element(&choice).await?.click().await?;
        Ok(())
    }

    /// Submits the form of the step.
    pub(crate) async fn submit(&self) -> Result<()> {
        let button = format!("{} .postern-button[type=submit]", self.root);
        self.element(&button).await?.click().await?;
        Ok(())
    }

    /// Presses the button or link with these words.
    pub(crate) async fn press(&self, key: &str) -> Result<()> {
        let pressed = until(
            format!("something to press that says {key}"),
            STEP_COMES_WITHIN,
            async || {
                let language = self.state().await?.language;
                let saying = self.lab.given.words.of(&language, key)?;
                let pressable = self.pressable().await?;
                let texts: Vec<&str> = pressable.iter().map(|(text, _)| text.as_str()).collect();
                match texts.iter().position(|text| saying.is_in(text)) {
                    Some(found) => Ok(Seen::There(pressable[found].1.clone())),
                    None => Ok(Seen::NotYet(texts.join(" | "))),
                }
            },
        )
        .await?;
        pressed
            .click()
            .await
            .with_context(|| format!("could not press {key}"))
    }

    /// Changes the language, and waits until the page uses it.
    pub(crate) async fn speak(&self, language: &str) -> Result<()> {
        let choice = format!("#{}-language", self.prefix);
        let script = "const choice = document.querySelector(arguments[0]);
            choice.value = arguments[1];
            choice.dispatchEvent(new Event('change', { bubbles: true }))";
        self.element(&choice).await?;
        self.ask(script, json!([choice, language])).await?;
        self.eventually(format!("the page in {language}"), async |state: &State| {
            state.language == language
        })
        .await
        .map(drop)
    }

    /// Presses keys, wherever the focus is.
    pub(crate) async fn keys(&self, keys: impl Into<TypingData>) -> Result<()> {
        self.driver.action_chain().send_keys(keys).perform().await?;
        Ok(())
    }

    /// Presses Tab until the focus is on the element with these words or this id, but not more
    /// often than a page has stops.
    pub(crate) async fn tab_to(&self, target: &str) -> Result<()> {
        const STOPS_MAX: usize = 30;
        let mut passed = Vec::new();
        for _ in 0..STOPS_MAX {
            self.keys(Key::Tab).await?;
            let focus = self.state().await?.focus;
            if focus == target || focus == format!("#{}-{target}", self.prefix) {
                return Ok(());
            }
            passed.push(focus);
        }
        anyhow::bail!(
            "{STOPS_MAX} times Tab did not lead to {target}, but to: {}",
            passed.join(", ")
        )
    }

    /// The values of the options.
    pub(crate) async fn offered(&self, group: &str) -> Result<Vec<String>> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map(choice => choice.value)";
        let choices = format!("input[name=\"{}-{group}\"]", self.prefix);
        Ok(serde_json::from_value(
            self.ask(script, json!([choices])).await?,
        )?)
    }

    /// Pastes the copied text into a field.
    pub(crate) async fn paste_from_clipboard(&self, field: &str) -> Result<()> {
        let paste = Key::Control + "v";
        self.field(field).await?.send_keys(paste).await?;
        Ok(())
    }

    /// Opens the support panel, and returns its text.
    pub(crate) async fn open_support(&self) -> Result<String> {
        self.press("support-code").await?;
        let panel = self
            .element(&format!("{} .postern-panel", self.root))
            .await?;
        // Not the driver's text of an element: WebKitGTK joins words of different lines in it.
        Ok(plain(&panel.prop("innerText").await?.unwrap_or_default()))
    }

    /// A sentence without gaps, in English.
    pub(crate) fn words(&self, key: &str) -> Result<String> {
        Ok(self.lab.given.words.of("en", key)?.with(&[]))
    }

    /// The current content of the wizard.
    pub(crate) async fn state(&self) -> Result<State> {
        State::read(&self.driver, &self.root).await
    }

    /// Waits for an element and returns it.
    pub(crate) async fn element(&self, selector: &str) -> Result<WebElement> {
        until(selector, STEP_COMES_WITHIN, async || {
            match self
                .driver
                .find_all(By::Css(selector))
                .await?
                .into_iter()
                .next()
            {
                Some(element) => Ok(Seen::There(element)),
                None => Ok(Seen::NotYet(self.state().await?.to_string())),
            }
        })
        .await
    }

    /// The field with this name.
    pub(crate) async fn field(&self, name: &str) -> Result<WebElement> {
        self.element(&format!("#{}-{name}", self.prefix)).await
    }

    /// Runs a script in the page.
    pub(crate) async fn ask(&self, script: &str, arguments: Value) -> Result<Value> {
        let arguments: Vec<Value> = serde_json::from_value(arguments)?;
        let answer = self.driver.execute(script, arguments).await;
        let answer = answer.with_context(|| format!("could not run {script}"))?;
        Ok(answer.json().clone())
    }

    async fn pressable(&self) -> Result<Vec<(String, WebElement)>> {
        let script =
            "return [...document.querySelectorAll(`${arguments[0]} :is(button, a, summary)`)]
            .filter(element => element.checkVisibility())
            .map(element => [element.innerText, element])";
        let found = self.ask(script, json!([self.root])).await?;
        let pairs: Vec<(String, Value)> = serde_json::from_value(found)?;
        pairs
            .into_iter()
            .map(|(text, element)| {
                Ok((
                    text,
                    WebElement::from_json(element, self.driver.handle().clone())?,
                ))
            })
            .collect()
    }
}

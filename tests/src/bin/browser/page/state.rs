//! The content of a wizard at one moment, read at once so that its parts belong together.

use std::fmt;

use anyhow::Result;
use serde::Deserialize;
use serde_json::json;
use thirtyfour::WebDriver;

use crate::words::plain;

/// A wizard at one moment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct State {
    /// The name of the step. Empty if there is none.
    pub(crate) step: String,
    pub(crate) heading: String,
    /// The number of headings of the first level.
    pub(crate) headings: u32,
    /// `heading`, `summary`, `#id`, or the words of the focused element.
    pub(crate) focus: String,
    /// The title of the tab.
    pub(crate) title: String,
    /// Whether a request is in progress.
    pub(crate) is_busy: bool,
    /// Whether the wizard has taken over from the page's static first step.
    pub(crate) is_alive: bool,
    /// The lines of the error summary.
    pub(crate) problems: Vec<String>,
    /// The fields to which the summary's links lead.
    pub(crate) targets: Vec<String>,
    /// The whole text of the wizard.
    pub(crate) text: String,
    pub(crate) language: String,
    pub(crate) direction: String,
}

const READ: &str = r#"
const root = document.querySelector(arguments[0]);
const step = root?.querySelector(".postern-step");
const heading = root?.querySelector("h1");
const frame = root?.querySelector(".postern");
const focused = element => {
    if (!element || element === document.body) return "nothing";
    if (element === heading) return "heading";
    if (root?.contains(element) && element.matches(".postern-summary")) return "summary";
    return element.id ? `#${element.id}` : element.innerText || element.tagName;
};
const lines = [...(root?.querySelectorAll(".postern-summary li") ?? [])];
return {
    step: step?.dataset.step ?? "",
    heading: heading?.textContent ?? "",
    headings: root?.querySelectorAll("h1").length ?? 0,
    focus: focused(document.activeElement),
    title: document.title,
    isBusy: !!root?.querySelector(".postern-button[aria-disabled=true]"),
    isAlive: !!root?.querySelector(".postern-help [aria-expanded], .postern-broken"),
    problems: lines.map(line => line.textContent),
    targets: lines.flatMap(line => line.querySelector("a")?.getAttribute("href") ?? []),
    text: root?.innerText ?? "",
    language: frame?.lang ?? "",
    direction: frame ? getComputedStyle(frame).direction : "",
};
"#;

impl State {
    /// Reads the wizard in this element.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub(super) async fn read(driver: &WebDriver, root: &str) -> Result<Self> {
        let arguments = vec![json!(root)];
        let state = driver.execute(READ, arguments).await?;
        let state: Option<Self> = serde_json::from_value(state.json().clone())?;
        // Between two pages there is no wizard.
        Ok(state.unwrap_or_default())
    }

    /// Whether the tab's title begins with the heading.
    pub(crate) fn is_named_after_heading(&self) -> bool {
        let (title, heading) = (plain(&self.title), plain(&self.heading));
        !heading.is_empty() && title.starts_with(&heading)
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            step,
            heading,
            focus,
            title,
            problems,
            ..
        } = self;
        write!(
            formatter,
            "step {step:?}, heading {heading:?}, focus on {focus:?}, tab {title:?}"
        )?;
        if self.is_busy {
            write!(formatter, ", busy")?;
        }
        if !problems.is_empty() {
            write!(formatter, ", problems {problems:?}")?;
        }
        Ok(())
    }
}

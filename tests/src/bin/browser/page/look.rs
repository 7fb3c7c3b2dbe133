//! What eyes and assistive technology get: pictures, measures, and the findings of axe-core.

use std::{fmt, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Page;
use crate::engine::Engine;

/// The minimum height of a target for fingers, in CSS pixels (WCAG 2.2, 2.5.5 Target Size).
const TARGET_HEIGHT_MIN: f64 = 44.0;
/// Two measures count as the same if no screen shows the difference, in CSS pixels.
const SAME: f64 = 0.5;

/// The prefix of the pictures of failures.
const FAILED: &str = "failed.";

/// The sizes of the pictures, in CSS pixels.
pub(crate) const PHONE: Viewport = Viewport {
    width: 360,
    height: 740,
};
pub(crate) const DESK: Viewport = Viewport {
    width: 1280,
    height: 800,
};
pub(crate) const SMALL: Viewport = Viewport {
    width: 320,
    height: 640,
};
pub(crate) const WIDE: Viewport = Viewport {
    width: 1920,
    height: 1080,
};
/// The narrowest size that must not need a horizontal scroll bar (WCAG 2.2, 1.4.10 Reflow).
pub(crate) const NARROWEST: Viewport = Viewport {
    width: 320,
    height: 568,
};

/// The visible size of the page.
#[derive(Clone, Copy)]
pub(crate) struct Viewport {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// The colour scheme of the person's device.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

impl fmt::Display for Scheme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Light => "light",
            Self::Dark => "dark",
        })
    }
}

/// The place of an element, in CSS pixels.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub(crate) struct Place {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Place {
    /// Whether a person can see no difference.
    pub(crate) fn looks_like(self, other: Self) -> bool {
        let pairs = [
            (self.x, other.x),
            (self.y, other.y),
            (self.width, other.width),
            (self.height, other.height),
        ];
        pairs.iter().all(|(one, other)| (one - other).abs() < SAME)
    }
}

/// Makes the folder for pictures, and deletes earlier pictures of failures.
///
/// # Errors
/// If the folder cannot be written.
pub(crate) fn clear_failures(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(FAILED) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

impl Page {
    /// Shows the page in this size. Only Chromium's driver makes it as narrow as a phone.
    pub(crate) async fn see_in(&self, viewport: Viewport) -> Result<()> {
        let Viewport { width, height } = viewport;
        self.emulate(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        )
        .await
    }

    /// Shows the page as on a device with this scheme. Only Chromium's driver can.
    pub(crate) async fn see_as(&self, scheme: Scheme) -> Result<()> {
        let value = scheme.to_string();
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.emulate(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await
    }

    /// Shows the page as it is printed. Only Chromium's driver can.
    pub(crate) async fn see_printed(&self) -> Result<()> {
        let media = json!({ "media": "print" });
        self.emulate("Emulation.setEmulatedMedia", media).await
    }

    /// Shows the page in forced colours. Only Chromium's driver can.
    pub(crate) async fn see_in_forced_colours(&self) -> Result<()> {
        let features = json!([{ "name": "forced-colors", "value": "active" }]);
        self.emulate(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await
    }

    /// Checks that no part of the page is beside the visible area.
    pub(crate) async fn expect_no_horizontal_scroll(&self) -> Result<()> {
        let script = "const page = document.scrollingElement;
            const beside = [...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
                .map(element => element.className || element.tagName);
            return [page.scrollWidth, innerWidth, beside]";
        let measured = self.ask(script, json!([])).await?;
        let (content, seen, beside): (f64, f64, Vec<Value>) = serde_json::from_value(measured)?;
        ensure!(
            content <= seen,
            "{content} px in a page of {seen} px; beside it: {beside:?}"
        );
        Ok(())
    }

    /// Checks that all controls are large enough for a finger. Links within a sentence need not be.
    pub(crate) async fn expect_large_targets(&self) -> Result<()> {
        let script = "const targets = 'button, select, input, summary, a.postern-button, a.postern-quiet';
            return [...document.querySelectorAll(targets)]
                .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.matches('.postern-hidden'))
                // The whole row of a choice takes the press.
                .map(element => [element.id || element.innerText || element.className,
                    (element.closest('.postern-choice') ?? element).getBoundingClientRect().height])";
        let measured = self.ask(script, json!([])).await?;
        let targets: Vec<(String, f64)> = serde_json::from_value(measured)?;
        ensure!(!targets.is_empty(), "there is nothing to press");
        let small: Vec<_> = targets
            .into_iter()
            .filter(|(_, height)| *height + SAME < TARGET_HEIGHT_MIN)
            .collect();
        ensure!(
            small.is_empty(),
            "lower than {TARGET_HEIGHT_MIN} px: {small:?}"
        );
        Ok(())
    }

    /// The places of the elements that these selectors find.
    pub(crate) async fn places(&self, selectors: &[&str]) -> Result<Vec<Place>> {
        let script = "return arguments[0].map(selector => {
            const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
            return { x, y, width, height };
        })";
        Ok(serde_json::from_value(
            self.ask(script, json!([selectors])).await?,
        )?)
    }

    /// Checks that axe-core finds no problem in the wizard's own part of the page.
    pub(crate) async fn expect_accessible(&self) -> Result<()> {
        self.expect_accessible_but(".postern-demo").await
    }

    /// Checks that axe-core finds no problem anywhere, including the demo.
    pub(crate) async fn expect_all_accessible(&self) -> Result<()> {
        self.expect_accessible_but(".nothing-is-left-out").await
    }

    async fn expect_accessible_but(&self, left_out: &str) -> Result<()> {
        self.settle().await?;
        // The script has half a megabyte. It stays in the page between two scripts, except in
        // Firefox.
        let is_there = self.ask("return 'axe' in window", json!([])).await?;
        let axe = if is_there == json!(true) {
            ""
        } else {
            &self.lab.given.axe
        };
        let script = format!(
            "const done = arguments[arguments.length - 1];
            {axe}
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            window.axe.run({{ include: document, exclude: arguments[0] }}, {{ runOnly: tags, resultTypes: ['violations'] }}).then(
                found => done({{ found: found.violations.flatMap(rule => rule.nodes.map(
                    node => `${{rule.id}} at ${{node.target}}: ${{node.failureSummary}}`)) }}),
                error => done({{ error: String(error) }}))",
        );
        let outcome = self
            .driver
            .execute_async(script, vec![json!(left_out)])
            .await?;
        let found = outcome.json()["found"]
            .as_array()
            .with_context(|| format!("axe did not run: {}", outcome.json()))?;
        let found: Vec<&str> = found.iter().filter_map(Value::as_str).collect();
        ensure!(found.is_empty(), "axe found:\n{}", found.join("\n"));
        Ok(())
    }

    /// Saves a picture of the visible page: from its top, or the opened panel at its bottom.
    pub(crate) async fn picture(&self, name: &str) -> Result<()> {
        let script = "const opened = document.querySelector('.postern-panel');
            if (opened) opened.scrollIntoView(); else window.scrollTo(0, 0)";
        self.ask(script, json!([])).await?;
        self.settle().await?;
        self.write_picture(name).await
    }

    /// The picture of the element that a script returns, after all its movement has ended: a PNG.
    pub(crate) async fn picture_of(&self, script: &str) -> Result<Vec<u8>> {
        self.settle().await?;
        let element = self.driver.execute(script, Vec::new()).await?.element()?;
        // Browsers cut off the part outside of the visible area.
        let scroll = "arguments[0].scrollIntoView()";
        self.driver
            .execute(scroll, vec![element.to_json()?])
            .await?;
        Ok(element.screenshot_as_png().await?)
    }

    /// Saves a picture of the last state of a failed test.
    pub(crate) async fn picture_of_failure(&self, test: &str) -> Result<()> {
        let name = format!("{FAILED}{}.{}", self.lab.engine, test.replace("::", "."));
        self.write_picture(&name).await
    }

    /// Ends all animations, except those that never end.
    async fn settle(&self) -> Result<()> {
        let script = "for (const animation of document.getAnimations()) {
            if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
        }";
        self.ask(script, json!([])).await.map(drop)
    }

    async fn write_picture(&self, name: &str) -> Result<()> {
        let picture = self.driver.screenshot_as_png().await?;
        let path = self.lab.given.screens.join(format!("{name}.png"));
        fs::write(&path, picture).with_context(|| format!("could not write {}", path.display()))
    }

    async fn emulate(&self, command: &str, parameters: Value) -> Result<()> {
        ensure!(
            self.lab.engine == Engine::Chromium,
            "only Chromium's driver can emulate a device"
        );
        self.driver.cdp().send_raw(command, parameters).await?;
        Ok(())
    }
}

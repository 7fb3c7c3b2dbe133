//! Backgrounds of a portal behind the wizard, as element and in a frame, and what is visible of
//! them there.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::picture;
use crate::{
    engine::Engine,
    page::{Page, look::Scheme},
};

/// The minimum contrast of text (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// The background of the wizard: none of its own, or one of our papers.
pub(super) const NONE: &str = "rgba(0, 0, 0, 0)";
pub(super) const CREAM: &str = "rgb(251, 250, 247)";

/// The inks of both schemes, which distinguish them.
pub(super) const DARK_ON_LIGHT: &str = "rgb(27, 36, 48)";
pub(super) const LIGHT_ON_DARK: &str = "rgb(238, 241, 244)";

/// The scheme that a portal declares for its page, and its background. If there is none, the
/// browser paints one.
pub(super) const GROUNDS: [(&str, &str); 5] = [
    ("dark", "black"),
    ("dark", ""),
    ("light dark", ""),
    ("normal", "white"),
    ("light", "black"),
];

/// Changes around the wizard, one after the other, with the resulting paper and ink.
pub(super) const MOVES: [(&str, &str, &str, &str); 5] = [
    (
        "it is put into a light place",
        "const [here] = [['here', 'white'], ['there', 'black']].map(([id, background]) => {
            const place = document.querySelector('main').appendChild(document.createElement('div'));
            place.id = id;
            place.style.background = background;
            return place;
        });
        here.append(document.querySelector('postern-reset, postern-frame'))",
        NONE,
        DARK_ON_LIGHT,
    ),
    (
        "it is moved to a dark place",
        "document.getElementById('there').append(document.querySelector('postern-reset, postern-frame'))",
        NONE,
        LIGHT_ON_DARK,
    ),
    (
        "nothing could be read at the old place any more",
        "document.getElementById('here').style.background = '#7d3cc0'",
        NONE,
        LIGHT_ON_DARK,
    ),
    (
        "the new place gets light",
        "document.getElementById('there').style.background = '#fbe8c8'",
        NONE,
        DARK_ON_LIGHT,
    ),
    (
        "nothing could be read at the new place any more",
        "document.getElementById('there').style.background = '#7d3cc0'",
        CREAM,
        DARK_ON_LIGHT,
    ),
];

/// The schemes of the device: both, if the driver can emulate them.
pub(super) fn devices(page: &Page) -> &'static [Option<Scheme>] {
    if page.lab.engine == Engine::Chromium {
        &[Some(Scheme::Light), Some(Scheme::Dark)]
    } else {
        &[None]
    }
}

/// Gives the portal's page this scheme and this background, and returns the painted colour.
pub(super) async fn stand_on(page: &Page, scheme: &str, ground: &str) -> Result<[u8; 3]> {
    let script = "const [scheme, ground] = arguments;
        const root = document.documentElement;
        root.style.colorScheme = scheme;
        document.body.style.background = ground;
        const probe = root.appendChild(document.createElement('i'));
        probe.style.color = ground || 'Canvas';
        const { color } = getComputedStyle(probe);
        probe.remove();
        return color";
    let told = page.ask(script, json!([scheme, ground])).await?;
    colour(told.as_str().unwrap_or_default())
}

/// Checks that the portal's background is painted behind the wizard, and that the text is readable
/// on it.
pub(super) fn expect_seen(painted: &[u8], ground: [u8; 3], ink: &str) -> Result<()> {
    let behind = picture::corner(painted)?;
    ensure!(
        behind == ground,
        "{behind:?} is painted behind it, and not {ground:?}"
    );
    let (ink, behind) = (luminance(colour(ink)?), luminance(behind));
    let contrast = (ink.max(behind) + 0.05) / (ink.min(behind) + 0.05);
    ensure!(contrast >= READABLE, "its contrast is {contrast:.2}");
    Ok(())
}

/// A colour in the browsers' computed form: `rgb(27, 36, 48)`.
fn colour(text: &str) -> Result<[u8; 3]> {
    let channels = text
        .strip_prefix("rgb(")
        .and_then(|it| it.strip_suffix(')'));
    let channels: Option<Vec<u8>> =
        channels.and_then(|it| it.split(", ").map(|channel| channel.parse().ok()).collect());
    channels
        .and_then(|channels| channels.try_into().ok())
        .with_context(|| format!("{text:?} is no opaque colour"))
}

/// The lightness of a colour (WCAG 2.2, "relative luminance").
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.04045 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

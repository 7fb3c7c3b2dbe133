//! `[tenants.colours]`: a tenant's own colours, by their role. A colour that people could not read
//! is refused, and the error suggests a readable shade.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, Visitor};
use toml::Spanned;

use crate::colour::Colour;

/// The role of a colour: the custom properties of `style/00-tokens.css`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "kebab-case")]
enum Role {
    Ink,
    InkQuiet,
    Paper,
    Raised,
    Line,
    Accent,
    AccentInk,
    Danger,
    Ok,
    Focus,
}

/// The colour scheme that a person prefers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Scheme {
    Light,
    Dark,
}

const PREFERS_DARK: &str = "@media (prefers-color-scheme: dark)";

/// Minimum contrast of text with its background (WCAG 2.2, 1.4.3), and of lines and marks (1.4.11).
const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;

/// Pairs of foreground and background, with the minimum contrast.
const PAIRS: [(Role, Role, f64); 12] = [
    (Role::Ink, Role::Paper, TEXT),
    (Role::Ink, Role::Raised, TEXT),
    (Role::InkQuiet, Role::Paper, TEXT),
    (Role::InkQuiet, Role::Raised, TEXT),
    (Role::Accent, Role::Paper, TEXT),
    (Role::Accent, Role::Raised, TEXT),
    (Role::AccentInk, Role::Accent, TEXT),
    (Role::Danger, Role::Paper, TEXT),
    (Role::Ok, Role::Paper, TEXT),
    (Role::Ok, Role::Raised, MARK),
    (Role::Line, Role::Paper, MARK),
    (Role::Focus, Role::Paper, MARK),
];

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::Ink => "ink",
            Self::InkQuiet => "ink-quiet",
            Self::Paper => "paper",
            Self::Raised => "raised",
            Self::Line => "line",
            Self::Accent => "accent",
            Self::AccentInk => "accent-ink",
            Self::Danger => "danger",
            Self::Ok => "ok",
            Self::Focus => "focus",
        }
    }

    /// The default colour, from `style/00-tokens.css`.
    const fn default(self, scheme: Scheme) -> Colour {
        let (light, dark) = match self {
            Self::Ink => ([0x1b, 0x24, 0x30], [0xee, 0xf1, 0xf4]),
            Self::InkQuiet => ([0x55, 0x60, 0x6e], [0xaa, 0xb4, 0xbf]),
            Self::Paper => ([0xfb, 0xfa, 0xf7], [0x14, 0x19, 0x1f]),
            Self::Raised => ([0xf1, 0xef, 0xe9], [0x1e, 0x25, 0x2d]),
            Self::Line => ([0x86, 0x90, 0x9c], [0x75, 0x81, 0x8e]),
            Self::Accent => ([0x0b, 0x5e, 0x63], [0x5f, 0xc7, 0xc2]),
            Self::AccentInk => ([0xff, 0xff, 0xff], [0x0d, 0x1a, 0x1b]),
            Self::Danger => ([0xa4, 0x26, 0x2c], [0xff, 0x9a, 0x94]),
            Self::Ok => ([0x1d, 0x6b, 0x3c], [0x7c, 0xcf, 0x9a]),
            Self::Focus => ([0xf2, 0xb7, 0x05], [0xf2, 0xb7, 0x05]),
        };
        Colour(match scheme {
            Scheme::Light => light,
            Scheme::Dark => dark,
        })
    }
}

/// The table. An empty table changes nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Colours {
    light: WrittenShades,
    dark: WrittenShades,
}

type WrittenShades = BTreeMap<Role, Spanned<Shade>>;

/// A colour in the configuration.
#[derive(Clone, Copy, Debug)]
struct Shade(Colour);

impl Colours {
    /// Pairs with too little contrast: the position, the contrast, and a shade that would be
    /// enough.
    pub(super) fn wrong(&self) -> Vec<(Range<usize>, String)> {
        let schemes = [Scheme::Light, Scheme::Dark].into_iter();
        let pairs = schemes.flat_map(|scheme| PAIRS.map(|pair| (scheme, pair)));
        pairs
            .filter_map(|(scheme, (front, back, needed))| {
                // The colour that the file sets is the one that its author can change.
                let written = self.written(scheme);
                let (role, shade) = written
                    .get_key_value(&front)
                    .or_else(|| written.get_key_value(&back))?;
                let colour = |role| self.colour(scheme, role);
                let contrast = colour(front).contrast(colour(back));
                // A ring of ink surrounds the focus mark, so contrast with ink is enough.
                let is_on_ink =
                    front == Role::Focus && colour(front).contrast(colour(Role::Ink)) >= needed;
                if contrast >= needed || is_on_ink {
                    return None;
                }
                let other = if *role == front { back } else { front };
                let reason = format!(
                    "{} {} on {} {} has a contrast of {:.2}:1, but needs {needed}:1: the nearest {} with enough contrast is {}",
                    front.name(),
                    colour(front),
                    back.name(),
                    colour(back),
                    // Rounded down, so that the message never shows a sufficient contrast.
                    (contrast * 100.0).floor() / 100.0,
                    role.name(),
                    colour(*role).shade(colour(other), needed),
                );
                Some((shade.span(), reason))
            })
            .collect()
    }

    /// A style sheet with these colours, for a tenant with the given domains. It covers the
    /// tenant's elements in portals, where the attribute `theme` applies and the portal's own
    /// styles take precedence, and the wizard's own page. `None` if no colour is set.
    pub(super) fn style_sheet<'a>(&self, domains: impl Iterator<Item = &'a str>) -> Option<String> {
        let light = self.changed(Scheme::Light);
        // A colour that is changed for light only must be reset to its default for dark.
        let dark = &light | &self.changed(Scheme::Dark);
        if dark.is_empty() {
            return None;
        }
        let values = |scheme, roles: &BTreeSet<Role>| -> String {
            let values = roles.iter().map(|role| {
                let colour = self.colour(scheme, *role);
                format!(" --postern-{}: {colour};", role.name())
            });
            values.collect()
        };
        let domains: Vec<String> = domains
            .map(|domain| format!("[tenant=\"{domain}\" i]"))
            .collect();
        let element = format!("postern-reset:is({})", domains.join(", "));
        // Takes precedence over the page's own styles, which are in a layer.
        let page = ".postern-page, .postern-page .postern";
        let (light, dark) = (values(Scheme::Light, &light), values(Scheme::Dark, &dark));
        Some(format!(
            "@layer postern {{\n  {element} {{{light} }}\n  {PREFERS_DARK} {{\n    {element}:not([theme=light], [data-postern-scheme=light]) {{{dark} }}\n  }}\n  \
             {element}:is([theme=dark], [data-postern-scheme=dark]) {{{dark} }}\n}}\n{page} {{{light} }}\n{PREFERS_DARK} {{\n  {page} {{{dark} }}\n}}\n"
        ))
    }

    const fn written(&self, scheme: Scheme) -> &WrittenShades {
        match scheme {
            Scheme::Light => &self.light,
            Scheme::Dark => &self.dark,
        }
    }

    /// The roles whose colour may differ from the default.
    fn changed(&self, scheme: Scheme) -> BTreeSet<Role> {
        let mut roles: BTreeSet<Role> = self.written(scheme).keys().copied().collect();
        if roles.contains(&Role::Accent) {
            roles.insert(Role::AccentInk);
        }
        roles
    }

    /// The colour of a role. On an accent that the tenant sets, text has whichever of the page's
    /// own colours has the higher contrast with it.
    fn colour(&self, scheme: Scheme, role: Role) -> Colour {
        let written = self.written(scheme);
        let own = |role| written.get(&role).map(|shade| shade.as_ref().0);
        let default = role.default(scheme);
        own(role).unwrap_or_else(|| match (role, own(Role::Accent)) {
            (Role::AccentInk, Some(accent)) => {
                let ink = Role::Ink.default(scheme);
                if ink.contrast(accent) > default.contrast(accent) {
                    ink
                } else {
                    default
                }
            }
            _ => default,
        })
    }
}

impl<'de> Deserialize<'de> for Shade {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let colour = Colour::parse(&text);
        let expected = || D::Error::custom("expected a colour such as #0b5e63");
        colour.map(Self).ok_or_else(expected)
    }
}

/// A key of the table: a colour, or the table of colours for people who prefer dark.
enum ColourKey {
    Role(Role),
    Dark,
}

impl<'de> Deserialize<'de> for ColourKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if name == "dark" {
            return Ok(Self::Dark);
        }
        Role::deserialize(name.as_str().into_deserializer()).map(Self::Role)
    }
}

impl<'de> Deserialize<'de> for Colours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Table;
        impl<'de> Visitor<'de> for Table {
            type Value = Colours;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a table of colours")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Colours, A::Error> {
                let mut colours = Colours::default();
                while let Some(key) = table.next_key()? {
                    match key {
                        ColourKey::Dark => colours.dark = table.next_value()?,
                        ColourKey::Role(role) => {
                            colours.light.insert(role, table.next_value()?);
                        }
                    }
                }
                Ok(colours)
            }
        }
        deserializer.deserialize_map(Table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = include_str!("../../../../style/00-tokens.css");

    fn read(text: &str) -> Colours {
        toml::from_str(text).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Every colour of `style/00-tokens.css` as a configuration table, in its order.
    fn defaults() -> String {
        let (light, dark) = TOKENS.split_once("@media").expect("it has both schemes");
        let table = |text: &str| {
            let lines = text.lines().filter_map(|line| {
                let (name, value) = line.trim().strip_prefix("--postern-")?.split_once(": ")?;
                let value = value.trim_end_matches(';');
                value
                    .starts_with('#')
                    .then(|| format!("{name} = \"{value}\"\n"))
            });
            lines.collect::<String>()
        };
        format!("{}[dark]\n{}", table(light), table(dark))
    }

    #[test]
    fn the_defaults_are_the_colours_of_the_page_and_all_of_them_are_seen_well_enough() {
        let (own, none) = (read(&defaults()), Colours::default());
        assert_eq!((own.light.len(), own.dark.len()), (10, 10));
        for scheme in [Scheme::Light, Scheme::Dark] {
            for role in own.written(scheme).keys() {
                assert_eq!(
                    own.colour(scheme, *role),
                    none.colour(scheme, *role),
                    "{role:?}"
                );
            }
        }
        assert_eq!(own.wrong(), []);
    }

    #[test]
    fn what_stands_on_an_accent_is_what_is_seen_best_there() {
        for (written, ink) in [
            ("accent = \"#0b5e63\"", "#ffffff"),
            ("accent = \"#ffd400\"", "#1b2430"),
            ("accent = \"#ffd400\"\naccent-ink = \"#000000\"", "#000000"),
            ("ink = \"#000000\"", "#ffffff"),
        ] {
            let colours = read(written);
            let found = colours.colour(Scheme::Light, Role::AccentInk);
            assert_eq!(found.to_string(), ink, "{written}");
        }
        let colours = read("[dark]\naccent = \"#0b5e63\"");
        let found = colours.colour(Scheme::Dark, Role::AccentInk);
        assert_eq!(found.to_string(), "#eef1f4");
    }

    fn sheet(written: &str) -> Option<String> {
        read(written).style_sheet(["contoso.example", "contoso.test"].into_iter())
    }

    #[test]
    fn a_colour_changed_for_light_is_not_changed_for_dark() {
        let element =
            "postern-reset:is([tenant=\"contoso.example\" i], [tenant=\"contoso.test\" i])";
        let page = ".postern-page, .postern-page .postern";
        let light = "{ --postern-accent: #7a1f5c; --postern-accent-ink: #ffffff; }";
        let dark = "{ --postern-accent: #5fc7c2; --postern-accent-ink: #0d1a1b; }";
        let expected = format!(
            "@layer postern {{\n  {element} {light}\n  @media (prefers-color-scheme: dark) {{\n    {element}:not([theme=light], [data-postern-scheme=light]) {dark}\n  }}\n  \
             {element}:is([theme=dark], [data-postern-scheme=dark]) {dark}\n}}\n{page} {light}\n@media (prefers-color-scheme: dark) {{\n  {page} {dark}\n}}\n"
        );
        assert_eq!(sheet("accent = \"#7a1f5c\""), Some(expected));
        let of_dark = sheet("[dark]\nok = \"#90e0b0\"").expect("there is one");
        assert!(of_dark.contains(
            ":not([theme=light], [data-postern-scheme=light]) { --postern-ok: #90e0b0; }"
        ));
        assert!(of_dark.contains(&format!("{page} {{ }}")), "{of_dark}");
        assert_eq!(sheet("[dark]"), None);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_a_shade_that_can() {
        for (written, reasons) in [
            (
                "line = \"#c0c0c0\"",
                &[
                    "line #c0c0c0 on paper #fbfaf7 has a contrast of 1.74:1, but needs 3:1: the nearest line with enough contrast is #",
                ][..],
            ),
            // If the file sets only the paper, it is the only colour to change.
            (
                "paper = \"#909090\"",
                &[
                    "ink-quiet #55606e on paper #909090",
                    "accent #0b5e63 on paper #909090",
                    "danger #a4262c on paper #909090",
                    "ok #1d6b3c on paper #909090",
                    "line #86909c on paper #909090",
                ],
            ),
            // A focus mark is seen on the ring of ink around it.
            ("focus = \"#fbfaf7\"", &[]),
            ("focus = \"#7d7d7d\"", &[]),
            ("ink = \"#000000\"\nfocus = \"#1b1b1b\"", &[]),
            ("[dark]\nfocus = \"#303030\"", &[]),
            (
                "ink = \"#6b6b6b\"\nfocus = \"#b0b0b0\"",
                &["focus #b0b0b0 on paper #fbfaf7 has a contrast of 2.07:1, but needs 3:1"],
            ),
        ] {
            let colours = read(written);
            let told = colours.wrong();
            assert_eq!(told.len(), reasons.len(), "{told:?}");
            for ((_, told), reason) in told.iter().zip(reasons) {
                assert!(told.starts_with(reason), "{told}");
                // A suggested shade is accepted.
                let (_, shade) = told.rsplit_once(' ').expect("it ends in a shade");
                assert!(Colour::parse(shade).is_some(), "{told}");
            }
        }
    }
}

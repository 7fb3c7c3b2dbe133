//! The colours of `style/00-tokens.css`, light and dark: text is readable (WCAG 2.2, 1.4.3), and
//! lines, marks and the focus ring are visible (1.4.11).

use std::{collections::BTreeMap, fs, path::Path};

const TEXT: f64 = 4.5;
const MARKS: f64 = 3.0;

/// Text colours, each with its background. `chosen` and `hover` are mixed in the same way as in the
/// style.
const READ: [(&str, &str); 16] = [
    ("ink", "paper"),
    ("ink", "raised"),
    ("ink", "chosen"),
    ("ink-quiet", "paper"),
    ("ink-quiet", "raised"),
    ("ink-quiet", "chosen"),
    ("accent", "paper"),
    ("accent", "raised"),
    ("accent-ink", "accent"),
    ("accent-ink", "hover"),
    ("danger", "paper"),
    ("danger", "raised"),
    ("ok", "paper"),
    ("ok", "raised"),
    ("paper", "ink"),
    ("paper", "accent"),
];

/// Colours of lines and marks, each with its neighbour.
const SEEN: [(&str, &str); 12] = [
    ("line", "paper"),
    ("ink-quiet", "paper"),
    ("accent", "paper"),
    ("accent", "raised"),
    ("accent", "chosen"),
    ("danger", "paper"),
    ("danger", "raised"),
    ("ok", "paper"),
    ("ok", "raised"),
    // The focus ring is between a ring of ink and its surroundings.
    ("ink", "paper"),
    ("ink", "raised"),
    ("focus", "ink or paper"),
];

/// A colour in sRGB. Each part is from 0 to 1.
type Colour = [f64; 3];

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../style")
        .join(file);
    fs::read_to_string(path).expect("there is such a file")
}

fn colour(hex: &str) -> Option<Colour> {
    let hex = hex.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part =
        |at: usize| Some(f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0);
    Some([part(0)?, part(2)?, part(4)?])
}

fn mix(one: Colour, share: f64, other: Colour) -> Colour {
    [0, 1, 2].map(|part| one[part] * share + other[part] * (1.0 - share))
}

/// The colours of each scheme, by their roles.
fn schemes() -> [(&'static str, BTreeMap<String, Colour>); 2] {
    let tokens = read("00-tokens.css");
    let (light, dark) = tokens
        .split_once("@media (prefers-color-scheme: dark)")
        .expect("there is a dark scheme");
    [("light", light), ("dark", dark)].map(|(scheme, text)| {
        let tokens = text.lines().filter_map(|line| {
            let (role, value) = line.trim().strip_prefix("--postern-")?.split_once(": ")?;
            Some((role.to_owned(), colour(value.trim_end_matches(';'))?))
        });
        let mut tokens: BTreeMap<String, Colour> = tokens.collect();
        let [accent, paper, ink] = ["accent", "paper", "ink"].map(|role| tokens[role]);
        tokens.insert("chosen".into(), mix(accent, 0.07, paper));
        tokens.insert("hover".into(), mix(accent, 0.8, ink));
        (scheme, tokens)
    })
}

/// The relative luminance of WCAG 2.2.
fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Every pair of a list with less contrast.
fn below(bound: f64, pairs: &[(&str, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    for (scheme, tokens) in schemes() {
        for (mark, grounds) in pairs {
            let on = |ground: &str| contrast(tokens[*mark], tokens[ground]);
            let best = grounds.split(" or ").map(on).fold(0.0, f64::max);
            if best < bound {
                found.push(format!("{scheme}: {mark} on {grounds} {best:.2}:1"));
            }
        }
    }
    found
}

#[test]
fn contrast_is_counted_as_wcag_counts_it() {
    let [black, white, grey] =
        ["#000000", "#ffffff", "#767676"].map(|hex| colour(hex).expect("a colour"));
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((contrast(grey, white) - 4.54).abs() < 0.01);
}

#[test]
fn every_role_has_its_colour_in_both_schemes() {
    for (scheme, tokens) in schemes() {
        let roles: Vec<&str> = tokens.keys().map(String::as_str).collect();
        let wanted = [
            "accent",
            "accent-ink",
            "chosen",
            "danger",
            "focus",
            "hover",
            "ink",
            "ink-quiet",
            "line",
            "ok",
            "paper",
            "raised",
        ];
        assert_eq!(roles, wanted, "{scheme}");
    }
}

#[test]
fn what_is_read_has_four_and_a_half_to_one() {
    assert_eq!(below(TEXT, &READ), [""; 0]);
}

#[test]
fn what_is_seen_has_three_to_one() {
    assert_eq!(below(MARKS, &SEEN), [""; 0]);
}

/// A line that is mixed with its background has another contrast than its token.
#[test]
fn no_line_is_thinned_out() {
    for file in [
        "20-frame.css",
        "30-controls.css",
        "40-messages.css",
        "50-gates.css",
    ] {
        for line in read(file)
            .lines()
            .filter(|line| line.contains("color-mix(") && line.contains("border-"))
        {
            let border = line.split("border-").nth(1).unwrap_or_default();
            let border = border.split(';').next().unwrap_or_default();
            assert!(!border.contains("color-mix("), "{file}: {}", line.trim());
        }
    }
}

/// The page around the wizard has the same paper. It has the colour itself, because no token
/// reaches it.
#[test]
fn the_page_around_it_has_the_same_paper() {
    let page = read("10-page.css");
    let (light, dark) = page
        .split_once("@media (prefers-color-scheme: dark)")
        .expect("there is a dark scheme");
    for ((scheme, tokens), text) in schemes().into_iter().zip([light, dark]) {
        let ground = text
            .split_once("background: ")
            .and_then(|(_, rest)| colour(rest.split(';').next()?));
        assert_eq!(ground, Some(tokens["paper"]), "{scheme}");
    }
}

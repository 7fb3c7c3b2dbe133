//! Colours and their contrast (WCAG 2.2, "relative luminance" and "contrast ratio").

use std::fmt;

/// A screen colour: red, green and blue (sRGB, IEC 61966-2-1), written `#rrggbb`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Colour(pub(crate) [u8; 3]);

const BLACK: Colour = Colour([0; 3]);
const WHITE: Colour = Colour([u8::MAX; 3]);

impl Colour {
    /// Parses a colour.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|it| it.len() == 6)?;
        // `from_str_radix` would accept a sign too.
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        let [_, red, green, blue] = value.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// The contrast ratio: 1 for equal colours, 21 for black and white.
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The nearest shade that has the given contrast with another colour. Mixes in as little black
    /// or white as possible. Black or white always reaches 4.5, which is the highest contrast that
    /// callers ask for.
    pub(crate) fn shade(self, other: Self, contrast: f64) -> Self {
        let shades = (0..=u8::MAX).flat_map(|part| [BLACK, WHITE].map(|it| self.mixed(it, part)));
        let mut enough = shades.filter(|shade| shade.contrast(other) >= contrast);
        enough.next().unwrap_or(self)
    }

    /// Mixes in `part` of 255 parts of another colour.
    fn mixed(self, other: Self, part: u8) -> Self {
        let [red, green, blue] = std::array::from_fn(|index| {
            let (own, its) = (u32::from(self.0[index]), u32::from(other.0[index]));
            let part = u32::from(part);
            let mixed = (own * (255 - part) + its * part + 127) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        });
        Self([red, green, blue])
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 {
                channel / 12.92
            } else {
                ((channel + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap_or_else(|| panic!("{text} is a colour"))
    }

    #[test]
    fn contrasts_are_those_that_other_tools_compute() {
        for (one, other, hundredths) in [
            ("#000000", "#ffffff", 2100),
            ("#ffffff", "#ffffff", 100),
            ("#767676", "#ffffff", 454),
            ("#777777", "#ffffff", 447),
            ("#949494", "#ffffff", 303),
            ("#959595", "#ffffff", 299),
            ("#ff0000", "#ffffff", 399),
            ("#0000ff", "#ffffff", 859),
            ("#00ff00", "#000000", 1530),
        ] {
            let contrast = colour(one).contrast(colour(other));
            let floor = f64::from(hundredths) / 100.0;
            assert!(
                (floor..floor + 0.01).contains(&contrast),
                "{one} {other}: {contrast}"
            );
            let back = colour(other).contrast(colour(one));
            assert!((back - contrast).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn the_nearest_shade_is_the_first_that_has_the_contrast() {
        for (own, other, contrast, shade) in [
            ("#777777", "#ffffff", 4.5, "#767676"),
            ("#767676", "#ffffff", 4.5, "#767676"),
            ("#777777", "#000000", 4.5, "#777777"),
            ("#333333", "#000000", 3.0, "#5a5a5a"),
            ("#ffffff", "#ffffff", 4.5, "#767676"),
        ] {
            let found = colour(own).shade(colour(other), contrast);
            assert_eq!(found.to_string(), shade, "{own} on {other}");
            assert!(found.contrast(colour(other)) >= contrast);
        }
        // This holds for any background.
        for grey in 0..=u8::MAX {
            let grey = Colour([grey; 3]);
            assert!(grey.shade(grey, 4.5).contrast(grey) >= 4.5, "{grey}");
        }
    }

    #[test]
    fn a_colour_is_six_digits_behind_a_hash() {
        assert_eq!(colour("#0B5E63").to_string(), "#0b5e63");
        for text in [
            "", "#", "0b5e63", "#fff", "#0b5e6", "#0b5e633", "#+b5e63", "#0b5e6ü", "teal",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }
}

//! Chooses the form of a file by `Accept-Encoding` (RFC 9110 section 12.5.3): of the forms that the
//! browser prefers most, the smallest.

use axum::http::{HeaderMap, HeaderValue, header};

/// The form of a file that is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Coding {
    /// Brotli (RFC 7932).
    Brotli,
    /// Gzip (RFC 1952).
    Gzip,
    /// The file without compression.
    Identity,
}

impl Coding {
    /// All forms, the smallest first.
    pub(super) const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// The value of `Content-Encoding`.
    pub(super) const fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Brotli => Some(HeaderValue::from_static("br")),
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Identity => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// The form to send. A client that accepts none of the forms gets the uncompressed file, which
    /// is better than nothing.
    pub(super) fn choose(headers: &HeaderMap, is_there: impl Fn(Self) -> bool) -> Self {
        let accepted = Accepted::of(headers);
        let there = Self::ALL.into_iter().filter(|coding| is_there(*coding));
        let best = there
            .map(|coding| (accepted.weight(coding), coding))
            .filter(|(weight, _)| *weight > 0)
            // Of equal weights the first one wins.
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map_or(Self::Identity, |(_, coding)| coding)
    }
}

/// The accepted codings with their weights in thousandths.
struct Accepted<'a>(Vec<(&'a str, u16)>);

impl<'a> Accepted<'a> {
    fn of(headers: &'a HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT_ENCODING).iter();
        let elements = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','));
        let codings = elements.filter_map(|element| {
            let (name, parameter) = element.split_once(';').unwrap_or((element, "q=1"));
            let (q, weight) = parameter.split_once('=')?;
            let is_weight = q.trim().eq_ignore_ascii_case("q");
            let weight = weight.trim().parse::<f32>().ok()?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the value is from 0 to 1000"
            )]
            let thousandths = (weight.clamp(0.0, 1.0) * 1000.0).round() as u16;
            is_weight.then_some((name.trim(), thousandths))
        });
        Self(codings.collect())
    }

    fn weight(&self, coding: Coding) -> u16 {
        let named = |name: &str| {
            let mut all = self.0.iter();
            let found = all.find(|(own, _)| own.eq_ignore_ascii_case(name));
            found.map(|(_, weight)| *weight)
        };
        let alias = matches!(coding, Coding::Gzip)
            .then(|| named("x-gzip"))
            .flatten();
        let weight = named(coding.name()).or(alias).or_else(|| named("*"));
        match coding {
            // Every client accepts it unless it says otherwise. It has the lowest preference.
            Coding::Identity => weight.unwrap_or(1),
            Coding::Brotli | Coding::Gzip => weight.unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_liked_best_is_sent_and_the_smallest_of_equals() {
        for (value, coding) in [
            ("gzip, deflate, br", Coding::Brotli),
            ("br;q=0.5, gzip", Coding::Gzip),
            ("br;q=0.5", Coding::Brotli),
            ("gzip;q=1.0, br;q=0", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            ("*", Coding::Brotli),
            ("*;q=0", Coding::Identity),
            ("br;q=0, *;q=0.1", Coding::Gzip),
            ("identity, br;q=0.9", Coding::Identity),
            ("brotli", Coding::Identity),
            ("br;q=x", Coding::Identity),
            ("GZIP;Q=0.3", Coding::Gzip),
            ("", Coding::Identity),
        ] {
            let accepts = HeaderValue::from_static(value);
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, accepts)]);
            assert_eq!(Coding::choose(&headers, |_| true), coding, "{value}");
        }
        assert_eq!(
            Coding::choose(&HeaderMap::new(), |_| true),
            Coding::Identity
        );
    }

    #[test]
    fn what_is_not_there_is_not_sent() {
        let accepts = HeaderValue::from_static("br, gzip;q=0.2");
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, accepts)]);
        let is_there = |coding| coding != Coding::Brotli;
        assert_eq!(Coding::choose(&headers, is_there), Coding::Gzip);
    }
}

//! `/reports`: takes browsers' reports of what the Content-Security-Policy has blocked in a page.
//! Each is counted by its directive, and a log line names the blocked source. Nothing else of a
//! report is kept, since any client can send one.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Router};
use postern_protocol::Timestamp;
use serde::Deserialize;
use tracing::warn;
use url::Url;

use super::reporting::PATH;
use super::service::Service;
use super::{body, problem};
use crate::metrics;

/// Maximum bytes of a body. Browsers send the reports of a minute at once, and a report has about a
/// thousand bytes.
pub(super) const BYTES_MAX: usize = 64 * 1024;

/// Maximum reports that one process reads each minute. More would tell nothing new.
const PER_MINUTE_MAX: usize = 300;

/// Directives that a report can name (Content Security Policy Level 3, section 6). Only these
/// become labels of the metrics.
const DIRECTIVES: [&str; 19] = [
    "base-uri",
    "child-src",
    "connect-src",
    "default-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "object-src",
    "script-src",
    "script-src-attr",
    "script-src-elem",
    "style-src",
    "style-src-attr",
    "style-src-elem",
    "worker-src",
];

/// Blocked sources that have no address (Content Security Policy Level 3, section 5.2), and schemes
/// that browsers report without an address.
const NOWHERE: [&str; 11] = [
    "about",
    "blob",
    "chrome-extension",
    "data",
    "eval",
    "inline",
    "moz-extension",
    "safari-web-extension",
    "trusted-types-policy",
    "trusted-types-sink",
    "wasm-eval",
];

/// The label for every unknown name.
const OTHER: &str = "other";

/// The labels by which violations are counted.
pub(crate) fn directives() -> impl Iterator<Item = &'static str> {
    DIRECTIVES.into_iter().chain([OTHER])
}

pub(super) fn router() -> Router<Arc<Service>> {
    Router::new()
        .route(PATH, post(take))
        .layer(Extension(Arc::<PerMinute>::default()))
}

async fn take(
    State(service): State<Arc<Service>>,
    Extension(quota): Extension<Arc<PerMinute>>,
    request: Request,
) -> Response {
    let now = service.judge.clock.now();
    if let Err(seconds) = quota.is_open(now) {
        let mut refused = problem::of_status(StatusCode::TOO_MANY_REQUESTS);
        let headers = refused.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return refused;
    }
    let Some(form) = Form::of(request.headers()) else {
        return problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    };
    let bytes = match body::read(request, BYTES_MAX).await {
        Ok(bytes) => bytes,
        Err(refusal) => return refusal,
    };
    let Ok(violations) = form.violations(&bytes) else {
        return problem::of_status(StatusCode::BAD_REQUEST);
    };
    let taken = quota.take(now, violations.len());
    for Violation { directive, blocked } in violations.into_iter().take(taken) {
        let (directive, blocked) = (known(&directive), source(&blocked));
        metrics::policy_violation(directive);
        warn!(
            directive,
            blocked, "the content security policy blocked something in a page"
        );
    }
    StatusCode::NO_CONTENT.into_response()
}

/// The format of a report.
enum Form {
    /// The Reporting API: several reports at once, of any type (W3C Reporting API, section 3.3).
    Reports,
    /// `report-uri`: one report (Content Security Policy Level 3, section 5.3).
    Single,
}

/// A reported violation.
struct Violation {
    directive: String,
    blocked: String,
}

impl Form {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let media_type = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        match media_type.to_ascii_lowercase().as_str() {
            "application/reports+json" => Some(Self::Reports),
            "application/csp-report" => Some(Self::Single),
            _ => None,
        }
    }

    fn violations(&self, bytes: &[u8]) -> serde_json::Result<Vec<Violation>> {
        #[derive(Deserialize)]
        struct Report {
            r#type: String,
            #[serde(default)]
            body: Option<Body>,
        }
        #[derive(Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        #[derive(Default)]
        struct Body {
            effective_directive: String,
            #[serde(rename = "blockedURL")]
            blocked_url: String,
        }
        #[derive(Deserialize)]
        struct Envelope {
            #[serde(rename = "csp-report")]
            report: Single,
        }
        #[derive(Default, Deserialize)]
        #[serde(default, rename_all = "kebab-case")]
        struct Single {
            effective_directive: String,
            blocked_uri: String,
        }
        Ok(match self {
            Self::Reports => serde_json::from_slice::<Vec<Report>>(bytes)?
                .into_iter()
                .filter(|report| report.r#type == "csp-violation")
                .filter_map(|report| report.body)
                .map(|body| Violation {
                    directive: body.effective_directive,
                    blocked: body.blocked_url,
                })
                .collect(),
            Self::Single => {
                let Envelope { report } = serde_json::from_slice(bytes)?;
                Vec::from([Violation {
                    directive: report.effective_directive,
                    blocked: report.blocked_uri,
                }])
            }
        })
    }
}

/// The label of a directive.
fn known(directive: &str) -> &'static str {
    let found = DIRECTIVES.iter().find(|known| **known == directive);
    found.copied().unwrap_or(OTHER)
}

/// The blocked source: its origin without a path.
fn source(blocked: &str) -> String {
    let scheme = blocked.split(':').next().unwrap_or_default();
    if let Some(known) = NOWHERE.iter().find(|known| **known == scheme) {
        return (*known).to_owned();
    }
    match Url::parse(blocked) {
        Ok(url) if url.origin().is_tuple() => url.origin().ascii_serialization(),
        Ok(_) | Err(_) => OTHER.to_owned(),
    }
}

/// The number of reports that were read in the current minute.
#[derive(Default)]
struct PerMinute(Mutex<Minute>);

#[derive(Clone, Copy, Default)]
struct Minute {
    number: i64,
    taken: usize,
}

impl PerMinute {
    /// Checks that another report may be read.
    ///
    /// # Errors
    ///
    /// The seconds until a report may be read again.
    fn is_open(&self, now: Timestamp) -> Result<(), i64> {
        if self.minute(now, |minute| minute.taken) < PER_MINUTE_MAX {
            return Ok(());
        }
        Err(60 - now.seconds().rem_euclid(60))
    }

    /// Takes up to `wanted` reports. Returns how many may be read.
    fn take(&self, now: Timestamp, wanted: usize) -> usize {
        self.minute(now, |minute| {
            let taken = wanted.min(PER_MINUTE_MAX - minute.taken);
            minute.taken += taken;
            taken
        })
    }

    fn minute<T>(&self, now: Timestamp, look: impl FnOnce(&mut Minute) -> T) -> T {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = now.seconds().div_euclid(60);
        if minute.number != number {
            *minute = Minute { number, taken: 0 };
        }
        look(&mut minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_its_origin_is_left_and_of_anything_else_a_word_that_we_know() {
        for (blocked, said) in [
            (
                "https://ada:secret@cdn.example:8443/a?token=1#x",
                "https://cdn.example:8443",
            ),
            ("http://cdn.example/a", "http://cdn.example"),
            ("wss://cdn.example/a", "wss://cdn.example"),
            ("inline", "inline"),
            ("data:text/html,ada", "data"),
            ("blob:https://cdn.example/1", "blob"),
            ("chrome-extension://abcdef/ada", "chrome-extension"),
            ("ada:contoso", "other"),
            ("ada@contoso.example", "other"),
            ("", "other"),
        ] {
            assert_eq!(source(blocked), said, "{blocked}");
        }
    }

    #[test]
    fn a_minute_has_its_quota_and_the_next_one_another() {
        let at = Timestamp::from_seconds;
        let quota = PerMinute::default();
        assert_eq!(quota.take(at(119), 200), 200);
        assert_eq!(quota.is_open(at(119)), Ok(()));
        assert_eq!(quota.take(at(119), 200), 100);
        assert_eq!(quota.is_open(at(119)), Err(1));
        assert_eq!(quota.take(at(119), 1), 0);
        assert_eq!(quota.is_open(at(120)), Ok(()));
        assert_eq!(quota.take(at(120), 1), 1);
    }
}

//! The endpoint for browsers' reports of policy violations.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// The path that takes reports.
pub(super) const PATH: &str = "/reports";

/// The header that tells browsers the address of the endpoint that the policy names (W3C Reporting
/// API, section 3.2).
const ENDPOINTS: HeaderName = HeaderName::from_static("reporting-endpoints");

/// Adds the reporting endpoint to a policy: `report-to`, and `report-uri` for browsers that know
/// only that. A policy that names an endpoint already stays unchanged. Without a policy there is
/// nothing to report.
///
/// The endpoint is below the base path of the service.
pub(super) fn announce(headers: &mut HeaderMap, base: &str) {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY);
    let Some(policy) = policy.and_then(|policy| policy.to_str().ok()) else {
        return;
    };
    let mut directives = policy.split(';').map(str::trim_start);
    if directives.any(|directive| directive.starts_with("report-")) {
        return;
    }
    let policy = format!("{policy}; report-uri {base}{PATH}; report-to csp");
    if let (Ok(policy), Ok(endpoints)) = (
        HeaderValue::from_str(&policy),
        HeaderValue::from_str(&format!("csp=\"{base}{PATH}\"")),
    ) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        headers.insert(ENDPOINTS, endpoints);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_policy_nothing_is_to_be_reported() {
        let mut headers = HeaderMap::new();
        announce(&mut headers, "");
        assert!(headers.is_empty());
    }

    #[test]
    fn a_policy_that_says_where_it_is_reported_stays_as_it_is() {
        for said in ["default-src 'self'; report-uri /mine", "report-to mine"] {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_static(said),
            );
            let before = headers.clone();
            announce(&mut headers, "");
            assert_eq!(headers, before);
        }
    }
}

//! Bodies of requests whose form on the wire differs from what the judge gets.

use postern_protocol::SupportCode;
use postern_protocol::work::Payload;
use serde::Deserialize;
use utoipa::ToSchema;

/// `POST /attempts`: a person wants back in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StartAttempt)]
pub(super) struct Start {
    /// User name or e-mail address, as typed.
    #[schema(min_length = 1)]
    pub(super) identifier: String,
    /// A domain of the organisation whose page asks, where the page knows it: a user name without
    /// `@` belongs to it.
    pub(super) tenant: Option<String>,
    /// BCP 47 tag of the language on the page: mails and texts are written in it.
    pub(super) locale: String,
    /// The code at the foot of the page that asks.
    pub(super) support_code: SupportCode,
    /// The solved challenge.
    pub(super) work: Option<Payload>,
    /// How they came here, where a portal has something to do with it.
    #[serde(default)]
    pub(super) via: Way,
}

/// How a person came to the wizard.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Via)]
pub(super) struct Way {
    /// Where they are sent once they are done: an address that the tenant lists. Any other counts
    /// as none.
    pub(super) return_to: Option<String>,
    /// What is given back there untouched, as the query parameter `state`. Without `return_to` it
    /// is given to no page.
    #[schema(max_length = 512)]
    pub(super) state: Option<String>,
    /// The origin of the portal whose page has the wizard in a frame, if the tenant lists it: a
    /// text is then bound to both. Any other counts as none.
    pub(super) portal: Option<String>,
}

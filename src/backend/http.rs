//! The service over HTTP: REST and JSON at `/api/v1`, as the API description defines it.

use std::cell::RefCell;
use std::rc::Rc;

use postern_flow::reset::{Failure, Request};
use postern_kit::browser::{self, AbortSignal, Received, Sent};
use postern_protocol::json::{self, FromJson};
use postern_protocol::{Endpoint, Problem, ProblemKind, Started, Timestamp, Verb};

use super::body::body;
use super::envelope::{Answer, Credentials, Envelope};

/// The connection counts as lost if no answer arrives within this time. Most answers arrive within
/// a second, and a write to a slow directory takes up to half a minute.
const ANSWER_WITHIN_MILLISECONDS: u32 = 15_000;
const WRITE_BACK_WITHIN_MILLISECONDS: u32 = 60_000;
/// A challenge costs the service one hash, and a repeated request to start creates only one
/// attempt, so a retry of either has no cost. A person who has typed their name learns soon that
/// the service does not answer.
const BEGINS_WITHIN_MILLISECONDS: u32 = 5_000;

/// The delay before the wizard sends a request again that did not reach the service. In this time,
/// a replica completes its restart and a phone completes a change of network.
const AGAIN_AFTER_MILLISECONDS: [u32; 2] = [1_000, 3_000];

/// The delay before the wizard sends a request again while the service still executes an earlier
/// copy of it.
const DONE_AFTER_MILLISECONDS: u32 = 2_000;

/// The address of the service.
#[derive(Clone)]
pub(crate) struct Http {
    base: String,
    /// The harder challenge that the service asked for because the last proof of work was too weak.
    harder: Rc<RefCell<Option<String>>>,
}

/// The headers of a request without a body, and those that a body adds.
const ACCEPT: &str = "Accept: application/json";
const CONTENT: &str = "\nContent-Type: application/json";

/// An HTTP request of the wizard.
struct Message {
    verb: Verb,
    url: String,
    /// Each header is a line.
    headers: String,
    body: Option<String>,
    within_milliseconds: u32,
}

impl Http {
    /// The service with its API at `base`, such as `/api/v1`. The constructor removes a slash at
    /// the end.
    pub(crate) fn new(base: &str) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            harder: Rc::default(),
        }
    }

    pub(super) async fn challenge(&self) -> Result<String, Failure> {
        if let Some(harder) = self.harder.take() {
            return Ok(harder);
        }
        let message = Message {
            verb: Endpoint::IssueChallenge.verb(),
            url: [&self.base, Endpoint::IssueChallenge.path()].concat(),
            headers: ACCEPT.to_owned(),
            body: None,
            within_milliseconds: BEGINS_WITHIN_MILLISECONDS,
        };
        let challenge = self.exchange(message).await?;
        if json::is_json(&challenge) {
            Ok(challenge)
        } else {
            Err(Failure::Service)
        }
    }

    pub(super) async fn ask(
        &self,
        request: &Request,
        envelope: Envelope<'_>,
    ) -> Result<Answer, Failure> {
        let starts = matches!(request, Request::Start { .. });
        let text = self.exchange(self.message(request, &envelope)?).await?;
        if starts {
            let Started { attempt, token } = read(&text)?;
            let credentials = Some(Credentials {
                id: attempt.id,
                token,
            });
            return Ok(Answer {
                attempt,
                credentials,
            });
        }
        Ok(Answer {
            attempt: read(&text)?,
            credentials: None,
        })
    }

    fn message(&self, request: &Request, envelope: &Envelope<'_>) -> Result<Message, Failure> {
        let endpoint = endpoint(request);
        let within_milliseconds = match request {
            Request::SetPassword(_) | Request::Unlock => WRITE_BACK_WITHIN_MILLISECONDS,
            Request::Start { .. } => BEGINS_WITHIN_MILLISECONDS,
            Request::Look
            | Request::ChoosePurpose(_)
            | Request::StartMethod(_)
            | Request::Prove(_)
            | Request::AskForHelp
            | Request::Cancel => ANSWER_WITHIN_MILLISECONDS,
        };
        // An idempotency key is a structured-field string
        // (draft-ietf-httpapi-idempotency-key-header).
        let mut headers = [
            ACCEPT,
            "\nIdempotency-Key: \"",
            envelope.idempotency_key,
            "\"",
        ]
        .concat();
        let (before_id, after_id) = endpoint.around_id();
        let mut url = [&self.base, before_id].concat();
        if !matches!(request, Request::Start { .. }) {
            let Some(Credentials { id, token }) = envelope.credentials else {
                return Err(Failure::Problem(Problem::new(ProblemKind::AttemptUnknown)));
            };
            headers += &["\nAuthorization: Bearer ", token].concat();
            headers += &["\nAccept-Language: ", envelope.locale].concat();
            url.push_str(&id.to_string());
            url.push_str(after_id);
        }
        let body = body(request, envelope);
        if body.is_some() {
            headers += CONTENT;
        }
        Ok(Message {
            verb: endpoint.verb(),
            url,
            headers,
            body,
            within_milliseconds,
        })
    }

    /// Returns the answer as received, or the problem that it contains.
    ///
    /// A request has the same effect each time the wizard sends it, so the wizard sends a request
    /// again if it did not reach the service. If the service accepted the request but did not
    /// answer in time, the person decides whether to send it again.
    async fn exchange(&self, message: Message) -> Result<String, Failure> {
        let mut waits = AGAIN_AFTER_MILLISECONDS.into_iter();
        loop {
            let deadline = browser::deadline(message.within_milliseconds);
            let result = send(&message, &deadline, &self.harder).await;
            let wait = match &result {
                Err(Failure::Lost) if !deadline.aborted() => waits.next(),
                Err(Failure::Problem(problem)) if matches!(problem.kind, ProblemKind::KeyInUse) => {
                    Some(DONE_AFTER_MILLISECONDS)
                }
                Ok(_) | Err(_) => None,
            };
            let Some(milliseconds) = wait else {
                return result;
            };
            browser::wait(milliseconds).await;
        }
    }
}

const fn endpoint(request: &Request) -> Endpoint {
    match request {
        Request::Start { .. } => Endpoint::StartAttempt,
        Request::Look => Endpoint::Look,
        Request::ChoosePurpose(_) => Endpoint::ChoosePurpose,
        Request::StartMethod(_) => Endpoint::StartMethod,
        Request::Prove(_) => Endpoint::Prove,
        Request::SetPassword(_) => Endpoint::SetPassword,
        Request::Unlock => Endpoint::Unlock,
        Request::AskForHelp => Endpoint::AskForHelp,
        Request::Cancel => Endpoint::Cancel,
    }
}

fn read<T: FromJson>(text: &str) -> Result<T, Failure> {
    json::from_str(text).ok_or(Failure::Service)
}

async fn send(
    message: &Message,
    deadline: &AbortSignal,
    harder: &RefCell<Option<String>>,
) -> Result<String, Failure> {
    let method = match message.verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
        Verb::Put => "PUT",
        Verb::Delete => "DELETE",
    };
    let sent = Sent {
        method,
        url: &message.url,
        headers: &message.headers,
        body: message.body.as_deref(),
    };
    let received = browser::exchange(sent, deadline).await;
    let Received {
        status,
        retry_after,
        text,
    } = received.ok_or(Failure::Lost)?;
    if (200..300).contains(&status) {
        return Ok(text);
    }
    Err(match json::from_str::<Problem>(&text) {
        // The service no longer understands the format of this page, or does not understand it yet.
        Some(problem) if matches!(problem.kind, ProblemKind::Malformed) => Failure::Service,
        Some(problem) => {
            if matches!(problem.kind, ProblemKind::WorkRefused) {
                harder.replace(challenge(&text));
            }
            Failure::Problem(problem)
        }
        None => failure(status, &retry_after),
    })
}

/// The challenge in a problem. The service writes it as the last member, and the page only passes
/// it on.
fn challenge(problem: &str) -> Option<String> {
    let (_, challenge) = problem.split_once("\"challenge\":")?;
    challenge.strip_suffix('}').map(str::to_owned)
}

/// The failure for an error answer without a problem body, such as the 429 or 404 of a proxy.
fn failure(status: u32, retry_after: &str) -> Failure {
    // Seconds, as RFC 9110 section 10.2.3 defines them. The service never sends the other form, a
    // date.
    let kind = match (status, retry_after.trim().parse::<u32>()) {
        // The proxy reports that the service is currently unavailable.
        (502..=504, _) => return Failure::Lost,
        (429, Ok(seconds)) => ProblemKind::TooManyRequests {
            retry_at: Timestamp::from_seconds(
                browser::now().seconds().saturating_add(i64::from(seconds)),
            ),
        },
        _ => return Failure::Service,
    };
    Failure::Problem(Problem::new(kind))
}

#[cfg(test)]
mod tests {
    use super::challenge;

    #[test]
    fn a_harder_challenge_is_carried_on_as_it_came() {
        let harder = r#"{"parameters":{"cost":4,"keyPrefix":"0"},"signature":"ab"}"#;
        let members = r#"{"type":"/problems/work-refused","status":422,"kind":"work-refused""#;
        let problem = [members, ",\"challenge\":", harder, "}"].concat();
        assert_eq!(challenge(&problem).as_deref(), Some(harder));
        assert_eq!(challenge(&[members, "}"].concat()), None);
    }
}

//! Signed requests of the telephony API during a call: it asks what to say, and reports the pressed
//! key and the end of the call.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use postern_engine::{CallEnd, CallId};
use postern_letters::Speech;
use postern_letters::escaped;
use tracing::{error, warn};

use super::body;
use super::problem::not_found;
use super::service::Service;
use crate::delivery::Telephony;

const SIGNATURE: HeaderName = HeaderName::from_static("x-twilio-signature");

/// The key that confirms a call.
const KEY: &str = "#";

/// How often the menu is said.
const TIMES: usize = 2;

/// Seconds to wait for a key each time.
const PATIENCE: u8 = 8;

pub(super) fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/telephony/calls/{id}/menu", post(menu))
        .route("/telephony/calls/{id}/key", post(key))
        .route("/telephony/calls/{id}/status", post(status))
}

/// A verified request about a call.
struct Word {
    telephony: Arc<Telephony>,
    call: CallId,
    parameters: Vec<(String, String)>,
}

impl Word {
    async fn read(service: &Service, id: &str, request: Request) -> Result<Self, Response> {
        let Some(telephony) = service.carriers.load().telephony.clone() else {
            return Err(not_found());
        };
        let path = request.uri().path_and_query();
        let path = path.map_or("", |path| path.as_str()).to_owned();
        let signature = request.headers().get(SIGNATURE).cloned();
        let body = body::read(request, body::BYTES_MAX).await?;
        let parameters: Vec<_> = form_urlencoded::parse(&body).into_owned().collect();
        let signature = signature
            .as_ref()
            .and_then(|signature| signature.to_str().ok())
            .unwrap_or_default();
        if !telephony.is_theirs(&path, &parameters, signature) {
            warn!(
                "the report of a call has no valid signature: if calls are in use, check auth-token and public-url of [delivery.calls]"
            );
            return Err(StatusCode::FORBIDDEN.into_response());
        }
        let call = id.parse().map(CallId).map_err(|_| not_found())?;
        Ok(Self {
            telephony,
            call,
            parameters,
        })
    }

    fn parameter(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Handles an answered call.
async fn menu(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    match Word::read(&service, &id, request).await {
        Ok(word) => say_menu(&service, &word).await,
        Err(refusal) => refusal,
    }
}

/// Handles a pressed key.
async fn key(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let word = match Word::read(&service, &id, request).await {
        Ok(word) => word,
        Err(refusal) => return refusal,
    };
    if word.parameter("Digits") != KEY {
        // The person may have pressed a wrong key.
        return say_menu(&service, &word).await;
    }
    let Some(speech) = speech(&service, word.call).await else {
        return hang_up();
    };
    match service
        .judge
        .call_ended(word.call, CallEnd::KeyPressed)
        .await
    {
        Ok(()) => say_pressed(&speech),
        Err(error) => lost(&error),
    }
}

/// Handles the end of a call. If the person has pressed the key, the attempt has moved on, and this
/// changes nothing.
async fn status(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let word = match Word::read(&service, &id, request).await {
        Ok(word) => word,
        Err(refusal) => return refusal,
    };
    let Some(end) = end(word.parameter("CallStatus")) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    match service.judge.call_ended(word.call, end).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => lost(&error),
    }
}

/// The end of a call in the judge's terms. `None` if the call has not ended (Twilio documentation,
/// "Call resource", call status values).
fn end(status: &str) -> Option<CallEnd> {
    match status {
        "completed" | "busy" | "no-answer" => Some(CallEnd::NoAnswer),
        "failed" | "canceled" => Some(CallEnd::Failed),
        _ => None,
    }
}

/// The words for a call, in the language of the attempt that waits for it. `None` if no attempt
/// waits.
async fn speech(service: &Service, call: CallId) -> Option<Speech> {
    let spoken = async {
        let Some(id) = service.judge.store.attempt_of_call(call).await? else {
            return Ok(None);
        };
        let kept = service.judge.store.attempt(id).await?;
        let settings = service.judge.settings.load();
        let speech = kept.as_ref().and_then(|kept| {
            let case = kept.attempt.value.case()?;
            let tenant = settings.tenant_kept_as(case.domain())?;
            Some(service.writer.speech(case.locale(), &tenant.name))
        });
        anyhow::Ok(speech)
    };
    spoken.await.unwrap_or_else(|error| {
        error!(
            error = format!("{error:#}"),
            "the server could not look up a call"
        );
        None
    })
}

async fn say_menu(service: &Service, word: &Word) -> Response {
    let Some(speech) = speech(service, word.call).await else {
        return hang_up();
    };
    let (voice, menu) = (speech.voice, escaped(&speech.menu));
    let action = escaped(&word.telephony.webhook(word.call, "key"));
    let gather = format!(
        "<Gather input=\"dtmf\" numDigits=\"1\" finishOnKey=\"\" timeout=\"{PATIENCE}\" action=\"{action}\"><Say language=\"{voice}\">{menu}</Say></Gather>"
    );
    document(&format!("{}<Hangup/>", gather.repeat(TIMES)))
}

fn say_pressed(speech: &Speech) -> Response {
    let (voice, said) = (speech.voice, escaped(&speech.pressed));
    document(&format!("<Say language=\"{voice}\">{said}</Say><Hangup/>"))
}

fn hang_up() -> Response {
    document("<Hangup/>")
}

/// A `TwiML` document.
fn document(verbs: &str) -> Response {
    let text =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>{verbs}</Response>\n");
    ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], text).into_response()
}

fn lost(error: &anyhow::Error) -> Response {
    error!(
        error = format!("{error:#}"),
        "the report of a call could not be recorded"
    );
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

//! `/api/v1`: every path and verb, and what of it goes to the judge.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json as JsonBody, Router};
use postern_engine::host::{Answer, Operation, Request};
use postern_engine::work::Solved;
use postern_protocol::{
    AttemptId, ChoosePurpose, ProblemKind, Proof, SetPassword, StartAttempt, StartMethod,
    SupportCode,
};
use serde::Deserialize;
use tracing::error;

use super::Service;
use super::body::Json;
use super::key::{Key, Token};
use super::problem::Refusal;

type Answered = Result<Response, Refusal>;
type Here = State<Arc<Service>>;

pub(super) fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/challenges", post(issue_challenge))
        .route("/attempts", post(start_attempt))
        .route("/attempts/{id}", get(look).delete(cancel))
        .route("/attempts/{id}/purpose", put(choose_purpose))
        .route("/attempts/{id}/codes", post(start_method))
        .route("/attempts/{id}/proofs", post(prove))
        .route("/attempts/{id}/password", post(set_password))
        .route("/attempts/{id}/unlock", post(unlock))
        .route("/attempts/{id}/help", post(ask_for_help))
        .route("/tenants/{domain}", get(look_up_tenant))
        .method_not_allowed_fallback(async || StatusCode::METHOD_NOT_ALLOWED)
        .fallback(async || Refusal::from(ProblemKind::AttemptUnknown))
}

/// `POST /attempts`, whose proof of work is read by those who take it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Start {
    identifier: String,
    locale: String,
    support_code: SupportCode,
    work: Option<altcha::Payload>,
}

async fn issue_challenge(State(service): Here) -> Answered {
    // One derivation, which takes as long as it takes the page for each counter.
    let difficulty = service.judge.settings.load().difficulty;
    let issued = tokio::task::spawn_blocking(move || service.work.issue(difficulty)).await;
    match issued {
        Ok(Ok(challenge)) => Ok((StatusCode::CREATED, JsonBody(challenge)).into_response()),
        Ok(Err(error)) => Err(broken(&error)),
        Err(error) => Err(broken(&error.into())),
    }
}

async fn start_attempt(State(service): Here, Key(key): Key, Json(start): Json<Start>) -> Answered {
    let solved = service.work.take(start.work.as_ref())?;
    let operation = Operation::StartAttempt(StartAttempt {
        identifier: start.identifier,
        locale: start.locale,
        support_code: start.support_code,
        work: None,
    });
    let request = Request::new(operation).with_idempotency_key(&key);
    answer(&service, request, solved).await
}

async fn look(State(service): Here, Path(id): Path<String>, token: Token) -> Answered {
    about(&service, &id, token, None, Operation::Look).await
}

async fn cancel(State(service): Here, Path(id): Path<String>, token: Token) -> Answered {
    about(&service, &id, token, None, Operation::Cancel).await
}

async fn choose_purpose(
    State(service): Here,
    Path(id): Path<String>,
    token: Token,
    Json(body): Json<ChoosePurpose>,
) -> Answered {
    about(&service, &id, token, None, |id| {
        Operation::ChoosePurpose(id, body)
    })
    .await
}

async fn start_method(
    State(service): Here,
    Path(id): Path<String>,
    token: Token,
    key: Key,
    Json(body): Json<StartMethod>,
) -> Answered {
    about(&service, &id, token, Some(key), |id| {
        Operation::StartMethod(id, body)
    })
    .await
}

async fn prove(
    State(service): Here,
    Path(id): Path<String>,
    token: Token,
    key: Key,
    Json(body): Json<Proof>,
) -> Answered {
    about(&service, &id, token, Some(key), |id| {
        Operation::Prove(id, body)
    })
    .await
}

async fn set_password(
    State(service): Here,
    Path(id): Path<String>,
    token: Token,
    key: Key,
    Json(body): Json<SetPassword>,
) -> Answered {
    about(&service, &id, token, Some(key), |id| {
        Operation::SetPassword(id, body)
    })
    .await
}

async fn unlock(State(service): Here, Path(id): Path<String>, token: Token, key: Key) -> Answered {
    about(&service, &id, token, Some(key), Operation::Unlock).await
}

async fn ask_for_help(
    State(service): Here,
    Path(id): Path<String>,
    token: Token,
    key: Key,
) -> Answered {
    about(&service, &id, token, Some(key), Operation::AskForHelp).await
}

async fn look_up_tenant(State(service): Here, Path(domain): Path<String>) -> Answered {
    let settings = service.judge.settings.load();
    let tenant = settings.tenant(&domain);
    let tenant = tenant.ok_or(ProblemKind::AttemptUnknown)?.public(&domain);
    Ok(JsonBody(tenant).into_response())
}

/// A request about an attempt.
async fn about(
    service: &Service,
    id: &str,
    Token(token): Token,
    key: Option<Key>,
    operation: impl FnOnce(AttemptId) -> Operation,
) -> Answered {
    // What is no id is no attempt's.
    let id = id
        .parse()
        .map(AttemptId)
        .map_err(|_| ProblemKind::AttemptUnknown)?;
    let mut request = Request::new(operation(id));
    request.token = token;
    request.idempotency_key = key.map(|Key(key)| key);
    answer(service, request, None).await
}

async fn answer(service: &Service, request: Request, solved: Option<Solved>) -> Answered {
    match service.judge.call(request, solved).await? {
        Answer::Started(started) => {
            let location = format!("/api/v1/attempts/{}", started.attempt.id);
            let mut response = (StatusCode::CREATED, JsonBody(started)).into_response();
            if let Ok(location) = HeaderValue::from_str(&location) {
                response.headers_mut().insert(header::LOCATION, location);
            }
            Ok(response)
        }
        Answer::Attempt(attempt) => Ok(JsonBody(attempt).into_response()),
        Answer::Challenge(challenge) => Ok(JsonBody(challenge).into_response()),
        Answer::Tenant(tenant) => Ok(JsonBody(tenant).into_response()),
    }
}

fn broken(error: &anyhow::Error) -> Refusal {
    error!(error = format!("{error:#}"), "a request could not be done");
    ProblemKind::Internal.into()
}

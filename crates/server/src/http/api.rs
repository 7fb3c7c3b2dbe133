//! `/api/v1`: the handler of each endpoint, and what of the request the judge gets.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, get, on};
use axum::{Json as JsonBody, Router};
use postern_engine::Identifier;
use postern_host::{Answer, Operation, Request};
use postern_protocol::work::Challenge;
use postern_protocol::{
    AttemptId, ChoosePurpose, Endpoint, ProblemKind, Proof, SetPassword, StartAttempt, StartMethod,
    Verb,
};
use url::Url;

use super::body::Json;
use super::client::ClientNetwork;
use super::cors::Elsewhere;
use super::key::{Key, StartKey, Token};
use super::logos;
use super::openapi;
use super::problem::{self, Refusal};
use super::service::Service;
use crate::judge::{Caller, NotDone};
use crate::logo::Logo;
use crate::metrics;
use crate::pressure::Times;

type Answered = Result<Response, Refusal>;
type Here = State<Arc<Service>>;

/// Routes about attempts, which need the key of the database.
pub(super) fn of_attempts() -> Router<Arc<Service>> {
    routes(|endpoint| !is_public(endpoint))
}

/// All other routes.
pub(super) fn router() -> Router<Arc<Service>> {
    routes(is_public)
        .route("/openapi.json", get(describe))
        .fallback(async || problem::of_status(StatusCode::NOT_FOUND))
}

/// Whether an endpoint works without the key of the database.
const fn is_public(endpoint: Endpoint) -> bool {
    matches!(endpoint, Endpoint::LookUpTenant)
}

fn routes(are_meant: impl Fn(Endpoint) -> bool) -> Router<Arc<Service>> {
    let all = Endpoint::ALL.iter().copied();
    all.filter(|endpoint| are_meant(*endpoint))
        .fold(Router::new(), |router, endpoint| {
            router.route(endpoint.path(), handler(endpoint))
        })
}

/// The function that answers an endpoint.
fn handler(endpoint: Endpoint) -> MethodRouter<Arc<Service>> {
    let method = match endpoint.verb() {
        Verb::Get => MethodFilter::GET,
        Verb::Post => MethodFilter::POST,
        Verb::Put => MethodFilter::PUT,
        Verb::Delete => MethodFilter::DELETE,
    };
    match endpoint {
        Endpoint::IssueChallenge => on(method, issue_challenge),
        Endpoint::StartAttempt => on(method, start_attempt),
        Endpoint::Look => on(method, look),
        Endpoint::Cancel => on(method, cancel),
        Endpoint::ChoosePurpose => on(method, choose_purpose),
        Endpoint::StartMethod => on(method, start_method),
        Endpoint::Prove => on(method, prove),
        Endpoint::SetPassword => on(method, set_password),
        Endpoint::Unlock => on(method, unlock),
        Endpoint::AskForHelp => on(method, ask_for_help),
        Endpoint::LookUpTenant => on(method, look_up_tenant),
    }
}

async fn issue_challenge(State(service): Here, from: Elsewhere, place: ClientNetwork) -> Answered {
    if !from.is_ours_or_listed(&service.judge.settings.load()) {
        // Any page may read this answer, since it is all that the page can tell the person.
        let any = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
        return Ok((any, Refusal::from(ProblemKind::PortalNotListed)).into_response());
    }
    let challenge = challenge(&service, service.judge.times_from(place.0));
    Ok((StatusCode::CREATED, JsonBody(challenge)).into_response())
}

/// A new challenge, `times` as hard as usual.
fn challenge(service: &Service, times: Times) -> Challenge {
    let difficulty = service.judge.settings.load().difficulty;
    metrics::work(metrics::Work::Issued);
    service.work.issue(difficulty, times)
}

async fn start_attempt(
    State(service): Here,
    from: Elsewhere,
    ClientNetwork(network): ClientNetwork,
    StartKey(key): StartKey,
    Json(mut start): Json<StartAttempt>,
) -> Answered {
    // Checked before the work is taken, so that a person who mistyped need not solve another
    // challenge.
    let may_begin = {
        let settings = service.judge.settings.load();
        let page = start.tenant.as_deref();
        let (_, tenant) = Identifier::locate(&start.identifier, page, &settings.tenants)?;
        from.may_begin(tenant)
    };
    if !may_begin {
        return Err(ProblemKind::PortalNotListed.into());
    }
    let work = match service.work.take(start.work.take()).await {
        Ok(work) => work,
        Err(kind) => {
            metrics::work(metrics::Work::Refused);
            return Err(kind.into());
        }
    };
    if work.is_some() {
        metrics::work(metrics::Work::Taken);
    }
    start.via.return_to = start.via.return_to.as_deref().and_then(address);
    let request = Request::new(Operation::StartAttempt(start)).with_idempotency_key(&key);
    let caller = Caller {
        portal: from.0,
        network,
        work,
    };
    answer(&service, request, caller).await
}

/// An address in the spelling of the configuration, so that two spellings are equal.
fn address(written: &str) -> Option<String> {
    Url::parse(written).ok().map(String::from)
}

async fn look(State(service): Here, about: About) -> Answered {
    about.ask(&service, None, Operation::Look).await
}

async fn cancel(State(service): Here, about: About) -> Answered {
    about.ask(&service, None, Operation::Cancel).await
}

async fn choose_purpose(
    State(service): Here,
    about: About,
    Json(body): Json<ChoosePurpose>,
) -> Answered {
    about
        .ask(&service, None, |id| Operation::ChoosePurpose(id, body))
        .await
}

async fn start_method(
    State(service): Here,
    about: About,
    key: Key,
    Json(body): Json<StartMethod>,
) -> Answered {
    about
        .ask(&service, Some(key), |id| Operation::StartMethod(id, body))
        .await
}

async fn prove(State(service): Here, about: About, key: Key, Json(body): Json<Proof>) -> Answered {
    about
        .ask(&service, Some(key), |id| Operation::Prove(id, body))
        .await
}

async fn set_password(
    State(service): Here,
    about: About,
    key: Key,
    Json(body): Json<SetPassword>,
) -> Answered {
    about
        .ask(&service, Some(key), |id| Operation::SetPassword(id, body))
        .await
}

async fn unlock(State(service): Here, about: About, key: Key) -> Answered {
    about.ask(&service, Some(key), Operation::Unlock).await
}

async fn ask_for_help(State(service): Here, about: About, key: Key) -> Answered {
    about.ask(&service, Some(key), Operation::AskForHelp).await
}

async fn look_up_tenant(State(service): Here, Path(domain): Path<String>) -> Answered {
    let settings = service.judge.settings.load();
    let Some(tenant) = settings.tenant(&domain) else {
        return Ok(problem::of_status(StatusCode::NOT_FOUND));
    };
    let mut told = tenant.public(&domain);
    if let Some(Logo { light, dark }) = settings.logos.get(tenant.id()) {
        told.logo_url = Some(logos::address(light));
        told.logo_dark_url = dark.as_ref().map(logos::address);
    }
    Ok(JsonBody(told).into_response())
}

async fn describe(State(service): Here) -> Response {
    if service.settings.openapi {
        let mut document = openapi::document();
        document["servers"][0]["url"] = format!("{}/api/v1", service.settings.base_path).into();
        JsonBody(document).into_response()
    } else {
        problem::of_status(StatusCode::NOT_FOUND)
    }
}

/// The common parts of a request about an attempt: its id, its token and its origin.
struct About {
    id: String,
    token: String,
    from: Elsewhere,
    place: ClientNetwork,
}

impl FromRequestParts<Arc<Service>> for About {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Response> {
        let id = Path::from_request_parts(parts, service).await;
        let Path(id) = id.map_err(IntoResponse::into_response)?;
        let token = Token::from_request_parts(parts, service).await;
        let Token(token) = token.map_err(IntoResponse::into_response)?;
        let Ok(from) = Elsewhere::from_request_parts(parts, service).await;
        let Ok(place) = ClientNetwork::from_request_parts(parts, service).await;
        Ok(Self {
            id,
            token,
            from,
            place,
        })
    }
}

impl About {
    async fn ask(
        self,
        service: &Service,
        key: Option<Key>,
        operation: impl FnOnce(AttemptId) -> Operation,
    ) -> Answered {
        // An invalid id belongs to no attempt.
        let id = self.id.parse().map(AttemptId);
        let id = id.map_err(|_| ProblemKind::AttemptUnknown)?;
        let mut request = Request::new(operation(id));
        request.token = Some(self.token);
        request.idempotency_key = key.map(|Key(key)| key);
        let caller = Caller {
            portal: self.from.0,
            network: self.place.0,
            work: None,
        };
        answer(service, request, caller).await
    }
}

async fn answer(service: &Service, request: Request, caller: Caller) -> Answered {
    let answered = match service.judge.call(request, caller).await {
        Ok(answered) => answered,
        Err(NotDone::Problem(problem)) => return Err(problem.into()),
        Err(NotDone::TooLight(times)) => {
            return Err(Refusal::too_light(challenge(service, times)));
        }
    };
    match answered {
        Answer::Started(started) => {
            let base = &service.settings.base_path;
            let location = format!("{base}/api/v1/attempts/{}", started.attempt.id);
            let mut response = (StatusCode::CREATED, JsonBody(started)).into_response();
            if let Ok(location) = HeaderValue::from_str(&location) {
                response.headers_mut().insert(header::LOCATION, location);
            }
            Ok(response)
        }
        Answer::Attempt(attempt) => Ok(JsonBody(attempt).into_response()),
    }
}

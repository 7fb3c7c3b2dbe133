//! The page of the development mailbox: unsent letters, newest first, with a button that presses a
//! key in calls.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use postern_engine::{CallEnd, CallId};
use postern_letters::escaped;
use tracing::error;
use url::Host;

use super::mailbox::Mailbox;
use crate::config::is_here;
use crate::http::{Service, not_found};
use crate::uncarried::Uncarried;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
);

impl Mailbox {
    /// This mailbox as the handler of letters without a carrier, with its page.
    pub fn uncarried(self: &Arc<Self>) -> Uncarried {
        Uncarried {
            carrier: self.clone(),
            pages: router(self.clone()),
        }
    }
}

fn router(mailbox: Arc<Mailbox>) -> Router<Arc<Service>> {
    Router::new()
        .route("/development/mailbox", get(show))
        .route("/development/mailbox.css", get(style))
        .route("/development/calls/{id}/{end}", post(end_call))
        .layer(Extension(mailbox))
        .layer(middleware::from_fn(asked_here))
}

/// Accepts only requests for this machine by its own name. A foreign page whose name was made to
/// resolve to this machine (DNS rebinding) requests that other name.
async fn asked_here(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| Authority::try_from(host.as_bytes()).ok());
    let host = request.uri().authority().cloned().or(host);
    let is_here = host.is_some_and(|host| {
        Host::parse(host.host()).is_ok_and(|host| {
            is_here(&match &host {
                Host::Domain(name) => Host::Domain(name.as_str()),
                Host::Ipv4(address) => Host::Ipv4(*address),
                Host::Ipv6(address) => Host::Ipv6(*address),
            })
        })
    });
    if is_here {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

async fn show(Extension(mailbox): Extension<Arc<Mailbox>>) -> Response {
    let mut list = String::new();
    for letter in mailbox.all() {
        let (to, subject, text) = (
            escaped(&letter.to),
            escaped(&letter.subject),
            escaped(&letter.text),
        );
        let keys = letter.call.map_or_else(String::new, |call| {
            format!(
                "<form method=post action=\"/development/calls/{call}/pressed\"><button>Press #</button></form>\
                 <form method=post action=\"/development/calls/{call}/missed\"><button>Hang up</button></form>"
            )
        });
        let written = write!(
            list,
            "<article><p class=to>To <b dir=ltr>{to}</b></p><div lang=\"{}\" dir=\"{}\"><h2>{subject}</h2><p class=text>{text}</p></div>{keys}</article>",
            letter.language, letter.direction,
        );
        written.expect("a string takes every write");
    }
    if list.is_empty() {
        list.push_str("<p class=none>Nothing yet.</p>");
    }
    let page = PAGE.replace("<!--letters-->", &list);
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    (headers, Html(page)).into_response()
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

async fn end_call(
    State(service): State<Arc<Service>>,
    Extension(mailbox): Extension<Arc<Mailbox>>,
    Path((id, end)): Path<(String, String)>,
) -> Response {
    let end = match end.as_str() {
        "pressed" => CallEnd::KeyPressed,
        "missed" => CallEnd::NoAnswer,
        _ => return not_found(),
    };
    let Ok(id) = id.parse().map(CallId) else {
        return not_found();
    };
    mailbox.hang_up(id);
    if let Err(error) = service.judge.call_ended(id, end).await {
        error!(
            error = format!("{error:#}"),
            "the report of a call could not be recorded"
        );
    }
    Redirect::to("/development/mailbox").into_response()
}

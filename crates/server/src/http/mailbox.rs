//! The development mailbox as a page: what would have been sent, newest first, and a key to press on calls.

use std::fmt::Write;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use postern_engine::{CallEnd, CallId};
use tracing::error;

use super::{Service, not_found};

pub(super) fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/development/mailbox", get(show))
        .route("/development/calls/{id}/{end}", post(end_call))
}

async fn show(State(service): State<Arc<Service>>) -> Response {
    let Some(mailbox) = &service.mailbox else {
        return not_found();
    };
    let mut list = String::new();
    for letter in mailbox.all() {
        let (to, subject, text) = (escaped(&letter.to), escaped(&letter.subject), escaped(&letter.text));
        let keys = letter.call.map_or_else(String::new, |call| {
            format!(
                "<form method=post action=\"/development/calls/{call}/pressed\"><button>Press #</button></form>\
                 <form method=post action=\"/development/calls/{call}/missed\"><button>Hang up</button></form>"
            )
        });
        let written = write!(
            list,
            "<article lang=\"{}\" dir=\"{}\"><p>To <b dir=ltr>{to}</b></p><h2>{subject}</h2><pre>{text}</pre>{keys}</article>",
            letter.language, letter.direction,
        );
        written.expect("a string takes every write");
    }
    if list.is_empty() {
        list.push_str("<p>Nothing yet.</p>");
    }
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <meta http-equiv=refresh content=2><title>Development mailbox</title><h1>Development mailbox</h1>\
         <p>Mails, texts and calls that would have been sent. This page is there in development alone.</p>{list}</html>"
    );
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; form-action 'self'; frame-ancestors 'none'"),
    );
    (headers, Html(page)).into_response()
}

async fn end_call(
    State(service): State<Arc<Service>>,
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
    if let Err(error) = service.judge.call_ended(id, end).await {
        error!(error = format!("{error:#}"), "word of a call was lost");
    }
    Redirect::to("/development/mailbox").into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

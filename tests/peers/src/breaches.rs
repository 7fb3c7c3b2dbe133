//! A set of breached passwords with the interface of the Pwned Passwords API of Have I Been Pwned:
//! a request contains the first five digits of a SHA-1.

use std::collections::BTreeMap;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use sha1::{Digest, Sha1};
use tokio::net::TcpListener;

/// The minimum number of lines in an answer, if the request asks for padding.
const PADDED_TO: usize = 800;

/// The count of a password for which the test gives no count.
const SEEN: u32 = 3;

/// The behaviour of the service.
#[derive(Clone, Copy, Debug, Default)]
pub enum Mood {
    /// It answers.
    #[default]
    Well,
    /// It accepts requests and never answers.
    Silent,
    /// It gives this answer to every request: a status and a body.
    Says(u16, &'static str),
}

/// A request, as received.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub address: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

#[derive(Default)]
struct BreachDesk {
    /// The count of each password, by its hash.
    seen: BTreeMap<String, u32>,
    asked: Vec<Asked>,
    mood: Mood,
}

type Shared = Arc<Mutex<BreachDesk>>;

/// The set of passwords, at its own address.
pub struct Breaches {
    address: SocketAddr,
    desk: Shared,
}

impl Breaches {
    /// Starts with an empty set.
    pub async fn start() -> Self {
        let desk = Shared::default();
        let router = Router::new().fallback(answer).with_state(desk.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port is free");
        let address = listener.local_addr().expect("it has one");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, desk }
    }

    /// The address to which a client appends a prefix.
    pub fn url(&self) -> String {
        format!("http://{}/range/", self.address)
    }

    /// Replaces the set by these passwords.
    pub fn hold<'a>(&self, passwords: impl IntoIterator<Item = &'a str>) {
        let hashes = passwords.into_iter().map(|password| (hash(password), SEEN));
        self.desk().seen = hashes.collect();
    }

    /// Fills ranges up with a password that was never seen.
    pub fn fill_up_with(&self, password: &str) {
        self.desk().seen.insert(hash(password), 0);
    }

    /// Changes the behaviour from now on.
    pub fn be(&self, mood: Mood) {
        self.desk().mood = mood;
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.desk().asked.clone()
    }

    fn desk(&self) -> MutexGuard<'_, BreachDesk> {
        desk(&self.desk)
    }
}

/// The SHA-1 of a password in upper-case digits: the first five name its range, and the range
/// contains the others.
pub fn hash(password: &str) -> String {
    format!("{:X}", Sha1::digest(password))
}

fn desk(shared: &Shared) -> MutexGuard<'_, BreachDesk> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(
    State(shared): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let said = {
        let mut desk = desk(&shared);
        desk.asked.push(Asked {
            method: method.to_string(),
            address: uri.to_string(),
            headers: headers
                .iter()
                .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
                .collect(),
            body: body.to_vec(),
        });
        match desk.mood {
            Mood::Well => {
                let is_padded = headers.get("add-padding").is_some_and(|it| it == "true");
                Some(range(&desk.seen, &uri, is_padded))
            }
            Mood::Silent => None,
            Mood::Says(status, body) => Some((status, body.to_owned())),
        }
    };
    let Some((status, body)) = said else {
        return pending().await;
    };
    let status = StatusCode::from_u16(status).expect("it is a status");
    (status, body)
}

/// A range: one `SUFFIX:COUNT` per line, in the order of the suffixes.
fn range(seen: &BTreeMap<String, u32>, uri: &Uri, is_padded: bool) -> (u16, String) {
    let prefix = uri.path().strip_prefix("/range/").unwrap_or_default();
    let is_hex = prefix.bytes().all(|byte| byte.is_ascii_hexdigit());
    if prefix.len() != 5 || !is_hex {
        return (400, "The hash prefix was not in a valid format".into());
    }
    let own = seen.iter().filter_map(|(hash, count)| {
        let suffix = hash.strip_prefix(&prefix.to_ascii_uppercase())?;
        Some((suffix.to_owned(), *count))
    });
    let mut lines: BTreeMap<String, u32> = own.collect();
    // Padding has a count of zero. The answer always has one entry with another count.
    lines.insert(hash(&format!("seen {prefix}"))[5..].to_owned(), 1);
    for number in lines.len()..if is_padded { PADDED_TO } else { 0 } {
        lines.insert(hash(&format!("{number} {prefix}"))[5..].to_owned(), 0);
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|(suffix, count)| format!("{suffix}:{count}"))
        .collect();
    (200, lines.join("\r\n"))
}

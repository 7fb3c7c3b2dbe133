//! Claims about the servers at an element's `api`, and the reports to the portal: the console shows
//! the cause, and the portal never learns that a wizard is ready.

use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::portal::{heard, written};
use crate::{
    foreign::SCRIPT,
    page::Page,
    site::{Draft, Site},
    test::{Test, claims},
};

const TENANT: &str = "contoso.example";

const NOT_REACHED: &str = "is not reached";
const NO_FIT: &str = "the versions do not fit";

/// An answer that every page may read.
const SHARED: &str = "Access-Control-Allow-Origin: *\r\n";

/// A server, with the same answer for every method.
struct Peer {
    /// The expected message in the console.
    cause: &'static str,
    /// The answer for a path: status, headers and body. `None` for no answer.
    answer: fn(&str) -> Option<(&'static str, &'static str, &'static str)>,
}

const PEERS: [Peer; 8] = [
    Peer {
        cause: NO_FIT,
        answer: |_| Some(("200 OK", "Content-Type: text/html\r\n", "<!doctype html>")),
    },
    Peer {
        cause: NO_FIT,
        answer: |_| Some(("200 OK", SHARED, "<!doctype html>")),
    },
    Peer {
        cause: NO_FIT,
        answer: |_| Some(("404 Not Found", SHARED, "not found")),
    },
    Peer {
        cause: NO_FIT,
        answer: |_| Some(("404 Not Found", "", "{}")),
    },
    // A Postern of another version: its colours are here, and its API is elsewhere.
    Peer {
        cause: NO_FIT,
        answer: |path| {
            let is_colours = path.contains("/embed/themes/");
            Some(if is_colours {
                ("200 OK", SHARED, "")
            } else {
                ("404 Not Found", "", "{}")
            })
        },
    },
    Peer {
        cause: NOT_REACHED,
        answer: |_| Some(("502 Bad Gateway", SHARED, "<!doctype html>")),
    },
    Peer {
        cause: NOT_REACHED,
        answer: |_| Some(("503 Service Unavailable", SHARED, "{}")),
    },
    Peer {
        cause: NOT_REACHED,
        answer: |_| None,
    },
];

/// The answers of a Postern of this version that does not have the tenant, and of one that does not
/// list the portal.
const OF_TENANT: [Peer; 2] = [
    Peer {
        cause: "there is no tenant contoso.example",
        answer: |path| {
            Some(if path.ends_with("/challenges") {
                ("201 Created", SHARED, "{}")
            } else {
                ("404 Not Found", SHARED, "{}")
            })
        },
    },
    Peer {
        cause: "is not among the portals of contoso.example",
        answer: |path| {
            Some(if path.ends_with("/challenges") {
                ("403 Forbidden", SHARED, "{}")
            } else if path.contains("/embed/themes/") {
                ("200 OK", SHARED, "")
            } else {
                ("200 OK", "", "{}")
            })
        },
    },
];

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        what_is_wrong_with_an_api_is_told_by_its_cause,
        what_a_service_says_of_a_tenant_is_told_by_its_cause,
        an_address_where_no_api_is_is_told_by_its_cause,
    ]
}

async fn what_is_wrong_with_an_api_is_told_by_its_cause(page: &Page) -> Result<()> {
    let portal = portal(page).await?;
    for peer in PEERS {
        let api = format!("{}/api/v1", listen(peer.answer)?);
        for tenant in [TENANT, ""] {
            expect(page, &portal, &api, tenant, peer.cause).await?;
        }
    }
    Ok(())
}

async fn what_a_service_says_of_a_tenant_is_told_by_its_cause(page: &Page) -> Result<()> {
    let portal = portal(page).await?;
    for peer in OF_TENANT {
        let api = format!("{}/api/v1", listen(peer.answer)?);
        expect(page, &portal, &api, TENANT, peer.cause).await?;
    }
    Ok(())
}

async fn an_address_where_no_api_is_is_told_by_its_cause(page: &Page) -> Result<()> {
    let portal = portal(page).await?;
    let postern = &page.lab.foreign().await?.postern.url;
    // An address without a listener.
    let gone = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let addresses = [
        (
            "https://no-such-host.invalid/api/v1".to_owned(),
            NOT_REACHED,
        ),
        (format!("http://{gone}/api/v1"), NOT_REACHED),
        (format!("{postern}api/v0"), NO_FIT),
        (format!("{postern}api/v2"), NO_FIT),
        (format!("{postern}nothing"), NO_FIT),
        ("/nothing".to_owned(), NO_FIT),
        (String::new(), NO_FIT),
        (" ".to_owned(), NO_FIT),
        ("http://[".to_owned(), "api is no address of the web"),
        (
            "ftp://host/api/v1".to_owned(),
            "api is no address of the web",
        ),
    ];
    for (api, cause) in addresses {
        for tenant in [TENANT, ""] {
            expect(page, &portal, &api, tenant, cause).await?;
        }
    }
    Ok(())
}

/// A portal whose page allows everything.
async fn portal(page: &Page) -> Result<Site> {
    let postern = &page.lab.foreign().await?.postern.url;
    let html = format!(
        "<!doctype html><html lang=\"en\"><title>The portal</title><script src=\"portal.js\"></script>\
         <script type=\"module\" src=\"{postern}embed/postern.js\"></script><main></main></html>"
    );
    Draft::empty()
        .with(
            "_headers",
            "/*\n  Cross-Origin-Opener-Policy: same-origin\n",
        )?
        .with("portal.js", SCRIPT)?
        .with("index.html", &html)?
        .serve(&page.lab.given.server)
        .await
}

/// Checks that the portal gets one event that there is no wizard, and that the console has the
/// cause.
async fn expect(page: &Page, portal: &Site, api: &str, tenant: &str, cause: &str) -> Result<()> {
    page.visit(&portal.url).await?;
    let put = "const element = document.createElement('postern-reset');
        element.setAttribute('api', arguments[0]);
        if (arguments[1]) element.setAttribute('tenant', arguments[1]);
        element.textContent = 'Call the helpdesk.';
        document.querySelector('main').append(element)";
    page.ask(put, json!([api, tenant])).await?;
    let named = || format!("with api {api:?} and tenant {tenant:?}");
    heard(page, "error", json!({ "reason": "unavailable" }))
        .await
        .with_context(named)?;
    let events: Vec<Value> = serde_json::from_value(written(page, "heard").await?)?;
    ensure!(events.len() == 1, "{}, it heard {events:?}", named());
    let left = "return document.querySelector('postern-reset').innerText";
    let left = page.ask(left, json!([])).await?;
    ensure!(left == json!("Call the helpdesk."), "it has {left}");
    let console = written(page, "errors").await?.to_string();
    ensure!(
        console.contains(cause),
        "{}, the console has {console}, not {cause}",
        named()
    );
    // The browser reports the failure in addition.
    page.errors_in_console().await.map(drop)
}

/// Answers like this at an address of this machine, as long as the tests run.
fn listen(
    answer: fn(&str) -> Option<(&'static str, &'static str, &'static str)>,
) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || reply(stream, answer));
        }
    });
    Ok(format!("http://{address}"))
}

fn reply(
    mut stream: TcpStream,
    answer: fn(&str) -> Option<(&'static str, &'static str, &'static str)>,
) -> Option<()> {
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut chunk).ok().filter(|read| *read > 0)?;
        request.extend_from_slice(chunk.get(..read)?);
    }
    let request = String::from_utf8_lossy(&request);
    let path = request.split(' ').nth(1)?;
    let Some((status, headers, body)) = answer(path) else {
        // Waits until the page closes the connection.
        io::copy(&mut stream, &mut io::sink()).ok()?;
        return None;
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .ok()
}

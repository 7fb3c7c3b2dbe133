//! A flood of requests: each client has its own places, and a refusal comes at once.

use super::*;

/// Sends a request through a trusted proxy for the named client. Returns the status.
async fn ask_for(
    client: &str,
    mut proxy: SendRequest<Body>,
    path: &str,
    body: Body,
) -> hyper::Result<u16> {
    let request = Request::post(format!("https://{}{path}", tls::NAME))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", format!("\"{}\"", fresh_key()))
        .header("X-Forwarded-For", client);
    let answer = proxy.send_request(request.body(body).unwrap()).await?;
    Ok(answer.status().as_u16())
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_trusted_proxy_a_client_that_floods_cuts_off_its_own_bodies() {
    let directory = TempDir::new().unwrap();
    let files = tls::files(&directory);
    let certificate = tls::issue(&files);
    let settings = http::HttpSettings {
        tls: Some(files),
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
        forwarded_header: Some(http::ForwardedHeader::XForwardedFor),
        ..http::HttpSettings::default()
    };
    let mailbox = Arc::new(Mailbox::new(Clock::System));
    let service = Service::speaking(settings, mailbox.uncarried()).await;
    // The two clients share connections of the proxy, and each has more bodies on one connection
    // than a client could have directly.
    let proxies = [
        connection(&service, &certificate).await,
        connection(&service, &certificate).await,
    ];
    let path = "/api/v1/attempts";
    let honest = start("ada@contoso.example").to_string();
    let (first, rest) = honest.split_at(honest.len() / 2);
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    sender
        .send_data(Bytes::from(first.to_owned()))
        .await
        .unwrap();
    let proxy = proxies[0].clone();
    let answered = tokio::spawn(ask_for("198.51.100.7", proxy, path, Body::new(body)));
    let cut_off = Arc::new(AtomicUsize::new(0));
    let mut kept = Vec::new();
    for number in 0..KEPT_OF_CLIENT + BEYOND {
        let (sender, body) = slow().await;
        kept.push(sender);
        let (proxy, cut_off) = (proxies[number % 2].clone(), cut_off.clone());
        tokio::spawn(async move {
            if let Ok(503) = ask_for("198.51.100.8", proxy, path, body).await {
                cut_off.fetch_add(1, Ordering::SeqCst);
            }
        });
    }
    until("those that are too many are cut off", async || {
        (cut_off.load(Ordering::SeqCst) >= BEYOND).then_some(())
    })
    .await;
    sender
        .send_data(Bytes::from(rest.to_owned()))
        .await
        .unwrap();
    drop(sender);
    assert_eq!(answered.await.unwrap().unwrap(), 201);
    assert_eq!(cut_off.load(Ordering::SeqCst), BEYOND);
    drop(kept);
}

/// A directory that finds no account, answers only when the test permits it, and counts the
/// requests for its state.
struct Waits {
    told: Arc<Semaphore>,
    asked: AtomicUsize,
}

impl Waits {
    fn until(told: Arc<Semaphore>) -> Arc<Self> {
        let asked = AtomicUsize::new(0);
        Arc::new(Self { told, asked })
    }
}

#[async_trait]
impl Directory for Waits {
    async fn find(&self, _: &Tenant, _: &Identifier) -> anyhow::Result<Option<Person>> {
        let _told = self.told.acquire().await?;
        Ok(None)
    }

    async fn person(&self, _: &Tenant, _: &AccountId) -> anyhow::Result<Option<Person>> {
        Ok(None)
    }

    async fn write_back(&self, _: &Tenant, _: &PasswordWrite) -> Written {
        Written::Unknown
    }

    async fn unlock(&self, _: &Tenant, _: &AccountId) -> Written {
        Written::Unknown
    }

    async fn health(&self, _: &Tenant) -> WriteBackHealth {
        self.asked.fetch_add(1, Ordering::SeqCst);
        WriteBackHealth::Healthy
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_too_many_is_told_so_at_once_and_balancers_soon() {
    let told = Arc::new(Semaphore::new(0));
    let settings = http::HttpSettings {
        concurrency_max: NonZeroUsize::MIN,
        ..http::HttpSettings::default()
    };
    let server = Server::with_directory(settings, Waits::until(told.clone())).await;
    let server = Arc::new(server);
    let first = tokio::spawn({
        let server = server.clone();
        async move {
            let body = start("ada@contoso.example");
            let key = fresh_key();
            // A look for a place, below, may have it when this request comes.
            loop {
                let answer = server.post("/api/v1/attempts", &key, &body).await;
                if answer.status() != 503 {
                    return answer.status();
                }
            }
        }
    });
    let path = "/api/v1/tenants/contoso.example";
    let refused = until("there is no place", async || {
        let answer = server.get(path).await;
        (answer.status() == 503).then_some(answer)
    })
    .await;
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(
        refused.headers()["content-type"],
        "application/problem+json"
    );
    // Files and probes have their own places.
    assert_eq!(server.get("/healthz").await.status(), 200);
    assert_eq!(server.get("/problems/code-wrong").await.status(), 200);
    let said = async |status: u16| {
        until("it is said", async || {
            let answer = server.get("/readyz").await;
            let is = answer.status() == status;
            let body: Value = answer.json().await.unwrap();
            is.then_some(body["requests"].clone())
        })
        .await
    };
    assert_eq!(said(503).await, "full");
    told.add_permits(1);
    assert_eq!(first.await.unwrap(), 201);
    assert_eq!(said(200).await, "ok");
    assert_eq!(server.get(path).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_floods_has_a_quarter_of_the_places_and_another_is_answered() {
    const PLACES: usize = 8;
    let told = Arc::new(Semaphore::new(0));
    let settings = http::HttpSettings {
        concurrency_max: NonZeroUsize::new(PLACES).unwrap(),
        trusted_proxies: vec!["127.0.0.1/32".parse().unwrap()],
        forwarded_header: Some(http::ForwardedHeader::XForwardedFor),
        ..http::HttpSettings::default()
    };
    let server = Server::with_directory(settings, Waits::until(told.clone())).await;
    let server = Arc::new(server);
    let ask = |client: &'static str| {
        let server = server.clone();
        tokio::spawn(async move {
            let request = server.request(reqwest::Method::POST, "/api/v1/attempts");
            let request = request
                .header("X-Forwarded-For", client)
                .header("Idempotency-Key", format!("\"{}\"", fresh_key()))
                .json(&start("ada@contoso.example"));
            request.send().await.unwrap().status().as_u16()
        })
    };
    // The flood has twice as many requests as there are places.
    let flood: Vec<_> = (0..2 * PLACES).map(|_| ask("203.0.113.1")).collect();
    let path = "/api/v1/tenants/contoso.example";
    let look = async |client: &str| {
        let request = server.request(reqwest::Method::GET, path);
        let sent = request.header("X-Forwarded-For", client).send().await;
        sent.unwrap().status().as_u16()
    };
    until("the client has its share", async || {
        let refused = flood.iter().filter(|asked| asked.is_finished()).count();
        (refused == 2 * PLACES - PLACES / 4).then_some(())
    })
    .await;
    assert_eq!(look("203.0.113.1").await, 503);
    let others = ["203.0.113.2", "203.0.113.3"].map(ask);
    for client in ["203.0.113.2", "203.0.113.4", "2001:db8::1"] {
        assert_eq!(look(client).await, 200, "{client}");
    }
    told.add_permits(2 * PLACES);
    let mut answered = Vec::new();
    for asked in flood {
        answered.push(asked.await.unwrap());
    }
    answered.sort_unstable();
    let taken = answered.iter().filter(|status| **status == 201).count();
    assert_eq!((taken, answered[2]), (PLACES / 4, 503), "{answered:?}");
    for asked in others {
        assert_eq!(asked.await.unwrap(), 201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_probe_is_refused_in_a_flood_of_probes_and_the_parts_are_asked_once_a_second() {
    let directory = Waits::until(Arc::new(Semaphore::new(0)));
    let settings = http::HttpSettings::default();
    let server = Arc::new(Server::with_directory(settings, directory.clone()).await);
    // The number of checks of all parts: each tenant's directory is one part.
    let asked = || directory.asked.load(Ordering::SeqCst) / contoso::tenants().len();
    let begun = Instant::now();
    let probes: Vec<_> = (0..64)
        .map(|_| {
            let server = server.clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    assert_eq!(server.get("/readyz").await.status(), 200);
                }
            })
        })
        .collect();
    for probe in probes {
        probe.await.unwrap();
    }
    let (seconds, before) = (begun.elapsed().as_secs(), asked());
    assert!(
        (1..=seconds + 1).contains(&u64::try_from(before).unwrap()),
        "640 probes in {seconds} s asked {before} times"
    );
    until("the parts are asked again", async || {
        server.get("/readyz").await;
        (asked() > before).then_some(())
    })
    .await;
}

//! Tests of idempotency keys over HTTP.

use super::*;

#[tokio::test]
async fn a_key_stands_for_one_request() {
    let server = Server::start(HttpSettings::default()).await;
    let body = start("ada@contoso.example");
    let first = server.post(ATTEMPTS, KEY, &body).await;
    let first: Value = first.json().await.unwrap();
    let again = server.post(ATTEMPTS, KEY, &body).await;
    assert_eq!(again.status(), 201);
    assert_eq!(again.json::<Value>().await.unwrap(), first);
    let other = server
        .post(ATTEMPTS, KEY, &start("bob@contoso.example"))
        .await;
    let (status, name, _) = problem(other).await;
    assert_eq!((status, name.as_str()), (422, "/problems/key-reused"));
    let none = server
        .request(Method::POST, ATTEMPTS)
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(problem(none).await.0, 400);
}

#[tokio::test]
async fn a_key_that_begins_an_attempt_has_22_characters_at_least() {
    let server = Server::start(HttpSettings::default()).await;
    let body = start("ada@contoso.example");
    for (key, status) in [
        ("1".to_owned(), 400),
        ("ada@contoso.example".to_owned(), 400),
        ("k".repeat(21), 400),
        ("k".repeat(22), 201),
        ("k".repeat(64), 201),
        ("k".repeat(65), 400),
    ] {
        let answer = server.post(ATTEMPTS, &key, &body).await;
        assert_eq!(answer.status(), status, "{key}");
        if status == 400 {
            let (_, name, told) = problem(answer).await;
            assert_eq!(name, "/problems/malformed", "{key}");
            assert_eq!(told["errors"][0]["header"], "Idempotency-Key", "{told}");
        }
    }
}

#[tokio::test]
async fn a_key_is_sent_once() {
    let server = Server::start(HttpSettings::default()).await;
    let started = server.begin("ada@contoso.example").await;
    let codes = format!("{ATTEMPTS}/{}/codes", started.attempt.id);
    let key = |number: u32| format!("\"a key of its own, number {number}\"");
    let start = start("ada@contoso.example");
    let code = json!({ "method": "email" });
    for (path, body, right) in [(ATTEMPTS, &start, 201), (codes.as_str(), &code, 200)] {
        for (keys, status) in [
            (vec![], 400),
            (vec![key(1), key(2)], 400),
            (vec![key(3), key(3)], 400),
            (vec![key(4), String::new()], 400),
            (vec![String::new(), key(5)], 400),
            (vec![key(6), key(7), key(8)], 400),
            (vec![format!("{}, {}", key(9), key(10))], 400),
            (vec![key(11)], right),
        ] {
            let mut request = server
                .request(Method::POST, path)
                .bearer_auth(&started.token);
            for key in &keys {
                request = request.header("Idempotency-Key", key);
            }
            let answer = request.json(body).send().await.unwrap();
            assert_eq!(answer.status(), status, "{path} {keys:?}");
            if status == 400 {
                let (_, name, told) = problem(answer).await;
                assert_eq!(name, "/problems/malformed", "{keys:?}");
                assert_eq!(told["errors"][0]["header"], "Idempotency-Key", "{told}");
                let detail = told["errors"][0]["detail"].as_str().unwrap();
                assert!(detail.starts_with("expected once:"), "{told}");
            }
        }
    }
}

//! The addresses that a portal is given people back at, and what it gives along.

use super::*;

/// A tenant that lists an address, and its answer to a start with these members.
async fn begin_with(server: &Server, key: &str, members: &[(&str, &str)]) -> Response {
    let mut settings = settings();
    settings.tenants[0].return_to = vec!["https://portal.contoso.example/account".into()];
    go_by(server, settings);
    let mut body = start("ada@contoso.example");
    body["support_code"] = Value::from("00000000-0000-4000-8000-000000000001");
    for (name, value) in members {
        body["via"][*name] = Value::from(*value);
    }
    server.post(ATTEMPTS, &format!("{key:0>22}"), &body).await
}

#[tokio::test]
async fn what_a_portal_wants_back_has_512_characters_at_most() {
    let server = server().await;
    let address = "https://portal.contoso.example/account";
    let longest = "\u{fc}".repeat(512);
    let longer = longest.clone() + "u";
    for (key, state, status) in [("1", &longest, 201), ("2", &longer, 400)] {
        let members = [("return_to", address), ("state", state)];
        let answer = begin_with(&server, key, &members).await;
        assert_eq!(answer.status(), status);
    }
}

#[tokio::test]
async fn a_key_stands_for_one_place_to_go_back_to_and_one_thing_to_give_back() {
    let server = server().await;
    let address = ("return_to", "https://portal.contoso.example/account");
    let members = [address, ("state", "7")];
    assert_eq!(begin_with(&server, "1", &members).await.status(), 201);
    assert_eq!(begin_with(&server, "1", &members).await.status(), 201);
    for members in [
        &[][..],
        &[address],
        &[address, ("state", "")],
        &[address, ("state", "8")],
        &[("state", "7")],
        &[address, ("state", "7"), ("portal", PORTAL)],
        &[("return_to", "https://evil.example/"), ("state", "7")],
    ] {
        let answer = begin_with(&server, "1", members).await;
        assert_eq!(answer.status(), 422, "{members:?}");
    }
}

#[tokio::test]
async fn an_address_is_the_same_however_a_portal_writes_it() {
    let mut settings = settings();
    settings.tenants[0].return_to = vec!["https://portal.contoso.example/account".into()];
    let mailbox = Arc::new(Mailbox::new(Clock::System));
    let service = Service::with(settings, mailbox.uncarried()).await;
    let cases = [
        (
            "HTTPS://Portal.Contoso.example:443/x/../account",
            "https://portal.contoso.example/account?state=7",
        ),
        (
            "https:\\\\portal.contoso.example\\account",
            "https://portal.contoso.example/account?state=7",
        ),
        ("https://portal.contoso.example/account#", CONTOSO),
        ("https://portal.contoso.example/Account", CONTOSO),
        ("https://portal.contoso.example/account/", CONTOSO),
        ("https://portal.contoso.example:8443/account", CONTOSO),
        ("http://portal.contoso.example/account", CONTOSO),
        ("//portal.contoso.example/account", CONTOSO),
        ("https://ada@portal.contoso.example/account", CONTOSO),
        (
            "https://portal.contoso.example.evil.example/account",
            CONTOSO,
        ),
        ("javascript:alert(1)", CONTOSO),
        ("", CONTOSO),
    ];
    for (index, (written, gone_to)) in cases.into_iter().enumerate() {
        let name = format!("vera{index}");
        service.put(&name, contoso::CONTOSO).await;
        let person = service
            .arrive_with(&json!({
                "identifier": format!("{name}@contoso.example"), "locale": "en",
                "via": { "return_to": written, "state": "7" },
                "support_code": "00000000-0000-4000-8000-000000000001",
            }))
            .await;
        service.choose(&person, protocol::Method::Email, None).await;
        service.nothing_waits().await;
        let code = mailbox.take_code(&format!("{name}@home.example")).unwrap();
        service.prove(&person, &code).await;
        let step = service.set_password(&person, "three boats, no sail").await;
        let Step::Done(done) = step else {
            panic!("{written}: {step:?}")
        };
        assert_eq!(done.sign_in_url.as_deref(), Some(gone_to), "{written}");
    }
}

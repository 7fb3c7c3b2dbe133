//! Tests of `deliver test`: a message that really leaves, the error for one that does not, and the
//! row in the audit log.

use postern_engine::audit::{Action, Reason};
use postern_peers::exchange::{ACCOUNT, Exchange, FROM, TOKEN};
use postern_peers::kannel::{self, Kannel};
use postern_peers::process::{free_port, until};
use postern_peers::smtp::{self, Smtp};
use postern_server::cli::deliver::{Deliver, Test};
use postern_server::cli::{Actor, Session};
use postern_server::config::Config;
use postern_server::deployment::Deployment;
use postern_server::failure::Failure;
use postern_server::store::AuditLog;
use tempfile::TempDir;

const TEXT: &str =
    "This is a test message of Postern, the password reset service. You need do nothing.";

/// An administrator's environment: a configuration with these carriers, and its database.
struct Desk {
    folder: TempDir,
    deployment: Deployment,
}

impl Desk {
    /// `SECRET` represents a file with the password.
    fn with(password: &str, carriers: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("a file");
            format!("{{ file = \"{}\" }}", path.display())
        };
        let key = file("key", crate::support::KEY);
        let carriers = carriers.replace("SECRET", &file("password", password));
        let database = folder.path().join("postern.sqlite");
        let text = format!(
            "public-url = \"http://localhost:8080\"\nkey = {key}\ndevelopment = true\n[store]\n\
             url = \"sqlite://{}?mode=rwc\"\n{carriers}",
            database.display()
        );
        let config = Config::parse(&text).unwrap_or_else(|errors| panic!("{errors:?}"));
        let deployment = Deployment::configured(&config);
        Self { folder, deployment }
    }

    /// The output of the command, and whether the message left.
    async fn deliver(&self, test: Test) -> Result<String, anyhow::Error> {
        let actor = Actor::of(Some("Grace of the helpdesk".into()));
        let session = Session::open(&self.deployment, actor, false).await?;
        let mut out = Vec::new();
        let deliver = Deliver::Test(test);
        let done = deliver.run(&session, &self.deployment, &mut out).await;
        done.map(|()| String::from_utf8(out).expect("text"))
    }

    async fn refused(&self, test: Test) -> String {
        format!(
            "{:#}",
            self.deliver(test).await.expect_err("it is not taken")
        )
    }

    /// The rows of the audit log: for each, the message and the sender.
    async fn rows(&self) -> Vec<String> {
        let store = self.deployment.open().await.expect("the database is there");
        let rows = store.audit(0, 100).await.expect("it answers");
        let rows = rows.iter().map(|row| {
            assert!(
                !row.event.contains("home.example") && !row.event.contains("7700"),
                "{}",
                row.event
            );
            let event = row.event().expect("an event");
            assert!(matches!(
                event.reason,
                Reason::Administered(Action::DeliveryTested)
            ));
            let by = event.administration.expect("who did it");
            assert_eq!(by.actor.as_deref(), Some("Grace of the helpdesk"));
            by.because.expect("what was sent")
        });
        rows.collect()
    }
}

fn mail(to: &str) -> Test {
    Test::Mail { to: to.into() }
}

fn text(to: &str) -> Test {
    Test::Text { to: to.into() }
}

fn call(to: &str) -> Test {
    Test::Call { to: to.into() }
}

fn smtp_of(smtp: &Smtp) -> String {
    format!(
        "[delivery.mail]\nhost = \"localhost\"\nport = {}\nusername = {:?}\npassword = SECRET\n\
         from = \"Contoso <reset@contoso.example>\"\nca-file = \"{}\"\n",
        smtp.port,
        smtp::USERNAME,
        smtp.certificate().display()
    )
}

#[tokio::test]
async fn a_test_mail_is_at_the_mail_server_and_its_refusal_is_told() {
    let mut smtp = Smtp::start();
    let desk = Desk::with(smtp::PASSWORD, &smtp_of(&smtp));
    let said = desk
        .deliver(mail("ada@home.example"))
        .await
        .expect("it leaves");
    assert_eq!(said, "the carrier accepted the mail\n");
    let [received] = smtp.received(1).await.try_into().ok().expect("one mail");
    assert_eq!(
        received.envelope,
        "encrypted authenticated ada@home.example"
    );
    for header in [
        "Subject: Test message of Postern",
        "From: Contoso <reset@contoso.example>",
    ] {
        assert!(received.headers.contains(header), "{}", received.headers);
    }
    assert!(received.text.contains(TEXT) && received.html.contains(TEXT));

    let told = desk.refused(mail("nobody@home.example")).await;
    assert!(
        told.starts_with("the carrier works, and refuses that address: "),
        "{told}"
    );
    assert!(told.contains("550"), "{told}");
    for none in ["ada", "ada@", "@home.example", "ada home.example", ""] {
        let misused = desk.deliver(mail(none)).await.expect_err("no address");
        assert!(
            matches!(misused.downcast_ref(), Some(Failure::Misused(_))),
            "{none}"
        );
    }
    smtp.stop();
    let told = desk.refused(mail("ada@home.example")).await;
    assert!(
        told.starts_with("the carrier did not accept the message: ")
            && told.contains("the mail server cannot be reached"),
        "{told}"
    );
    // Each try has a row, whatever its result; a command that tried nothing has none.
    assert_eq!(desk.rows().await, ["mail"; 3]);
    assert_eq!(smtp.all().len(), 1);
}

/// A STARTTLS server sends its greeting in the clear.
#[tokio::test]
async fn a_mail_server_that_does_not_begin_with_tls_is_told_so() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let greeting = b"220 mail.contoso.example ESMTP\r\n";
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, greeting).await;
        }
    });
    let desk = Desk::with(
        "unused",
        &format!(
            "[delivery.mail]\nhost = \"localhost\"\nport = {port}\nencryption = \"tls\"\nfrom = \"a@contoso.example\"\n"
        ),
    );
    let told = desk.refused(mail("ada@home.example")).await;
    assert!(
        told.contains(
            "does not use TLS from the start at this port: try encryption = \"starttls\""
        ),
        "{told}"
    );
}

#[tokio::test]
async fn a_password_that_the_mail_server_refuses_is_told() {
    let smtp = Smtp::start();
    let desk = Desk::with("open barley", &smtp_of(&smtp));
    let told = desk.refused(mail("ada@home.example")).await;
    assert!(
        told.starts_with("the carrier did not accept the message: ") && told.contains("535"),
        "{told}"
    );
    assert!(!told.contains("barley"), "{told}");
    assert!(smtp.all().is_empty());
}

#[tokio::test]
async fn a_test_text_is_at_the_network_and_a_gateway_that_is_not_there_is_told() {
    let kannel = Kannel::start().await;
    let of = |url: &str| {
        format!(
            "[delivery.texts.kannel]\nurl = {url:?}\nusername = {:?}\npassword = SECRET\n",
            kannel::USERNAME
        )
    };
    let desk = Desk::with(kannel::PASSWORD, &of(&kannel.url()));
    let said = desk
        .deliver(text("+44 7700 900123"))
        .await
        .expect("it leaves");
    assert_eq!(said, "the carrier accepted the text\n");
    let arrived = until("the text", async || {
        kannel
            .all()
            .into_iter()
            .find(|it| it.text.contains("You need do nothing."))
    });
    let arrived = arrived.await;
    assert_eq!(arrived.text.trim(), TEXT);
    assert!(arrived.to.ends_with("447700900123"), "{}", arrived.to);
    for none in ["7700 900123", "900123", "ada@home.example", "+44"] {
        let misused = desk.deliver(text(none)).await.expect_err("no number");
        assert!(
            matches!(misused.downcast_ref(), Some(Failure::Misused(_))),
            "{none}"
        );
    }
    assert_eq!(desk.rows().await, ["text"]);

    let wrong = Desk::with("open barley", &of(&kannel.url()));
    let told = wrong.refused(text("+44 7700 900123")).await;
    assert!(
        told.starts_with("the carrier did not accept the message: ") && !told.contains("barley"),
        "{told}"
    );
    let gone = Desk::with("x", &of(&format!("http://127.0.0.1:{}", free_port())));
    let told = gone.refused(text("+44 7700 900123")).await;
    assert!(
        told.starts_with("the carrier did not accept the message: ")
            && told.contains("no connection"),
        "{told}"
    );
    assert_eq!(gone.rows().await, ["text"]);
}

#[tokio::test]
async fn a_test_call_is_at_the_exchange_and_its_refusal_is_told() {
    let exchange = Exchange::start().await;
    let calls = format!(
        "[delivery.calls]\naccount-sid = {ACCOUNT:?}\nauth-token = SECRET\nfrom = {FROM:?}\nurl = {:?}\n",
        exchange.url()
    );
    let desk = Desk::with(TOKEN, &calls);
    let said = desk
        .deliver(call("+44 20 7946 0018"))
        .await
        .expect("it leaves");
    assert_eq!(said, "the carrier accepted the call\n");
    let [placed] = exchange.all().try_into().ok().expect("one call");
    assert_eq!(placed.parameter("To"), "+442079460018");
    assert_eq!(placed.parameter("From"), FROM);
    exchange.refuse(21217);
    let told = desk.refused(call("+44 20 7946 0018")).await;
    assert!(
        told.starts_with("the carrier works, and refuses that address: "),
        "{told}"
    );
    exchange.refuse(20429);
    let told = desk.refused(call("+44 20 7946 0018")).await;
    assert!(
        told.starts_with("the carrier works, and asks to try that address later: "),
        "{told}"
    );
    assert_eq!(desk.rows().await, ["call"; 3]);
}

#[tokio::test]
async fn what_the_configuration_has_no_carrier_for_is_said_and_not_written_down() {
    let desk = Desk::with("x", "");
    for (test, key) in [
        (mail("ada@home.example"), "delivery.mail"),
        (text("+44 7700 900123"), "delivery.texts"),
        (call("+44 20 7946 0018"), "delivery.calls"),
    ] {
        let told = desk.refused(test).await;
        assert_eq!(
            told,
            format!("the configuration has no {key}, so nothing can be sent")
        );
    }
    assert!(desk.rows().await.is_empty());
    assert!(desk.folder.path().join("postern.sqlite").exists());
}

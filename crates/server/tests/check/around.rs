//! Checks of the surroundings of a service: clocks, keys, ports, certificates and database
//! passwords.

use std::path::PathBuf;

use postern_peers::process::until;
use postern_peers::smtp::Smtp;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use sqlx::AssertSqlSafe;

use super::*;

async fn execute(connection: &mut AnyConnection, statements: &[&str]) {
    for statement in statements {
        let statement = AssertSqlSafe((*statement).to_owned());
        let done = sqlx::raw_sql(statement).execute(&mut *connection).await;
        done.unwrap();
    }
}

/// The schema moves the reported time of the database forward, because the database uses the clock
/// of this machine.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_not_the_databases_is_an_error_with_the_seconds() {
    let folder = TempDir::new().unwrap();
    let url = Postgres::shared().create("check_clock").await;
    let path = config(&folder, &url, TENANT);
    let key = crate::support::key();
    SqlStore::open(&url, 1, &key).await.unwrap().close().await;
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let forward = "ALTER DATABASE check_clock SET search_path = skewed, pg_catalog, public";
    execute(&mut connection, &["CREATE SCHEMA skewed", forward]).await;
    for (by, expected) in [
        ("0 s", None),
        ("1 s", None),
        ("-1 s", None),
        (
            "4 s",
            Some("seconds behind the database's: set both by NTP"),
        ),
        (
            "-4 s",
            Some("seconds ahead of the database's: set both by NTP"),
        ),
        (
            "1 minute",
            Some("seconds behind the database's: set both by NTP"),
        ),
        (
            "-1 minute",
            Some("seconds ahead of the database's: set both by NTP"),
        ),
        ("1 day", Some("is 86400.")),
        ("-1 day", Some("is 86400.")),
        ("-1 year", Some("seconds ahead of the database's")),
    ] {
        let clock = format!(
            "CREATE OR REPLACE FUNCTION skewed.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS \
             $$ SELECT pg_catalog.clock_timestamp() + interval '{by}' $$"
        );
        execute(&mut connection, &[&clock]).await;
        let (is_right, told) = checked(&path).await;
        assert_eq!(is_right, expected.is_none(), "{by}: {told}");
        let line = told
            .lines()
            .find(|line| line.contains("clock of this machine"));
        assert_eq!(line.is_some(), expected.is_some(), "{by}: {told}");
        if let (Some(line), Some(expected)) = (line, expected) {
            let is_error = line.starts_with("error: the clock of this machine is ");
            assert!(is_error && line.contains(expected), "{by}: {line}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_is_an_error_and_nothing_more_is_asked_of_the_database() {
    let folder = TempDir::new().unwrap();
    for database in [Database::sqlite(), Database::postgres().await] {
        let other = postern_engine::EngineKey::new([0x2b; 32]);
        let store = SqlStore::open(&database.url, 1, &other).await.unwrap();
        store.close().await;
        let path = config(&folder, &database.url, TENANT);
        let (is_right, told) = checked(&path).await;
        assert!(!is_right, "{told}");
        assert!(
            told.contains("error: this database was created with another key"),
            "{told}"
        );
        assert!(!told.contains("store.url: it works"), "{told}");
        drop(database.open_with(&other).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_is_warned_of_and_an_address_of_another_machine_is_an_error() {
    let folder = TempDir::new().unwrap();
    let database = Database::sqlite();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let path = config(&folder, &database.url, TENANT);
    let sound = std::fs::read_to_string(&path).unwrap();
    let mut parts = sound.splitn(3, "127.0.0.1:0");
    let [head, middle, tail] = [(); 3].map(|()| parts.next().unwrap());
    let with = |listen: &str, metrics: &str| format!("{head}{listen}{middle}{metrics}{tail}");
    let free = "127.0.0.1:0";
    let (own, all) = (
        format!("127.0.0.1:{port}"),
        format!("127.0.0.1:{}", closed_port()),
    );
    let foreign = "192.0.2.1:8080";
    for (listen, metrics, is_expected, expected) in [
        (free, free, true, None),
        (&*all, free, true, None),
        (
            &*own,
            free,
            true,
            Some(format!("warning: listen: {own} is in use")),
        ),
        (
            free,
            &*own,
            true,
            Some(format!("warning: http.metrics.listen: {own} is in use")),
        ),
        (
            free,
            foreign,
            false,
            Some(format!(
                "error: http.metrics.listen: the server cannot listen at {foreign}: "
            )),
        ),
    ] {
        std::fs::write(&path, with(listen, metrics)).unwrap();
        let (is_right, told) = checked(&path).await;
        assert_eq!(is_right, is_expected, "{told}");
        match expected {
            Some(expected) => assert!(told.contains(&expected), "{expected}: {told}"),
            None => assert!(!told.contains("listen"), "{told}"),
        }
    }
}

/// A certificate with its key, as `[http.tls]` names them.
fn certificate(folder: &TempDir, host: &str, years: (i32, i32)) -> (PathBuf, PathBuf) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
    params.not_before = date_time_ymd(years.0, 1, 1);
    params.not_after = date_time_ymd(years.1, 1, 1);
    let place = |ending: &str| folder.path().join(format!("{host}-{}.{ending}", years.1));
    std::fs::write(place("crt"), params.self_signed(&key).unwrap().pem()).unwrap();
    std::fs::write(place("key"), key.serialize_pem()).unwrap();
    (place("crt"), place("key"))
}

#[tokio::test]
async fn the_certificate_of_the_configuration_is_looked_at() {
    let (folder, database) = (TempDir::new().unwrap(), Database::sqlite());
    let sound = certificate(&folder, "localhost", (2020, 2100));
    let expired = certificate(&folder, "localhost", (2020, 2021));
    let early = certificate(&folder, "localhost", (2099, 2101));
    let foreign = certificate(&folder, "www.contoso.example", (2020, 2100));
    let gone = folder.path().join("gone.crt");
    for ((certificate, key), is_expected, expected) in [
        (sound.clone(), true, "ok: http.tls: it works\n"),
        (expired, false, " expired on 2021-01-01: renew it\n"),
        (early, false, " begins only on 2099-01-01\n"),
        (
            foreign.clone(),
            true,
            " is not for localhost, the host of public-url",
        ),
        (
            (sound.0.clone(), foreign.1),
            false,
            " is not the key of the certificate in ",
        ),
        ((gone, sound.1.clone()), false, "gone.crt cannot be read: "),
        (
            (sound.1.clone(), sound.1.clone()),
            false,
            " has no certificate\n",
        ),
        (
            (sound.0.clone(), sound.0.clone()),
            false,
            " has no private key in PEM\n",
        ),
    ] {
        let tls = format!("[http.tls]\ncertificate = {certificate:?}\nkey = {key:?}\n{TENANT}");
        let (is_right, told) = checked(&config(&folder, &database.url, &tls)).await;
        assert_eq!(is_right, is_expected, "{told}");
        let line = told.lines().find(|line| line.contains("http.tls"));
        let line = format!("{}\n", line.unwrap_or_default());
        let severity = match (is_expected, expected.starts_with("ok")) {
            (_, true) => "ok: ",
            (true, false) => "warning: ",
            (false, false) => "error: ",
        };
        assert!(
            line.starts_with(severity) && line.contains(expected),
            "{expected}: {told}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_of_the_database_is_told_at_its_key() {
    let folder = TempDir::new().unwrap();
    let url = Postgres::shared().create("check_password").await;
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let row = connection.fetch_one("SHOW hba_file").await.unwrap();
    let file: String = sqlx::Row::get(&row, 0);
    let rules = format!(
        "COPY (VALUES ('local all postern_with_password scram-sha-256'), ('local all all trust')) TO '{file}'"
    );
    let role = "CREATE ROLE postern_with_password LOGIN PASSWORD 'open sesame'";
    let grant = "GRANT ALL ON SCHEMA public TO postern_with_password";
    let statements = [role, grant, &rules, "SELECT pg_reload_conf()"];
    execute(&mut connection, &statements).await;
    let mut url = url::Url::parse(&url).unwrap();
    url.set_username("postern_with_password").unwrap();
    let told_of = async |password: &str| {
        let file = folder.path().join("password");
        std::fs::write(&file, password).unwrap();
        let more = format!("password = {{ file = {file:?} }}\n{TENANT}");
        checked(&config(&folder, url.as_str(), &more)).await
    };
    let refused = until("the rules are read", async || {
        let (is_right, told) = told_of("open barley").await;
        (!is_right).then_some(told)
    });
    let told = refused.await;
    assert!(
        told.contains("error: store.password: the database at "),
        "{told}"
    );
    assert!(
        told.contains(" refuses the password of postern_with_password\n"),
        "{told}"
    );
    assert!(
        !told.contains("at line") && !told.contains("barley"),
        "{told}"
    );
    for wrong in ["open sesam", "OPEN SESAME", "open  sesame", "sesame"] {
        let (is_right, told) = told_of(wrong).await;
        assert!(
            !is_right && told.contains("refuses the password"),
            "{wrong}: {told}"
        );
    }
    let (is_right, told) = told_of("open sesame").await;
    assert!(is_right, "{told}");
}

/// Every configuration is tested with every behaviour of the server.
#[tokio::test]
async fn an_encryption_that_the_mail_server_does_not_have_is_told_with_the_one_that_it_has() {
    const TO_STARTTLS: &str =
        "does not use TLS from the start at this port: try encryption = \"starttls\"";
    const TO_TLS: &str = "uses TLS from the start at this port, as at 465, it waits for that: try encryption = \"tls\"";
    let [starttls, tls, clear] = [
        Smtp::start(),
        Smtp::start_encrypted(),
        Smtp::start_in_the_clear(),
    ];
    let (folder, database) = (TempDir::new().unwrap(), Database::sqlite());
    for (smtp, encryption, expected) in [
        (&starttls, "starttls", "ok: delivery.mail: it works"),
        (&starttls, "tls", TO_STARTTLS),
        (&tls, "tls", "ok: delivery.mail: it works"),
        (&tls, "starttls", TO_TLS),
        (&tls, "none", TO_TLS),
        (&clear, "none", "ok: delivery.mail: it works"),
        (&clear, "tls", TO_STARTTLS),
        (
            &clear,
            "starttls",
            "does not offer STARTTLS at this port: use the port that does",
        ),
    ] {
        // A server that answers gets the usual time; the check stops earlier for one that never
        // answers.
        let seconds = if expected == TO_TLS { 2 } else { 20 };
        let mail = format!(
            "[delivery.mail]\nhost = \"localhost\"\nport = {}\nencryption = {encryption:?}\ntimeout-seconds = {seconds}\n\
             from = \"reset@contoso.example\"\nca-file = {:?}\n{TENANT}",
            smtp.port,
            smtp.certificate(),
        );
        let (_, told) = checked(&config(&folder, &database.url, &mail)).await;
        assert!(told.contains(expected), "{encryption}: {told}");
    }
}

//! Tests of `check-config`: the messages about everything that a configuration names.

#![expect(
    clippy::unwrap_used,
    reason = "what fails here fails its test, and says why"
)]

mod around;
mod database;
mod stored;

use std::fs::Permissions;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use postern_engine::{Account, Person};
use postern_server::check::CheckConfig;
use postern_server::config::Config;
use postern_server::deployment::Deployment;
use postern_server::directory::BuiltIn;
use postern_server::store::SqlStore;
use serde_json::Value;
use sqlx::{AnyConnection, Connection, Executor};
use tempfile::TempDir;

use crate::support::{Database, Postgres};

/// A configuration for a database, with additional content.
fn config(folder: &TempDir, url: &str, more: &str) -> std::path::PathBuf {
    let key = folder.path().join("key");
    std::fs::write(&key, crate::support::KEY).unwrap();
    std::fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    let key = key.display();
    let text = format!(
        "public-url = \"http://localhost:8080\"\nkey = {{ file = \"{key}\" }}\ndevelopment = true\n\
         listen = \"127.0.0.1:0\"\n[http.metrics]\nlisten = \"127.0.0.1:0\"\n[store]\nurl = {url:?}\n{more}"
    );
    let path = folder.path().join("postern.toml");
    std::fs::write(&path, text).unwrap();
    path
}

const TENANT: &str = "[[tenants]]\ndomains = [\"contoso.example\"]\nname = \"Contoso\"\n\
    [tenants.policy]\nscope = { groups = [\"Staff\", \"guests\"] }\n\
    [tenants.administrators]\nhelpdesk = [{ account = \"h\", email = \"h@contoso.example\" }]\n";

/// Whether the configuration is valid, and all messages, without lines and columns.
async fn checked(path: &std::path::Path) -> (bool, String) {
    let check = CheckConfig {
        connect: true,
        ..CheckConfig::default()
    };
    let (mut out, mut told) = (Vec::new(), Vec::new());
    let ended = check.run(path, false, &mut out, &mut told).await;
    let told = String::from_utf8(told).unwrap();
    let at = format!("{}:", path.display());
    let mut parts = told.split(&at);
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        said.push_str(part.split_once(": ").unwrap().1);
    }
    (ended.is_ok(), said)
}

/// A port without a listener.
fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test]
async fn what_works_is_said_and_a_group_without_a_member_is_warned_of() {
    let (folder, database) = (TempDir::new().unwrap(), Database::sqlite());
    let path = config(&folder, &database.url, TENANT);
    let key = crate::support::key();
    let store = SqlStore::open(&database.url, 1, &key).await.unwrap();
    let accounts = BuiltIn::new(std::sync::Arc::new(store), &key);
    let ada = Account::from(Person {
        groups: vec!["staff".into()],
        ..Person::new("ada", "ada@contoso.example")
    });
    accounts.put("contoso.example", &ada).await.unwrap();
    let (is_right, told) = checked(&path).await;
    assert!(is_right, "{told}");
    assert!(told.contains("ok: store.url: it works"), "{told}");
    assert!(
        told.contains("lets the group guests reset, and no account is in it"),
        "{told}"
    );
    assert!(!told.contains("the group Staff"), "{told}");
    assert!(
        told.ends_with("1 tenant: nothing wrong, and 1 warning\n"),
        "{told}"
    );
}

/// The check names the tenant of the accounts before the server refuses to start because of it.
#[tokio::test]
async fn accounts_of_no_configured_tenant_are_an_error_with_their_number() {
    let (folder, database) = (TempDir::new().unwrap(), Database::sqlite());
    let key = crate::support::key();
    let store = SqlStore::open(&database.url, 1, &key).await.unwrap();
    let accounts = BuiltIn::new(std::sync::Arc::new(store), &key);
    for (tenant, id) in [
        ("contoso.example", "ada"),
        ("fabrikam.example", "ben"),
        ("fabrikam.example", "cas"),
    ] {
        let account = Account::from(Person {
            groups: vec!["staff".into(), "guests".into()],
            ..Person::new(id, &format!("{id}@{tenant}"))
        });
        accounts.put(tenant, &account).await.unwrap();
    }
    let path = config(&folder, &database.url, TENANT);
    let (is_right, told) = checked(&path).await;
    assert!(!is_right, "{told}");
    assert!(
        told.contains(
            "error: tenants: 2 accounts are under fabrikam.example, and no tenant has that id"
        ),
        "{told}"
    );
    // The domains of the tenant are in another order.
    let renamed = TENANT.replace("[\"contoso", "[\"contoso.test\", \"contoso");
    let (is_right, told) = checked(&config(&folder, &database.url, &renamed)).await;
    assert!(!is_right);
    assert!(
        told.contains("1 account is under contoso.example, 2 accounts are under fabrikam.example"),
        "{told}"
    );
    let both = format!(
        "{}[[tenants]]\ndomains = [\"fabrikam.example\"]\nname = \"Fabrikam\"\n",
        renamed.replace("name =", "id = \"contoso.example\"\nname =")
    );
    let (is_right, told) = checked(&config(&folder, &database.url, &both)).await;
    assert!(is_right, "{told}");
}

#[tokio::test]
async fn a_program_reads_what_was_found() {
    let (folder, database) = (TempDir::new().unwrap(), Database::sqlite());
    let path = config(&folder, &database.url, "");
    let check = CheckConfig {
        connect: false,
        ..CheckConfig::default()
    };
    let (mut out, mut told) = (Vec::new(), Vec::new());
    check.run(&path, true, &mut out, &mut told).await.unwrap();
    let found: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(found["tenants"], 0);
    assert_eq!(found["findings"][0]["severity"], "warning");
    assert!(told.is_empty());
    // The lines and columns of the errors.
    config(
        &folder,
        &database.url,
        "[http]\nconcurrency-max = \"many\"\nopenapi = \"no\"\n",
    );
    let mut out = Vec::new();
    check
        .run(&path, true, &mut out, &mut told)
        .await
        .unwrap_err();
    let found: Value = serde_json::from_slice(&out).unwrap();
    let lines: Vec<&Value> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["line"])
        .collect();
    assert_eq!(lines, [10, 11]);
}

/// The findings about a configuration, without any connection.
async fn found(path: &std::path::Path) -> Vec<Value> {
    let check = CheckConfig {
        connect: false,
        ..CheckConfig::default()
    };
    let (mut out, mut told) = (Vec::new(), Vec::new());
    check.run(path, true, &mut out, &mut told).await.unwrap();
    assert!(told.is_empty());
    let found: Value = serde_json::from_slice(&out).unwrap();
    found["findings"].as_array().unwrap().clone()
}

/// Every finding that the text output has is also in the JSON output, with its severity and its
/// place.
#[tokio::test]
async fn each_warning_is_found_at_its_line() {
    let (folder, database) = (TempDir::new().unwrap(), Database::sqlite());
    let tenant = "[[tenants]]\ndomains = [\"contoso.example\"]\nname = \"Contoso\"\n";
    let policy = "[tenants.policy]\ngates-required = 1\nmethods = [\"email\", \"questions\", \"authenticator-code\"]\n";
    for (more, line, reason) in [
        ("", None, "the configuration has no [[tenants]]"),
        (tenant, Some("[[tenants]]"), "has no policy"),
        (
            &*format!("{tenant}enabled = false\n"),
            Some("enabled = false"),
            "has enabled = false",
        ),
        (
            &*format!("{tenant}{policy}"),
            Some("[tenants.policy]"),
            "has no administrators",
        ),
        (
            &*format!("{tenant}{policy}"),
            Some("methods ="),
            "the tenant contoso.example has one gate, and the six digits of an authenticator app",
        ),
        (
            &*format!("{tenant}{policy}scope = {{ groups = [] }}\n"),
            Some("scope ="),
            "has scope = { groups = [] }",
        ),
        (
            "[http]\ntrusted-proxies = [\"0.0.0.0/0\"]\n",
            Some("trusted-proxies ="),
            "without http.forwarded-header",
        ),
        (
            "[http]\nforwarded-header = \"forwarded\"\ntrusted-proxies = [\"0.0.0.0/0\"]\n",
            Some("trusted-proxies ="),
            "covers every address",
        ),
        (
            "[http]\nforwarded-header = \"forwarded\"\n",
            Some("forwarded-header ="),
            "without http.trusted-proxies",
        ),
    ] {
        let path = config(&folder, &database.url, more);
        let text = std::fs::read_to_string(&path).unwrap();
        let found = found(&path).await;
        let of_it: Vec<&Value> = found
            .iter()
            .filter(|it| it["reason"].as_str().unwrap().contains(reason))
            .collect();
        assert_eq!(of_it.len(), 1, "{text}{found:?}");
        assert_eq!(of_it[0]["severity"], "warning", "{reason}");
        let expected = line.map(|line| {
            let at = text.lines().position(|it| it.starts_with(line));
            at.unwrap() + 1
        });
        assert_eq!(
            of_it[0]["line"],
            serde_json::json!(expected),
            "{text}{found:?}"
        );
        // The text output has the same findings with their places.
        let check = CheckConfig {
            connect: false,
            ..CheckConfig::default()
        };
        let (mut out, mut told) = (Vec::new(), Vec::new());
        check.run(&path, false, &mut out, &mut told).await.unwrap();
        let told = String::from_utf8(told).unwrap();
        let at = expected.map(|line| format!("{}:{line}:", path.display()));
        let said = told.lines().find(|it| it.contains(reason)).unwrap();
        let begins = format!("warning: {}", at.unwrap_or_default());
        assert!(said.starts_with(&begins), "{said}");
    }
}

/// The check warns about a secret, the key of a certificate or a database that other users can
/// read, at the line that names the file.
#[tokio::test]
async fn a_file_that_others_can_read_is_found_at_its_line() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let url = format!("sqlite://{}", at("postern.sqlite").display());
    let more = format!(
        "password = {{ file = {:?} }}\n[http.tls]\ncertificate = {:?}\nkey = {:?}\n[delivery.mail]\nhost = \"localhost\"\n\
         from = \"a@contoso.example\"\nusername = \"a\"\npassword = {{ file = {:?} }}\n",
        at("password"),
        at("tls.crt"),
        at("tls.key"),
        at("mail"),
    );
    let names = ["key", "password", "tls.key", "mail", "postern.sqlite"];
    for name in names.iter().skip(1).chain(&["tls.crt"]) {
        std::fs::write(at(name), "open sesame").unwrap();
    }
    let config = config(&folder, &url, &more);
    let text = std::fs::read_to_string(&config).unwrap();
    let others = "every user of this machine can read";
    let group = "every user of its group can read";
    for (mode, is_of_root, told) in [
        (0o400, false, None),
        (0o600, false, None),
        (0o700, false, None),
        (0o604, false, Some(others)),
        (0o644, true, Some(others)),
        (0o666, false, Some(others)),
        (0o602, false, Some(others)),
        (0o640, false, Some(group)),
        (0o660, false, Some(group)),
        (0o640, true, None),
        (0o440, true, None),
    ] {
        for name in names {
            let path = at(name);
            for name in names {
                std::fs::set_permissions(at(name), Permissions::from_mode(0o600)).unwrap();
            }
            std::fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            // Only root can change the owner of a file, and root has files of its own.
            let is_root = std::os::unix::fs::chown(&path, Some(65534), None).is_ok();
            if is_of_root && !is_root {
                continue;
            }
            if is_of_root {
                std::os::unix::fs::chown(&path, Some(0), None).unwrap();
            }
            let found = found(&config).await;
            let shown = path.display().to_string();
            let of_it: Vec<&Value> = found
                .iter()
                .filter(|it| it["reason"].as_str().unwrap().contains(&shown))
                .collect();
            // SQLite creates its files for the owner only; a group with access is intended.
            let told = told.filter(|told| name != "postern.sqlite" || *told == others);
            assert_eq!(
                of_it.len(),
                usize::from(told.is_some()),
                "{name} {mode:o}: {found:?}"
            );
            if let (Some(finding), Some(told)) = (of_it.first(), told) {
                assert!(
                    finding["reason"].as_str().unwrap().contains(told),
                    "{finding}"
                );
                assert_eq!(finding["severity"], "warning");
                let end = format!("{shown}\"");
                let line = text.lines().position(|line| line.contains(&end));
                assert_eq!(finding["line"], line.unwrap() + 1, "{finding}");
            }
        }
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named_once_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    for (name, mode, why) in [
        ("nowhere/postern.sqlite", "?mode=rwc", "there is no folder"),
        (
            "postern.sqlite",
            "",
            "the file does not exist: put ?mode=rwc at the end",
        ),
        ("key", "", "the file is not an SQLite database"),
    ] {
        let file = folder.path().join(name);
        let path = config(
            &folder,
            &format!("sqlite://{}{mode}", file.display()),
            TENANT,
        );
        let (is_right, told) = checked(&path).await;
        assert!(!is_right, "{told}");
        let line = told
            .lines()
            .find(|line| line.contains("store.url"))
            .unwrap_or_default();
        assert!(line.contains(why), "{told}");
        assert_eq!(
            line.matches(&file.display().to_string()).count(),
            1,
            "{told}"
        );
    }
}

/// The names of all files in a folder, with size and modification time.
fn state(folder: &std::path::Path) -> Vec<(String, u64, std::time::SystemTime)> {
    let mut state = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let data = file.metadata().unwrap();
        let name = file.file_name().into_string().unwrap();
        state.push((name, data.len(), data.modified().unwrap()));
    }
    state.sort();
    state
}

/// A check creates nothing, and changes no existing file.
#[tokio::test]
async fn a_check_looks_and_makes_nothing() {
    const THERE_IS_NONE: &str =
        "store.url: the database does not exist yet: the server creates it at its start";
    let (folder, home) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let file = home.path().join("postern.sqlite");
    for (query, is_there, expected) in [
        ("?mode=rwc", false, THERE_IS_NONE),
        ("?cache=private&mode=rwc", false, THERE_IS_NONE),
        ("?mode=rw", false, "the file does not exist"),
        ("?mode=ro", false, "the file does not exist"),
        ("", false, "the file does not exist"),
        ("?mode=rwc", true, "the database lacks"),
        ("?mode=rw", true, "the database lacks"),
    ] {
        let url = format!("sqlite://{}{query}", file.display());
        let _ = std::fs::remove_file(&file);
        if is_there {
            std::fs::write(&file, "").unwrap();
        }
        let path = config(&folder, &url, TENANT);
        let before = state(home.path());
        let (_, told) = checked(&path).await;
        assert!(told.contains(expected), "{query}: {told}");
        assert_eq!(state(home.path()), before, "{query}");
        let deployment = Deployment::configured(&Config::read(&path).unwrap());
        assert!(deployment.check_migrations().await.is_err(), "{query}");
        assert_eq!(state(home.path()), before, "{query}");
    }
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let path = config(&folder, &url, TENANT);
    let deployment = Deployment::configured(&Config::read(&path).unwrap());
    let made = deployment.migrate().await.unwrap();
    assert!(!made.is_empty());
    let before = state(home.path());
    let (is_right, told) = checked(&path).await;
    assert!(
        is_right && told.contains("ok: store.url: it works"),
        "{told}"
    );
    let deployment = Deployment::configured(&Config::read(&path).unwrap());
    deployment.check_migrations().await.unwrap();
    assert_eq!(state(home.path()), before);
}

//! Checks of the stored data: whether the database is writable, and whether all people can be
//! found.

use std::os::unix::process::CommandExt;

use super::*;

/// The files of a folder, except the index of the log that SQLite leaves beside a database that it
/// only reads.
fn kept(folder: &std::path::Path) -> Vec<(String, u64, std::time::SystemTime)> {
    let mut kept = state(folder);
    kept.retain(|(name, ..)| !name.ends_with("-wal") && !name.ends_with("-shm"));
    kept
}

/// The start reports the same error for a database that it cannot write to.
#[tokio::test]
async fn a_file_that_cannot_be_written_is_an_error_of_the_check_as_of_the_start() {
    let (folder, home) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let file = home.path().join("postern.sqlite");
    let key = crate::support::key();
    let made = format!("sqlite://{}?mode=rwc", file.display());
    SqlStore::open(&made, 1, &key).await.unwrap().close().await;
    let empty = home.path().join("empty.sqlite");
    std::fs::write(&empty, "").unwrap();
    for (url, why) in [
        (
            format!("sqlite://{}?mode=ro", file.display()),
            "the file cannot be written",
        ),
        (
            format!("sqlite://{}?mode=ro", empty.display()),
            "the file cannot be written",
        ),
        (
            "sqlite:///proc/x.sqlite?mode=rwc".to_owned(),
            "/proc/x.sqlite: the file cannot be created: the user that runs the server must be able to write to its folder",
        ),
        (
            "sqlite:///sys/kernel/x.sqlite?mode=rwc".to_owned(),
            "/sys/kernel/x.sqlite: the file cannot be created",
        ),
    ] {
        let path = config(&folder, &url, TENANT);
        let before = kept(home.path());
        let (is_right, told) = checked(&path).await;
        assert!(!is_right && told.contains(why), "{url}: {told}");
        assert!(!told.contains("store.url: it works"), "{url}: {told}");
        assert_eq!(kept(home.path()), before, "{url}");
        let started = SqlStore::open(&url, 1, &key).await.err().unwrap();
        let started = format!("{started:#}");
        // The command explains the database's error in words.
        assert!(
            started.contains(why) || started.contains("a readonly database"),
            "{url}: {started}"
        );
    }
}

/// The check runs as another user than the owner of the file. Only root can change its user.
#[tokio::test]
async fn a_file_of_another_user_is_an_error_of_the_check() {
    let is_root = std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .contains("\nUid:\t0\t");
    if !is_root {
        return;
    }
    let (folder, home) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let open = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    };
    let file = home.path().join("postern.sqlite");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let key = crate::support::key();
    SqlStore::open(&url, 1, &key).await.unwrap().close().await;
    let path = config(&folder, &url, TENANT);
    let program = folder.path().join("postern-server");
    std::fs::copy(env!("CARGO_BIN_EXE_postern-server"), &program).unwrap();
    open(folder.path(), 0o755);
    let new = format!("sqlite://{}/new.sqlite?mode=rwc", home.path().display());
    for (url, file_mode, folder_mode, why) in [
        (&url, 0o444, 0o777, Some("the file cannot be written")),
        (
            &url,
            0o444,
            0o755,
            Some("postern.sqlite: the file cannot be "),
        ),
        (
            &url,
            0o666,
            0o755,
            Some("postern.sqlite: the file cannot be opened"),
        ),
        (
            &new,
            0o666,
            0o755,
            Some("new.sqlite: the file cannot be created"),
        ),
        (&new, 0o666, 0o777, None),
        (&url, 0o666, 0o777, None),
    ] {
        config(&folder, url, TENANT);
        open(&folder.path().join("key"), 0o644);
        open(&file, file_mode);
        open(home.path(), folder_mode);
        let before = state(home.path());
        let mut check = std::process::Command::new(&program);
        check
            .uid(65534)
            .gid(65534)
            .arg("check-config")
            .arg("--connect");
        let ended = check.arg("--config").arg(&path).output().unwrap();
        let told = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(
            ended.status.success(),
            why.is_none(),
            "{file_mode:o} {folder_mode:o}: {told}"
        );
        assert!(
            told.contains(why.unwrap_or("nothing wrong")),
            "{file_mode:o} {folder_mode:o}: {told}"
        );
        assert_eq!(state(home.path()), before, "{file_mode:o} {folder_mode:o}");
    }
}

/// One role may only read. The other may also write, but the database is read-only.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_may_only_read_is_an_error_of_the_check() {
    let folder = TempDir::new().unwrap();
    let owned = Postgres::shared().create("check_writes").await;
    let key = crate::support::key();
    drop(SqlStore::open(&owned, 1, &key).await.unwrap());
    let mut connection = AnyConnection::connect(&owned).await.unwrap();
    for statement in [
        "CREATE ROLE check_reader LOGIN",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO check_reader",
        "CREATE ROLE check_writer LOGIN",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO check_writer",
        "CREATE ROLE check_paused LOGIN",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO check_paused",
        "GRANT ALL ON SCHEMA public TO check_paused",
        "ALTER ROLE check_paused SET default_transaction_read_only = on",
    ] {
        connection.execute(statement).await.unwrap();
    }
    let schema = "permission denied for schema public";
    for (role, no_migrate, why) in [
        ("check_reader", false, Some(schema)),
        (
            "check_reader",
            true,
            Some("permission denied for table accounts"),
        ),
        ("check_writer", false, Some(schema)),
        ("check_writer", true, None),
        ("check_paused", false, Some("in a read-only transaction")),
        ("check_paused", true, Some("in a read-only transaction")),
    ] {
        let mut url = url::Url::parse(&owned).unwrap();
        url.set_username(role).unwrap();
        let path = config(&folder, url.as_str(), TENANT);
        let check = CheckConfig {
            connect: true,
            no_migrate,
        };
        let (mut out, mut told) = (Vec::new(), Vec::new());
        let ended = check.run(&path, false, &mut out, &mut told).await;
        let told = String::from_utf8(told).unwrap();
        assert_eq!(ended.is_ok(), why.is_none(), "{role} {no_migrate}: {told}");
        let wrong = told.lines().find(|line| line.starts_with("error: "));
        assert!(
            wrong.unwrap_or_default().contains(why.unwrap_or_default()),
            "{role}: {told}"
        );
        if !no_migrate {
            let started = SqlStore::open(url.as_str(), 1, &key).await.err().unwrap();
            assert!(
                format!("{started:#}").contains(why.unwrap()),
                "{role}: {started:#}"
            );
        }
    }
}

/// If a domain is removed, people remain that no page can find.
#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn people_without_an_identifier_in_a_domain_of_their_tenant_are_warned_of_with_their_number()
{
    let (folder, database) = (TempDir::new().unwrap(), Database::sqlite());
    let key = crate::support::key();
    let store = SqlStore::open(&database.url, 1, &key).await.unwrap();
    let accounts = BuiltIn::new(std::sync::Arc::new(store), &key);
    for (id, identifiers) in [
        ("ada", &["ada@fabrikam.example"][..]),
        ("ben", &["ben@fabrikam.example", "b@fabrikam.example"]),
        ("cas", &["cas@fabrikam.example", "cas@München.example"]),
        ("dee", &["dee@xn--mnchen-3ya.example"]),
        (
            "eve",
            &["eve@north.fabrikam.example", "eve@notfabrikam.example"],
        ),
    ] {
        let account = Account::from(Person {
            identifiers: identifiers.iter().map(|it| (*it).to_owned()).collect(),
            ..Person::new(id, "")
        });
        accounts.put("fabrikam.example", &account).await.unwrap();
    }
    let tenants = |domains: &str| {
        format!(
            "[[tenants]]\nid = \"fabrikam.example\"\ndomains = [{domains}]\nname = \"Fabrikam\"\n"
        )
    };
    for (domains, told) in [
        (
            "\"münchen.example\"",
            Some(
                "3 accounts of fabrikam.example have no identifier in a domain that is configured for it",
            ),
        ),
        ("\"xn--mnchen-3ya.example\"", Some("3 accounts")),
        ("\"fabrikam.example\"", Some("2 accounts")),
        (
            "\"Fabrikam.Example\", \"münchen.example\"",
            Some("1 account of fabrikam.example has no identifier"),
        ),
        (
            "\"fabrikam.example\", \"münchen.example\", \"north.fabrikam.example\"",
            None,
        ),
        ("\"example\"", Some("5 accounts")),
        ("\"fabrikam_example\", \"%\"", Some("")),
    ] {
        let path = config(&folder, &database.url, &tenants(domains));
        let Ok(read) = Config::read(&path) else {
            assert_eq!(told, Some(""), "{domains}");
            continue;
        };
        let check = CheckConfig {
            connect: true,
            ..CheckConfig::default()
        };
        let (mut out, mut told_too) = (Vec::new(), Vec::new());
        check
            .run(&path, true, &mut out, &mut told_too)
            .await
            .unwrap();
        let all: Value = serde_json::from_slice(&out).unwrap();
        let found: Vec<&Value> = all["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| {
                it["reason"]
                    .as_str()
                    .unwrap()
                    .contains("no identifier in a domain")
            })
            .collect();
        assert_eq!(
            found.len(),
            usize::from(told.is_some()),
            "{domains}: {found:?}"
        );
        if let (Some(told), Some(found)) = (told, found.first()) {
            assert!(
                found["reason"].as_str().unwrap().starts_with(told),
                "{found}"
            );
            assert_eq!(found["severity"], "warning");
            assert_eq!(found["line"], read.place_of_domains(0).unwrap().0);
        }
    }
}

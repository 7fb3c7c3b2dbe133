//! Tests of a check of the database: a database that refuses or does not answer is explained.

use super::*;

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_by_its_address() {
    let folder = TempDir::new().unwrap();
    let port = closed_port();
    let mail = format!(
        "[delivery.mail]\nhost = \"127.0.0.1\"\nport = {port}\nencryption = \"none\"\nfrom = \"reset@contoso.example\"\n\
         [delivery.texts.gateway]\nurl = \"http://127.0.0.1:{port}/send\"\n{TENANT}"
    );
    let url = format!("postgres://postern@127.0.0.1:{port}/postern");
    let (is_right, told) = checked(&config(&folder, &url, &mail)).await;
    assert!(!is_right);
    for expected in [
        format!("error: store.url: no answer at 127.0.0.1:{port}: connection refused\n"),
        format!("error: delivery.mail: 127.0.0.1:{port}: the mail server cannot be reached"),
        format!("error: delivery.texts: 127.0.0.1:{port}: no connection: Connection refused"),
    ] {
        assert!(told.contains(&expected), "{expected}: {told}");
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_an_error() {
    let (folder, database) = (TempDir::new().unwrap(), Database::sqlite());
    let key = crate::support::key();
    drop(SqlStore::open(&database.url, 1, &key).await.unwrap());
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&database.url).await.unwrap();
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 SELECT 99999, 'of later', success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
    connection.execute(later).await.unwrap();
    let (is_right, told) = checked(&config(&folder, &database.url, TENANT)).await;
    assert!(!is_right, "{told}");
    assert!(
        told.contains("error: store.url: the database is newer than this program"),
        "{told}"
    );
    assert!(!told.contains("store.url: it works"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_postgresql_refuses_is_told_in_an_administrators_words() {
    let folder = TempDir::new().unwrap();
    let there = Postgres::shared().create("check_config").await;
    let (server, _) = there.rsplit_once('/').unwrap();
    let (is_right, told) = checked(&config(&folder, &format!("{server}/nowhere"), TENANT)).await;
    assert!(!is_right);
    assert!(
        told.contains("store.url: there is no database nowhere at "),
        "{told}"
    );
    assert!(!told.contains("at line"), "{told}");
    // A check does not create the tables.
    let (is_right, told) = checked(&config(&folder, &there, TENANT)).await;
    assert!(is_right, "{told}");
    assert!(told.contains("warning: the database lacks "), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_without_grants_is_told_in_an_administrators_words() {
    let folder = TempDir::new().unwrap();
    let owned = Postgres::shared().create("check_grants").await;
    let key = crate::support::key();
    drop(SqlStore::open(&owned, 1, &key).await.unwrap());
    let mut connection = AnyConnection::connect(&owned).await.unwrap();
    connection
        .execute("CREATE ROLE postern_without_grants LOGIN")
        .await
        .unwrap();
    let mut url = url::Url::parse(&owned).unwrap();
    url.set_username("postern_without_grants").unwrap();
    let (is_right, told) = checked(&config(&folder, url.as_str(), TENANT)).await;
    assert!(!is_right, "{told}");
    assert!(
        told.contains("store.url: the role postern_without_grants may not do that in the database check_grants"),
        "{told}"
    );
    assert!(
        told.contains("GRANT") && !told.contains("at line"),
        "{told}"
    );
}

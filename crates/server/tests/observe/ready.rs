//! Tests of readiness: it names the part that is not ready, and is back once the part is.

use super::*;

/// A directory without accounts.
struct Ailing(WriteBackHealth);

#[async_trait]
impl Directory for Ailing {
    async fn find(&self, _: &Tenant, _: &Identifier) -> anyhow::Result<Option<Person>> {
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
        self.0
    }
}

/// The report of a healthy service, with this state of the directory.
fn well(directory: &str) -> Value {
    json!({
        "store": "ok",
        "outbox": "ok",
        "directory": directory,
        "requests": "ok",
        "key": "ok",
        "clock": "ok",
        "breached_passwords": "ok",
    })
}

#[tokio::test]
async fn readiness_says_which_part_is_not_and_why() {
    for (health, status, directory) in [
        (WriteBackHealth::Healthy, 200, "ok"),
        (WriteBackHealth::Unreachable, 503, "unreachable"),
        (WriteBackHealth::Misconfigured, 503, "misconfigured"),
    ] {
        let ailing = Arc::new(Ailing(health));
        let server = Server::with_directory(HttpSettings::default(), ailing).await;
        let response = server.get("/readyz").await;
        assert_eq!(response.status(), status);
        let body: Value = response.json().await.unwrap();
        assert_eq!(body, well(directory));
        assert_eq!(server.get("/healthz").await.status(), 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_says_no_while_the_store_does_not_answer_and_yes_once_it_is_back() {
    let mut postgres = Postgres::start();
    let database = Database::of(&postgres).await;
    let server = Server::over(HttpSettings::default(), database).await;
    // Whatever happens to the store, the process is alive and reports it at once.
    let readiness = async || {
        assert_eq!(server.get("/healthz").await.status(), 200);
        let response = server.get("/readyz").await;
        let status = response.status().as_u16();
        (status, response.json::<Value>().await.unwrap())
    };
    assert_eq!(readiness().await, (200, well("ok")));

    postgres.kill();
    // The service repeats its report for a second.
    until("it is not ready", async || {
        let (status, body) = readiness().await;
        (status == 503).then(|| assert_eq!(body["store"], "unreachable"))
    })
    .await;
    let (status, body) = readiness().await;
    assert_eq!((status, &body["store"]), (503, &json!("unreachable")));

    postgres.start_again();
    until("it is ready again", async || {
        (readiness().await == (200, well("ok"))).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_not_the_databases_is_no_clock_to_go_by() {
    sqlx::any::install_default_drivers();
    let database = Database::postgres().await;
    // The clock of the database is that of this machine: the test moves the reported time forward.
    let mut connection = sqlx::AnyConnection::connect(&database.url).await.unwrap();
    let name = database.url.rsplit('/').next().unwrap();
    let name = name.split('?').next().unwrap();
    let put_forward = async |connection: &mut sqlx::AnyConnection, by: &str| {
        let text = format!(
            "CREATE OR REPLACE FUNCTION skewed.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS \
             $$ SELECT pg_catalog.clock_timestamp() + interval '{by}' $$"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(text))
            .execute(connection)
            .await
            .unwrap();
    };
    for statement in [
        "CREATE SCHEMA skewed".to_owned(),
        format!("ALTER DATABASE {name} SET search_path = skewed, pg_catalog, public"),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    }
    put_forward(&mut connection, "0 s").await;
    let server = Server::over(HttpSettings::default(), database).await;
    let becomes = async |clock: &str, status: u16| {
        until("the clock is judged", async || {
            let answer = server.get("/readyz").await;
            let told = answer.status().as_u16();
            let body: Value = answer.json().await.unwrap();
            (told == status && body["clock"] == clock).then_some(())
        })
        .await;
    };
    becomes("ok", 200).await;
    for by in ["1 minute", "-1 minute", "4 s", "-4 s"] {
        put_forward(&mut connection, by).await;
        becomes("skewed", 503).await;
        put_forward(&mut connection, "0 s").await;
        becomes("ok", 200).await;
    }
}

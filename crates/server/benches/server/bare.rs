//! The neighbour: axum and sqlx, and a transaction for each request that inserts rows of the size
//! of ours.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, AssertSqlSafe, Executor};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Requests of a reset.
const REQUESTS: usize = 4;

/// Bytes of a row: an attempt and a reply are longer, a row of the audit log and one of the outbox
/// about as long.
const ROW: usize = 600;

#[derive(Clone)]
struct Writing {
    pool: AnyPool,
    rows: usize,
    begin: &'static str,
}

pub(crate) struct Bare {
    address: SocketAddr,
    client: reqwest::Client,
}

impl Bare {
    /// Writes so many rows for each reset.
    pub(crate) async fn start(url: &str, rows: usize) -> Self {
        sqlx::any::install_default_drivers();
        let is_sqlite = url.starts_with("sqlite");
        let pool = AnyPoolOptions::new()
            .max_connections(if is_sqlite { 1 } else { 8 })
            // As ours does while it is busy.
            .test_before_acquire(false)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if is_sqlite {
                        connection.execute("PRAGMA journal_mode = WAL").await?;
                        connection.execute("PRAGMA synchronous = FULL").await?;
                    }
                    Ok(())
                })
            })
            .connect(url)
            .await
            .unwrap();
        pool.execute("CREATE TABLE bare (id BIGINT PRIMARY KEY, row TEXT NOT NULL)")
            .await
            .unwrap();
        let writing = Writing {
            pool,
            rows: rows.div_ceil(REQUESTS),
            begin: if is_sqlite {
                "BEGIN IMMEDIATE"
            } else {
                "BEGIN"
            },
        };
        let router = Router::new().route("/", post(write)).with_state(writing);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            client: reqwest::Client::new(),
        }
    }

    /// So many resets, so many at once; gives how many were done in a second.
    pub(crate) async fn resets(&self, resets: usize, at_once: usize) -> f64 {
        let clock = Instant::now();
        let mut people = JoinSet::new();
        for person in 0..at_once {
            let (client, url) = (self.client.clone(), format!("http://{}/", self.address));
            let own = (person..resets).step_by(at_once).count();
            people.spawn(async move {
                for _ in 0..own * REQUESTS {
                    let body = json!({ "identifier": "person@contoso.example", "locale": "en" });
                    let reply = client.post(&url).json(&body).send().await.unwrap();
                    assert_eq!(reply.status(), 201);
                    reply.text().await.unwrap();
                }
            });
        }
        people.join_all().await;
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        let resets = resets as f64;
        resets / clock.elapsed().as_secs_f64()
    }
}

async fn write(
    State(writing): State<Writing>,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    static LAST: AtomicI64 = AtomicI64::new(0);
    let row = format!("{:ROW$}", body.to_string());
    let mut transaction = writing
        .pool
        .begin_with(AssertSqlSafe(writing.begin))
        .await
        .unwrap();
    for _ in 0..writing.rows {
        sqlx::query("INSERT INTO bare (id, row) VALUES ($1, $2)")
            .bind(LAST.fetch_add(1, Ordering::Relaxed))
            .bind(&row)
            .execute(&mut *transaction)
            .await
            .unwrap();
    }
    transaction.commit().await.unwrap();
    (StatusCode::CREATED, Json(json!({ "row": row })))
}

//! `postern-server`: self-service password reset behind one address.

use std::process::ExitCode;

use postern_server::cli;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = cli::arguments();
    tracing_subscriber::fmt()
        .json()
        .with_span_list(false)
        // Such an error would go to standard error, which is the log itself.
        .log_internal_errors(false)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("POSTERN_LOG")
                .unwrap_or_else(|_| "info,sqlx=warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    cli::main(arguments).await
}

//! Queries about many rows at once.

use std::fmt::Write;

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};

/// A query about a tenant and a list of texts.
pub(super) fn with(query: &str, tenant: &str, texts: &[&str]) -> Query<'static, Any, AnyArguments> {
    let query = sqlx::query(AssertSqlSafe(query.to_owned())).bind(tenant.to_owned());
    texts
        .iter()
        .fold(query, |query, text| query.bind((*text).to_owned()))
}

/// A list of parameters in brackets, from the second parameter on.
pub(super) fn list(count: usize) -> String {
    bracketed(2..2 + count)
}

fn bracketed(numbers: std::ops::Range<usize>) -> String {
    let mut text = String::with_capacity(numbers.len() * 6);
    for number in numbers {
        let before = if text.is_empty() { '(' } else { ',' };
        // Writing to a string never fails.
        let _ = write!(text, "{before}${number}");
    }
    text + ")"
}

//! Claims about the element in pages of Vue and React, which remove, insert, move and change
//! elements.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::portal::{ELEMENT, expect_no_violation, heard, identify, portal, visit, written};
use crate::{
    claims::ways,
    page::{Page, STEP_COMES_WITHIN},
    test::{Test, claims},
    wait::{Seen, until},
};

const VUE: &str = "vue.html";
const REACT: &str = "react.html";

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        in_vue_it_goes_on_whatever_is_drawn,
        in_vue_it_keeps_what_was_typed_where_it_is_moved,
        in_react_it_goes_on_whatever_is_drawn,
        in_react_it_keeps_what_was_typed_where_it_is_moved,
        in_react_each_event_is_heard_once,
        in_react_a_boolean_makes_a_shadow_root_or_none,
    ]
}

async fn in_vue_it_goes_on_whatever_is_drawn(page: &Page) -> Result<()> {
    goes_on_whatever_is_drawn(page, VUE).await
}

async fn in_vue_it_keeps_what_was_typed_where_it_is_moved(page: &Page) -> Result<()> {
    keeps_what_was_typed_where_it_is_moved(page, VUE).await
}

async fn in_react_it_goes_on_whatever_is_drawn(page: &Page) -> Result<()> {
    goes_on_whatever_is_drawn(page, REACT).await
}

async fn in_react_it_keeps_what_was_typed_where_it_is_moved(page: &Page) -> Result<()> {
    keeps_what_was_typed_where_it_is_moved(page, REACT).await
}

async fn in_react_each_event_is_heard_once(page: &Page) -> Result<()> {
    let wizard = portal(page, REACT).await?;
    identify(&wizard).await?;
    expect_written(page, "steps", &json!(["identify", "questions"])).await?;
    expect_written(page, "ready", &json!(1)).await
}

async fn in_react_a_boolean_makes_a_shadow_root_or_none(page: &Page) -> Result<()> {
    for (address, shadowed) in [(REACT.to_owned(), false), (format!("{REACT}?shadow"), true)] {
        visit(page, &address).await?;
        heard(page, "step", json!({ "step": "identify", "from": null })).await?;
        let script = "return document.querySelector('postern-reset').shadowRoot !== null";
        let found = page.ask(script, json!([])).await?;
        ensure!(found == json!(shadowed), "{address} has one: {found}");
    }
    Ok(())
}

/// Removes the element and puts it back, replaces it at once, and changes its language.
async fn goes_on_whatever_is_drawn(page: &Page, name: &str) -> Result<()> {
    let wizard = portal(page, name).await?;
    identify(&wizard).await?;
    expect_written(page, "steps", &json!(["identify", "questions"])).await?;
    draw(page, json!(["shown", false])).await?;
    expect_count(page, ELEMENT, 0).await?;
    draw(page, json!(["shown", true])).await?;
    wizard.expect_step_in_view("questions").await?;
    mark(page).await?;
    draw(page, json!(["again", 1])).await?;
    expect_count(page, "postern-reset:not([data-marked])", 1).await?;
    wizard.expect_step_in_view("questions").await?;
    draw(page, json!(["locale", "nl"])).await?;
    let state = wizard
        .eventually("Dutch", async |state| state.language == "nl")
        .await?;
    ensure!(state.step == "questions", "the step is {}", state.step);
    expect_no_violation(page).await
}

async fn keeps_what_was_typed_where_it_is_moved(page: &Page, name: &str) -> Result<()> {
    let wizard = portal(page, name).await?;
    identify(&wizard).await?;
    let field = format!("answer-{}", ways::questions_asked(page).await?[0]);
    wizard.type_into(&field, "Utrecht").await?;
    // A framework may leave some of the elements in place. One of these orders moves the wizard's
    // element in any case.
    for order in [
        ["two", "one", "reset"],
        ["reset", "two", "one"],
        ["one", "two", "reset"],
    ] {
        draw(page, json!(["order", order])).await?;
        until("the new order", STEP_COMES_WITHIN, async || {
            let script = "return [...document.getElementById('list').children]
                .map(row => row.localName === 'postern-reset' ? 'reset' : row.textContent)";
            let found = page.ask(script, json!([])).await?;
            Ok(if found == json!(order) {
                Seen::There(())
            } else {
                Seen::NotYet(found.to_string())
            })
        })
        .await?;
        wizard.expect_step_in_view("questions").await?;
        ensure!(
            wizard.value_of(&field).await? == "Utrecht",
            "what was typed is gone"
        );
    }
    expect_written(page, "moved", &json!(true)).await?;
    expect_written(page, "steps", &json!(["identify", "questions"])).await?;
    expect_no_violation(page).await
}

/// Makes the page draw from another state: see `foreign/vue.js`.
async fn draw(page: &Page, by: Value) -> Result<()> {
    let script = "document.documentElement.dataset.asked = arguments[0];
        document.dispatchEvent(new Event('app'))";
    page.ask(script, json!([by.to_string()])).await.map(drop)
}

/// Marks the present element, so that the test can distinguish it from another one.
async fn mark(page: &Page) -> Result<()> {
    let script = "document.querySelector('postern-reset').dataset.marked = ''";
    page.ask(script, json!([])).await.map(drop)
}

async fn expect_count(page: &Page, selector: &str, count: usize) -> Result<()> {
    let script = "return document.querySelectorAll(arguments[0]).length";
    until(
        format!("{count} of {selector}"),
        STEP_COMES_WITHIN,
        async || {
            let found = page.ask(script, json!([selector])).await?;
            Ok(if found == json!(count) {
                Seen::There(())
            } else {
                Seen::NotYet(found.to_string())
            })
        },
    )
    .await
}

async fn expect_written(page: &Page, what: &str, wanted: &Value) -> Result<()> {
    until(format!("{what} {wanted}"), STEP_COMES_WITHIN, async || {
        let found = written(page, what).await?;
        Ok(if found == *wanted {
            Seen::There(())
        } else {
            Seen::NotYet(found.to_string())
        })
    })
    .await
}

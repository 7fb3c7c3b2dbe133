//! Wrong settings of a portal, and pages that interfere. The element reports them to the portal or
//! ignores them, and never throws an uncaught exception.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::portal::{
    ELEMENT, NAME, NAME_OF_DALIA, expect_no_violation, heard, identify, portal, visit, written,
};
use crate::{
    page::{Page, STEP_COMES_WITHIN},
    test::{Test, claims},
    wait::{Seen, until},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        an_address_that_is_none_counts_for_nothing_or_is_told,
        names_in_the_portals_page_stand_in_front_of_nothing,
        what_a_page_makes_of_all_objects_is_told,
        a_step_that_is_taken_out_of_the_page_is_told,
        a_token_goes_to_no_other_service,
    ]
}

/// Puts an element with these attributes into an empty page of the portal.
async fn put(page: &Page, attributes: Value) -> Result<()> {
    visit(page, "empty.html").await?;
    let put = "const element = document.createElement('postern-reset');
        for (const [name, value] of Object.entries(arguments[0])) element.setAttribute(name, value);
        document.querySelector('main').append(element)";
    page.ask(put, json!([attributes])).await.map(drop)
}

async fn expect_unavailable(page: &Page) -> Result<()> {
    heard(page, "error", json!({ "reason": "unavailable" })).await?;
    let wizards = "return document.querySelectorAll('.postern').length";
    let wizards = page.ask(wizards, json!([])).await?;
    ensure!(wizards == json!(0), "there are {wizards} wizards");
    // The console also reports the errors.
    page.errors_in_console().await.map(drop)
}

async fn an_address_that_is_none_counts_for_nothing_or_is_told(page: &Page) -> Result<()> {
    let addresses = [
        "http://[",
        "javascript:document.title='run'//",
        "data:text/html,",
    ];
    for address in addresses {
        put(page, json!({ "return-to": address })).await?;
        let wizard = page.wizard_in(ELEMENT, NAME);
        wizard.expect_wizard().await?;
        identify(&wizard).await?;
        page.ask("sessionStorage.clear()", json!([])).await?;
        put(page, json!({ "api": address })).await?;
        expect_unavailable(page).await?;
    }
    let title = page.ask("return document.title", json!([])).await?;
    ensure!(title == json!("The portal"), "the page is called {title}");
    Ok(())
}

async fn names_in_the_portals_page_stand_in_front_of_nothing(page: &Page) -> Result<()> {
    visit(page, "empty.html").await?;
    // Images and forms with a name hide the document's own member of that name.
    let names = "const main = document.querySelector('main');
        const make = document.createElement.bind(document);
        for (const name of ['adoptedStyleSheets', 'createElement', 'createElementNS', 'createTextNode', 'createDocumentFragment',
            'baseURI', 'activeElement', 'body', 'hidden', 'elementFromPoint', 'hasFocus', 'addEventListener', 'querySelector', 'styleSheets'])
            main.append(Object.assign(new Image(), { name, alt: '' }));
        main.append(make('postern-reset'))";
    page.ask(names, json!([])).await?;
    let told = "return document.documentElement.dataset.heard ?? ''";
    until("the second step", STEP_COMES_WITHIN, async || {
        // The tests' usual scripts would find images too.
        let script = "const element = document.getElementsByTagName('postern-reset')[0];
            const step = element.getElementsByClassName('postern-step')[0]?.dataset.step;
            const field = element.getElementsByTagName('input')[0];
            if (step === 'identify' && !field.value) {
                field.value = arguments[0];
                element.getElementsByClassName('postern-button')[0].click();
            }
            return step ?? null";
        let step = page.ask(script, json!([NAME_OF_DALIA])).await?;
        Ok(if step == json!("questions") {
            Seen::There(())
        } else {
            Seen::NotYet(format!("{step}, {}", page.ask(told, json!([])).await?))
        })
    })
    .await
}

async fn what_a_page_makes_of_all_objects_is_told(page: &Page) -> Result<()> {
    visit(page, "empty.html").await?;
    let patch = "document.querySelector('main').append(document.createElement('postern-reset'));
        Object.prototype.then = () => { throw new Error('patched') };
        setTimeout(() => delete Object.prototype.then, 1000)";
    // The driver's own promises break with the patch, until it is removed.
    page.ask(patch, json!([])).await.ok();
    let wanted = json!(["error", { "reason": "unavailable" }, "postern-reset"]);
    until("an error", STEP_COMES_WITHIN, async || {
        let heard = written(page, "heard").await;
        let events = heard.as_ref().ok().and_then(Value::as_array);
        Ok(if events.is_some_and(|events| events.contains(&wanted)) {
            Seen::There(())
        } else {
            Seen::NotYet(format!("{heard:?}"))
        })
    })
    .await?;
    page.errors_in_console().await.map(drop)
}

async fn a_step_that_is_taken_out_of_the_page_is_told(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    identify(&wizard).await?;
    page.ask(
        "document.querySelector('.postern-step').remove()",
        json!([]),
    )
    .await?;
    heard(page, "error", json!({ "reason": "broken" })).await?;
    let step = super::have(page, json!(["step"])).await?;
    ensure!(step == Value::Null, "it is still at {step}");
    super::have(page, json!(["reset"])).await?;
    wizard.expect_step_in_view("identify").await?;
    expect_no_violation(page).await
}

async fn a_token_goes_to_no_other_service(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    identify(&wizard).await?;
    for api in [
        "https://other.example/api/v1",
        "https://other.example:8443",
        "//other.example/api/v1/",
        "/api/v1",
    ] {
        put(page, json!({ "api": api })).await?;
        // The address has no service, or the page's policy does not allow it.
        expect_unavailable(page).await?;
        for asked in ["cancel", "reset"] {
            super::have(page, json!([asked])).await?;
            expect_unavailable(page).await?;
        }
        page.lab.reports.take();
        let sent = sent_with_a_token(page).await?;
        ensure!(sent.is_empty(), "with api {api} a token went to {sent:?}");
    }
    let wizard = portal(page, "early.html").await?;
    wizard.expect_step_in_view("questions").await?;
    super::have(page, json!(["cancel"])).await?;
    heard(page, "cancel", json!({ "by": "page" })).await?;
    let sent = sent_with_a_token(page).await?;
    let own = format!("{}api/v1/attempts/", page.lab.foreign().await?.postern.url);
    ensure!(
        matches!(&*sent, [(url, method)] if url.starts_with(&own) && method == "DELETE"),
        "the token went to {sent:?}"
    );
    // There is no service here that could be called.
    page.errors_in_console().await.map(drop)
}

/// The addresses and methods of the requests with a token.
async fn sent_with_a_token(page: &Page) -> Result<Vec<(String, String)>> {
    let fetched = written(page, "fetched").await?;
    let fetched: Vec<(String, String, bool)> = serde_json::from_value(fetched)?;
    let with_token = fetched.into_iter().filter(|(_, _, has_token)| *has_token);
    Ok(with_token.map(|(url, method, _)| (url, method)).collect())
}

//! Claims about `<postern-reset>` in a portal's page from another origin, under a strict policy.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::ways;
use crate::{
    page::{Page, STEP_COMES_WITHIN},
    test::{Test, claims},
    wait::{Seen, until},
};

mod frameworks;
mod looks;
mod paper;
mod picture;
mod place;
pub(super) mod portal;
mod seen;
mod service;
mod told;
mod vendored;
mod wrong;

use portal::{
    ELEMENT, NAME, NAME_OF_DALIA, expect_no_violation, expect_tab_to_lead_in_and_on_to,
    expect_told, have, heard, identify, identify_as, portal, visit,
};

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["element":
        the_wizard_comes_whether_the_script_is_before_or_after_the_element,
        loaded_twice_it_is_there_once,
        an_element_that_is_put_into_the_page_later_has_its_wizard,
        nothing_of_the_wizard_is_fetched_before_a_person_comes_near,
        two_elements_lead_two_attempts_also_after_a_reload,
        moved_in_mid_flow_it_keeps_its_step_and_what_was_typed,
        taken_out_and_put_back_it_goes_on,
        a_whole_reset_is_told_in_order_and_without_a_secret,
        a_refusal_is_told_without_its_reason,
        reset_and_cancel_begin_anew,
        an_element_of_another_organisation_does_not_go_on_with_the_attempt,
        the_keyboard_goes_in_and_out,
        the_portals_page_is_accessible,
        in_a_shadow_root_it_is_the_same_wizard,
    ];
    claims.extend(told::claims());
    claims.extend(picture::claims());
    claims.extend(place::claims());
    claims.extend(looks::claims());
    claims.extend(paper::claims());
    claims.extend(seen::claims());
    claims.extend(wrong::claims());
    claims.extend(service::claims());
    claims.extend(frameworks::claims());
    claims.extend(vendored::claims());
    claims
}

async fn the_wizard_comes_whether_the_script_is_before_or_after_the_element(
    page: &Page,
) -> Result<()> {
    for name in ["early.html", "late.html"] {
        let wizard = portal(page, name).await?;
        wizard.expect_step_in_view("identify").await?;
        expect_no_violation(page).await?;
    }
    Ok(())
}

async fn loaded_twice_it_is_there_once(page: &Page) -> Result<()> {
    let wizard = portal(page, "twice.html").await?;
    wizard.expect_step_in_view("identify").await?;
    let frames = page
        .ask(
            "return document.querySelectorAll('.postern').length",
            json!([]),
        )
        .await?;
    ensure!(frames == json!(1), "there are {frames} wizards");
    identify(&wizard).await
}

async fn an_element_that_is_put_into_the_page_later_has_its_wizard(page: &Page) -> Result<()> {
    visit(page, "empty.html").await?;
    let put = "document.querySelector('main').append(document.createElement('postern-reset'))";
    page.ask(put, json!([])).await?;
    let wizard = page.wizard_in(ELEMENT, NAME);
    wizard.expect_wizard().await?;
    wizard.expect_step_in_view("identify").await.map(drop)
}

async fn nothing_of_the_wizard_is_fetched_before_a_person_comes_near(page: &Page) -> Result<()> {
    let origin = page.lab.foreign().await?.postern.url.clone();
    let script = "return performance.getEntriesByType('resource').map(entry => entry.name)
        .filter(name => name.startsWith(arguments[0]))";
    let fetched = async || -> Result<Vec<String>> {
        Ok(serde_json::from_value(
            page.ask(script, json!([origin])).await?,
        )?)
    };
    visit(page, "far.html").await?;
    page.expect_defined(ELEMENT).await?;
    let idle = fetched().await?;
    ensure!(
        idle == [format!("{origin}embed/postern.js")],
        "fetched by a page that was not scrolled: {idle:?}"
    );
    page.ask(
        "document.querySelector('footer').scrollIntoView()",
        json!([]),
    )
    .await?;
    page.wizard_in(ELEMENT, NAME).expect_wizard().await?;
    ensure!(fetched().await?.len() > idle.len(), "nothing was fetched");
    Ok(())
}

async fn two_elements_lead_two_attempts_also_after_a_reload(page: &Page) -> Result<()> {
    visit(page, "two.html").await?;
    let (one, two) = (page.wizard_in("#one", "one"), page.wizard_in("#two", "two"));
    one.expect_wizard().await?;
    two.expect_wizard().await?;
    identify(&one).await?;
    two.expect_step_in_view("identify").await?;
    identify(&two).await?;
    page.refresh().await?;
    one.expect_step_in_view("questions").await?;
    two.expect_step_in_view("questions").await.map(drop)
}

async fn moved_in_mid_flow_it_keeps_its_step_and_what_was_typed(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    identify(&wizard).await?;
    let field = format!("answer-{}", ways::questions_asked(page).await?[0]);
    wizard.type_into(&field, "Utrecht").await?;
    let before = heard(
        page,
        "step",
        json!({ "step": "questions", "from": "identify" }),
    )
    .await?;
    let shift = "const element = document.querySelector('postern-reset');
        element.remove();
        document.querySelector('footer').append(element)";
    page.ask(shift, json!([])).await?;
    wizard.expect_step_in_view("questions").await?;
    ensure!(
        wizard.value_of(&field).await? == "Utrecht",
        "what was typed is gone"
    );
    let after = heard(page, "ready", before[0].1.clone()).await?;
    ensure!(after == before, "the portal has heard more: {after:?}");
    Ok(())
}

async fn taken_out_and_put_back_it_goes_on(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    identify(&wizard).await?;
    // Between two scripts, Firefox keeps only the content of the page.
    let take = "const element = document.querySelector('postern-reset');
        const kept = document.createElement('template');
        kept.id = 'kept';
        document.body.append(kept);
        kept.append(element);
        element.remove();
        const away = () => element.childElementCount === 0;
        const done = arguments[arguments.length - 1];
        const wait = () => away() ? (document.querySelector('main').append(element), done(true)) : setTimeout(wait, 20);
        wait()";
    let outcome = page.driver.execute_async(take, Vec::new()).await?;
    ensure!(outcome.json() == &json!(true), "it stayed");
    wizard.expect_step_in_view("questions").await.map(drop)
}

async fn a_whole_reset_is_told_in_order_and_without_a_secret(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    identify(&wizard).await?;
    ways::give_answers(&wizard).await?;
    wizard.expect_step("password").await?;
    ways::set_password(&wizard).await?;
    let mut events = heard(page, "done", json!({ "purpose": "reset" })).await?;
    expect_told(
        &mut events,
        &["identify", "questions", "password", "done", "done"],
    )?;
    let names = ["version", "step", "from", "purpose"];
    for (_, detail) in &events {
        let members = detail
            .as_object()
            .into_iter()
            .flat_map(|detail| detail.keys());
        let strange: Vec<&String> = members
            .filter(|name| !names.contains(&name.as_str()))
            .collect();
        ensure!(strange.is_empty(), "an event tells {strange:?}");
    }
    expect_no_violation(page).await
}

async fn a_refusal_is_told_without_its_reason(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    identify_as(&wizard, "kemal@contoso.example").await?;
    wizard.expect_step("refused").await?;
    let detail = json!({ "step": "refused" });
    heard(page, "refused", detail).await.map(drop)
}

async fn reset_and_cancel_begin_anew(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    for asked in ["reset", "cancel"] {
        identify(&wizard).await?;
        have(page, json!([asked])).await?;
        wizard.expect_step_in_view("identify").await?;
        wizard.expect_wizard().await?;
        let kept =
            "return Object.keys(sessionStorage).filter(key => key.startsWith('postern.reset'))";
        let kept = page.ask(kept, json!([])).await?;
        ensure!(kept == json!([]), "{asked} keeps {kept}");
    }
    let events = heard(page, "cancel", json!({ "by": "page" })).await?;
    // There is no service here that could be called.
    page.errors_in_console().await?;
    let cancelled = events.iter().filter(|(name, _)| name == "cancel").count();
    ensure!(cancelled == 1, "it was cancelled {cancelled} times");
    Ok(())
}

async fn an_element_of_another_organisation_does_not_go_on_with_the_attempt(
    page: &Page,
) -> Result<()> {
    let put = "const element = document.createElement('postern-reset');
        if (arguments[0]) element.setAttribute('tenant', arguments[0]);
        document.querySelector('main').append(element)";
    for (tenant, step) in [
        ("contoso.example", "identify"),
        ("water.contoso.example", "identify"),
        ("", "identify"),
        ("contoso.example", "questions"),
    ] {
        visit(page, "empty.html").await?;
        page.ask(put, json!([tenant])).await?;
        let wizard = page.wizard_in(ELEMENT, NAME);
        wizard.expect_wizard().await?;
        let shown = wizard.expect_step_in_view(step).await;
        shown.with_context(|| format!("with tenant {tenant:?}"))?;
        if tenant == "contoso.example" && step == "identify" {
            identify(&wizard).await?;
        }
    }
    Ok(())
}

async fn the_keyboard_goes_in_and_out(page: &Page) -> Result<()> {
    portal(page, "early.html").await?;
    page.ask("document.getElementById('before').focus()", json!([]))
        .await?;
    expect_tab_to_lead_in_and_on_to(page, "search").await
}

async fn the_portals_page_is_accessible(page: &Page) -> Result<()> {
    let wizard = portal(page, "early.html").await?;
    page.expect_all_accessible().await?;
    identify(&wizard).await?;
    page.expect_all_accessible().await
}

async fn in_a_shadow_root_it_is_the_same_wizard(page: &Page) -> Result<()> {
    visit(page, "shadow.html").await?;
    heard(page, "step", json!({ "step": "identify", "from": null })).await?;
    let script = "const root = document.querySelector('postern-reset').shadowRoot;
        root.querySelector('input').value = arguments[0];
        root.querySelector('[type=submit]').click()";
    page.ask(script, json!([""])).await?;
    // The link of the summary leads to the field.
    let link = "const root = document.querySelector('postern-reset').shadowRoot;
        const link = root.querySelector('.postern-summary a');
        link?.click();
        return [link !== null, root.activeElement?.localName ?? null, getComputedStyle(root.querySelector('h1')).float]";
    until(
        "the field to have the focus",
        STEP_COMES_WITHIN,
        async || {
            let found = page.ask(link, json!([])).await?;
            Ok(if found == json!([true, "input", "none"]) {
                Seen::There(())
            } else {
                Seen::NotYet(found.to_string())
            })
        },
    )
    .await?;
    page.ask(script, json!([NAME_OF_DALIA])).await?;
    heard(
        page,
        "step",
        json!({ "step": "questions", "from": "identify" }),
    )
    .await?;
    expect_no_violation(page).await
}

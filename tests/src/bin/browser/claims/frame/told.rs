//! The messages between the portal and the frame. Neither side accepts messages from another
//! window.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::portal::PortalPage;
use crate::claims::element::portal::NAME_OF_DALIA;
use crate::{
    engine::Engine,
    page::{Connection, Page, STEP_COMES_WITHIN, look::Scheme},
    test::{Test, claims},
    wait::{Seen, until},
};

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["frame":
        what_the_portal_says_is_what_the_wizard_does,
        the_portals_page_is_seen_through_the_frame,
        without_a_script_around_it_the_wizard_comes_and_says_nothing,
        what_others_post_is_not_taken,
        the_frame_may_share_only_where_the_browser_does,
        whom_the_tenant_does_not_list_gets_no_frame,
        a_person_in_an_element_at_an_unlisted_page_is_told_that_it_is_not_set_up,
        a_name_of_another_organisation_is_told_of_each_time_and_never_by_what_was_typed,
        moved_in_the_page_it_goes_on,
        two_frames_lead_two_attempts,
        an_attempt_whose_time_is_over_while_it_is_hidden_has_ended_and_can_be_begun_anew,
    ];
    let emulated = claims!["frame": the_frame_can_be_read_when_the_device_turns_dark];
    claims.extend(emulated.into_iter().map(|test| {
        test.only_in(
            &[Engine::Chromium],
            "only Chromium's driver sets the scheme of the device",
        )
    }));
    claims
}

async fn what_the_portal_says_is_what_the_wizard_does(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "told.html").await?;
    let wizard = portal.page.wizard_in("postern-reset", "own");
    portal.enter().await?;
    wizard.expect_wizard().await?;
    let state = wizard.state().await?;
    ensure!(state.language == "nl", "it speaks {}", state.language);
    let typed = wizard.value_of("identifier").await?;
    ensure!(typed == NAME_OF_DALIA, "it holds {typed}");
    let script = "return [document.documentElement.lang, document.title, getComputedStyle(document.querySelector('postern-reset')).colorScheme]";
    let found = page.ask(script, json!([])).await?;
    ensure!(
        found[0] == json!("nl") && found[1] == json!(state.heading) && found[2] == json!("dark"),
        "the page of the frame has {found}"
    );
    let title = "return document.querySelector('iframe').title";
    portal.leave().await?;
    let titled = page.ask(title, json!([])).await?;
    ensure!(
        titled == json!(state.heading),
        "the frame is called {titled}"
    );
    portal.have(json!(["setLocale", "ar"])).await?;
    portal.have(json!(["theme=", "light"])).await?;
    let titled = page.ask(title, json!([])).await?;
    portal.enter().await?;
    wizard
        .eventually("Arabic", async |state| {
            state.language == "ar" && state.direction == "rtl"
        })
        .await?;
    ensure!(
        titled == json!(wizard.state().await?.heading),
        "the frame is called {titled}"
    );
    until("the light scheme", STEP_COMES_WITHIN, async || {
        let found = page.ask(script, json!([])).await?;
        Ok(if found[2] == json!("light") && found[0] == json!("ar") {
            Seen::There(())
        } else {
            Seen::NotYet(found.to_string())
        })
    })
    .await?;
    portal.expect_no_violation().await
}

async fn the_portals_page_is_seen_through_the_frame(page: &Page) -> Result<()> {
    const NONE: &str = "rgba(0, 0, 0, 0)";
    const CREAM: &str = "rgb(251, 250, 247)";
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    for (ground, paper, scheme) in [
        ("white", NONE, "light dark"),
        ("black", NONE, "dark"),
        ("#7d3cc0", CREAM, "light dark"),
    ] {
        portal.leave().await?;
        let change = "document.body.style.background = arguments[0]";
        page.ask(change, json!([ground])).await?;
        portal.enter().await?;
        let look = "const element = document.querySelector('postern-reset');
            const { backgroundColor, colorScheme } = getComputedStyle(element);
            return [backgroundColor, colorScheme, getComputedStyle(document.documentElement).colorScheme]";
        // If the two sides do not have the same scheme, browsers paint an opaque background.
        let wanted = json!([paper, scheme, "light dark"]);
        page.expect_given(&format!("{wanted} on {ground}"), look, &wanted)
            .await?;
    }
    portal.leave().await?;
    // The frame has the scheme of the device, whatever the scheme of the portal is: if the schemes
    // of the two sides differ, browsers paint an opaque background.
    let dark = "document.documentElement.style.colorScheme = 'dark';
        return getComputedStyle(document.querySelector('iframe')).colorScheme";
    let scheme = page.ask(dark, json!([])).await?;
    ensure!(scheme == json!("light dark"), "the frame has {scheme}");
    let shifted = portal.written("shifted").await?;
    ensure!(shifted == Value::Null, "the page shifted by {shifted}");
    Ok(())
}

async fn the_frame_can_be_read_when_the_device_turns_dark(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    portal.leave().await?;
    let white = "document.body.style.background = 'white'";
    page.ask(white, json!([])).await?;
    for (scheme, settled) in [(Scheme::Dark, "light"), (Scheme::Light, "")] {
        page.see_as(scheme).await?;
        portal.enter().await?;
        let script = "const element = document.querySelector('postern-reset');
            return [matchMedia('(prefers-color-scheme: dark)').matches, element.dataset.posternScheme]";
        let wanted = json!([matches!(scheme, Scheme::Dark), settled]);
        page.expect_given(&format!("{wanted}"), script, &wanted)
            .await?;
        portal.leave().await?;
    }
    Ok(())
}

async fn without_a_script_around_it_the_wizard_comes_and_says_nothing(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "plain.html").await?;
    portal.identify(NAME_OF_DALIA).await?;
    let posted = portal.posted().await?;
    ensure!(posted.is_empty(), "it posted {posted:?}");
    portal.expect_no_violation().await
}

async fn what_others_post_is_not_taken(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "forged.html").await?;
    let forge = "const done = arguments[arguments.length - 1];
        const root = document.documentElement;
        postMessage({ postern: 1, type: 'done', purpose: 'reset' }, '*');
        document.querySelector('[title=Forger]').contentWindow.postMessage('forge', '*');
        const { contentWindow } = document.querySelector('postern-frame iframe');
        for (const message of [null, 'text', { postern: 2, type: 'set-locale', locale: 'ar' }, { postern: 1, type: 'set-locale', locale: {} },
            { postern: 1, type: 'nothing' }, { postern: 1, type: 'constructor' }]) contentWindow.postMessage(message, '*');
        const wait = () => root.dataset.forged ? done(true) : setTimeout(wait, 20);
        wait()";
    portal.leave().await?;
    page.driver.execute_async(forge, Vec::new()).await?;
    // The frame handles a later message later.
    portal.have(json!(["setLocale", "nl"])).await?;
    portal.enter().await?;
    portal
        .wizard
        .eventually("Dutch", async |state| state.language == "nl")
        .await?;
    let typed = portal.wizard.value_of("identifier").await?;
    ensure!(typed.is_empty(), "it holds {typed}");
    let posted = portal.posted().await?;
    let forged = posted.iter().filter(|(_, it)| it["type"] == "done").count();
    ensure!(forged == 2, "{forged} forged messages came in");
    let events = portal.events().await?;
    let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    ensure!(names == ["ready", "step"], "the portal heard {events:?}");
    Ok(())
}

async fn the_frame_may_share_only_where_the_browser_does(page: &Page) -> Result<()> {
    let portal = PortalPage::open(page, "index.html").await?;
    for (name, shares) in [("sharing.html", true), ("not-sharing.html", false)] {
        portal.visit(name).await?;
        let frame = page.element("postern-frame iframe").await?;
        let allowed = frame.attr("allow").await?.unwrap_or_default();
        let allowed: Vec<&str> = allowed.split("; ").collect();
        ensure!(
            allowed.contains(&"web-share") == shares
                && ["otp-credentials", "clipboard-write"]
                    .iter()
                    .all(|it| allowed.contains(it)),
            "in {name} the frame is allowed {allowed:?}"
        );
    }
    Ok(())
}

async fn a_person_in_an_element_at_an_unlisted_page_is_told_that_it_is_not_set_up(
    page: &Page,
) -> Result<()> {
    let portal = PortalPage::open(page, "index.html").await?;
    page.visit(&portal.framed.unlisted_url("element.html"))
        .await?;
    let wizard = page.wizard_in("postern-reset", "reset");
    wizard.expect_wizard().await?;
    wizard.type_into("identifier", NAME_OF_DALIA).await?;
    wizard.submit().await?;
    wizard.expect_words("identify-portal-not-listed").await?;
    portal
        .heard("problem", json!({ "problem": "portal-not-listed" }))
        .await?;
    if page.lab.engine == Engine::Chromium {
        // The other drivers do not give access to the console.
        let origin = page.ask("return location.origin", json!([])).await?;
        let console = page.errors_in_console().await?.join("\n");
        let wanted = origin.as_str().unwrap_or_default();
        ensure!(
            console.contains(&format!("{wanted} is not among the portals")),
            "the console has {console}"
        );
    }
    Ok(())
}

async fn a_name_of_another_organisation_is_told_of_each_time_and_never_by_what_was_typed(
    page: &Page,
) -> Result<()> {
    let portal = PortalPage::open(page, "index.html").await?;
    let problem = ("problem", json!({ "problem": "organisation-other" }));
    let step = |step, from| ("step", json!({ "step": step, "from": from }));
    let wanted = [
        step("identify", Value::Null),
        problem.clone(),
        problem,
        step("questions", json!("identify")),
    ];
    for name in ["organisation.html", "frame.html"] {
        portal.visit(name).await?;
        if name == "frame.html" {
            portal.enter().await?;
        }
        portal.wizard.expect_wizard().await?;
        portal.wizard.field("identifier").await?.click().await?;
        for stranger in ["bram@bank.contoso.example", "ada@school.contoso.example"] {
            portal.wizard.type_into("identifier", stranger).await?;
            portal.wizard.submit().await?;
            let told = portal.wizard.expect_problem("identify-organisation-other");
            told.await?;
        }
        portal.identify(NAME_OF_DALIA).await?;
        let (last, detail) = &wanted[3];
        let heard = portal.heard(last, detail.clone()).await?;
        let heard: Vec<(&str, Value)> = heard
            .iter()
            .skip_while(|(name, _)| name == "ready")
            .map(|(name, detail)| (name.as_str(), detail.clone()))
            .collect();
        ensure!(heard == wanted, "from {name} the portal heard {heard:?}");
    }
    Ok(())
}

async fn whom_the_tenant_does_not_list_gets_no_frame(page: &Page) -> Result<()> {
    // `what_stands_in_the_element_is_seen_until_the_frame_speaks` tests a tenant that lists no
    // portal.
    let portal = PortalPage::open(page, "empty.html").await?;
    page.visit(&portal.framed.unlisted_url("frame.html"))
        .await?;
    expect_refused(&portal).await?;
    // The browsers also report the refused frames.
    page.lab.reports.take();
    page.errors_in_console().await.map(drop)
}

/// Checks that the portal gets one event that no wizard comes, and that the frame shows nothing.
/// The element waits ten seconds for it.
pub(super) async fn expect_refused(portal: &PortalPage<'_>) -> Result<()> {
    portal
        .heard("error", json!({ "reason": "unavailable" }))
        .await?;
    let events = portal.events().await?;
    ensure!(events.len() == 1, "the portal heard {events:?}");
    let posted = portal.posted().await?;
    ensure!(posted.is_empty(), "it posted {posted:?}");
    Ok(())
}

async fn moved_in_the_page_it_goes_on(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    portal.identify(NAME_OF_DALIA).await?;
    portal.leave().await?;
    let shift = "const element = document.querySelector('postern-frame');
        document.querySelector('footer').append(element)";
    page.ask(shift, json!([])).await?;
    portal
        .heard("step", json!({ "step": "questions", "from": "resuming" }))
        .await?;
    portal.enter().await?;
    portal.wizard.expect_step_in_view("questions").await?;
    portal.expect_no_scroll_bar().await
}

async fn two_frames_lead_two_attempts(page: &Page) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "two.html").await?;
    portal.identify(NAME_OF_DALIA).await?;
    portal.leave().await?;
    let frames = page.driver.find_all(thirtyfour::By::Css("iframe")).await?;
    ensure!(frames.len() == 2, "there are {} frames", frames.len());
    frames[1].clone().enter_frame().await?;
    let second = page.wizard_in("postern-reset", "reset-2");
    second.expect_wizard().await?;
    second.expect_step_in_view("identify").await?;
    portal.leave().await?;
    page.refresh().await?;
    portal.enter().await?;
    portal.wizard.expect_step_in_view("questions").await?;
    let _: Value = portal.written("heard").await?;
    Ok(())
}

async fn an_attempt_whose_time_is_over_while_it_is_hidden_has_ended_and_can_be_begun_anew(
    page: &Page,
) -> Result<()> {
    let portal = PortalPage::with_wizard(page, "frame.html").await?;
    portal.identify(NAME_OF_DALIA).await?;
    portal.leave().await?;
    let elsewhere = "document.getElementById('search').focus()";
    page.ask(elsewhere, json!([])).await?;
    portal.have(json!(["hidden=", true])).await?;
    portal.enter().await?;
    // A machine's clock jumps like this after sleep. The service's clock has not jumped, so the
    // service would continue the attempt.
    page.connect(Connection::Offline).await?;
    let later = "const now = Date.now; Date.now = () => now() + 16 * 60_000";
    page.ask(later, json!([])).await?;
    portal
        .heard("step", json!({ "step": "ended", "from": "questions" }))
        .await?;
    portal.have(json!(["hidden=", false])).await?;
    let focus = page
        .ask("return document.activeElement.id", json!([]))
        .await?;
    ensure!(focus == json!("search"), "the focus is on {focus}");
    portal.enter().await?;
    portal.wizard.expect_step_in_view("ended").await?;
    portal.wizard.expect_words("ended-body").await?;
    portal.wizard.press("wizard-start-again").await?;
    portal.wizard.expect_step_in_view("identify").await?;
    portal
        .heard("step", json!({ "step": "identify", "from": "ended" }))
        .await
        .map(drop)
}

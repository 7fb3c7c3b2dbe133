//! The example portal, on its own origin and under its own policy, with the wizard of a service on
//! another origin: what a portal team and its people get.

mod back;
mod example;

use anyhow::{Result, ensure};
use serde_json::json;

use self::back::{
    an_address_that_is_not_listed_is_not_led_to,
    the_element_and_the_frame_lead_back_to_where_the_portal_says,
    the_way_by_redirect_leads_there_and_back_with_the_same_state,
};
use self::example::{
    ELEMENT, FRAME, NAME, PLAIN, PORTAL_HOST, Portal, REACT, SIGN_IN, enter_frame, heard, identify,
    replace, set, to_code_by_mail,
};
use super::{element::portal, ways};
use crate::{
    engine::Engine,
    page::{
        Kind, Page, STEP_COMES_WITHIN,
        look::{DESK, PHONE},
    },
    people::{NAME_OF_ADA, PHONE_OF_ADA},
    test::{Test, claims},
    wait::{Seen, until},
};

/// A person of an organisation that does not list the portal, which belongs to another.
const STRANGER: &str = "bram@bank.contoso.example";

/// The school's own accent colour.
const SCHOOLS_ACCENT: &str = "rgb(122, 31, 92)";

/// The ink that the portal gives the wizard in the dark scheme.
const DARK_INK: &str = "rgb(241, 237, 247)";

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["portal":
        a_text_lets_people_back_in_on_the_plain_page,
        a_mail_lets_people_back_in_on_the_page_in_react,
        a_mail_lets_people_back_in_on_the_page_with_a_frame,
        the_way_by_redirect_leads_there_and_back_with_the_same_state,
        an_address_that_is_not_listed_is_not_led_to,
        the_element_and_the_frame_lead_back_to_where_the_portal_says,
        the_organisations_colours_and_picture_are_there_by_redirect_and_in_a_frame,
        language_and_colours_change_while_react_holds_the_step,
        a_preflight_is_answered_and_kept,
        to_stop_ends_the_attempt_at_the_service,
        the_keyboard_goes_from_the_portal_into_the_wizard_and_out_to_the_foot,
        an_origin_that_is_not_listed_is_told_so,
        a_tenant_that_there_is_not_is_named_in_the_console,
        who_is_of_another_organisation_is_told_so_and_a_bare_name_is_of_this_one,
        every_page_is_accessible,
    ];
    let seen = claims!["portal": no_page_shifts_when_the_wizard_comes];
    claims.extend(seen.into_iter().map(|test| {
        test.only_in(
            &[Engine::Chromium],
            "only Chromium counts layout shifts and shows a page as narrow as a phone",
        )
    }));
    claims.into_iter().map(Test::at_service).collect()
}

async fn a_text_lets_people_back_in_on_the_plain_page(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    let wizard = portal.wizard(page, PLAIN).await?;
    identify(&wizard).await?;
    ways::choose(&wizard, "mobile-sms").await?;
    wizard.expect_step("phone").await?;
    ways::send_to(&wizard, PHONE_OF_ADA).await?;
    wizard.expect_step("code").await?;
    ways::give_code(&wizard, &wizard.code(Kind::Text, 1).await?).await?;
    wizard.expect_step("password").await?;
    // Browsers fill the code in on the person's page, which is the portal's.
    let host = page.service()?.text_is_bound_to()?;
    ensure!(host == PORTAL_HOST, "the text is bound to {host}");
    ways::set_password(&wizard).await?;
    let changed = page.audit().await?;
    ensure!(
        changed.contains("User successfully reset password"),
        "the audit has {changed}"
    );
    Ok(())
}

async fn a_mail_lets_people_back_in_on_the_page_in_react(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    let wizard = portal.wizard(page, REACT).await?;
    to_code_by_mail(&wizard).await?;
    ways::give_code(&wizard, &wizard.code(Kind::Mail, 1).await?).await?;
    wizard.expect_step("password").await?;
    ways::set_password(&wizard).await?;
    let mut lines = heard(page).await?;
    // If the directory is slow, the person sees that the wizard waits for it.
    lines.retain(|line| !line.contains("writing-back"));
    ensure!(
        lines
            .first()
            .is_some_and(|line| line.starts_with("ready: ")),
        "the page heard {lines:?}"
    );
    let last = lines.last().map(String::as_str);
    ensure!(last == Some("done: reset"), "the page heard {lines:?}");
    let steps = ["method", "code", "password", "done"];
    let shown: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("step: ")?.split(',').next())
        .collect();
    ensure!(
        shown.ends_with(&steps),
        "the page heard of the steps {shown:?}"
    );
    Ok(())
}

async fn a_mail_lets_people_back_in_on_the_page_with_a_frame(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    page.visit(&format!("{}{FRAME}", portal.url)).await?;
    enter_frame(page).await?;
    let wizard = page.wizard_in(ELEMENT, NAME);
    wizard.expect_wizard().await?;
    wizard.expect_step_in_view("identify").await?;
    // WebKit does not focus the frame of another site before a click into it.
    wizard.field("identifier").await?.click().await?;
    to_code_by_mail(&wizard).await?;
    ways::give_code(&wizard, &wizard.code(Kind::Mail, 1).await?).await?;
    wizard.expect_step("password").await?;
    ways::set_password(&wizard).await?;
    page.driver.enter_default_frame().await?;
    Ok(())
}

async fn the_organisations_colours_and_picture_are_there_by_redirect_and_in_a_frame(
    page: &Page,
) -> Result<()> {
    let portal = Portal::open(page).await?;
    let sent = format!("{}?tenant=school.contoso.example", page.service()?.url());
    page.visit(&sent).await?;
    page.expect_wizard().await?;
    expect_school(page, page).await?;
    page.visit(&format!("{}{FRAME}", portal.url)).await?;
    replace(page, "postern-frame", "school.contoso.example", "").await?;
    enter_frame(page).await?;
    let wizard = page.wizard_in(ELEMENT, NAME);
    wizard.expect_wizard().await?;
    expect_school(page, &wizard).await?;
    page.driver.enter_default_frame().await?;
    Ok(())
}

/// Checks the school's own name, accent and picture on the first step.
async fn expect_school(page: &Page, wizard: &Page) -> Result<()> {
    let state = wizard.expect_step_in_view("identify").await?;
    ensure!(
        state.text.contains("Contoso School"),
        "it says {}",
        state.text
    );
    let script = "const { width, height } = document.querySelector('.postern-tenant').getBoundingClientRect();
        const looks = selector => getComputedStyle(document.querySelector(selector));
        return [looks('.postern-button').backgroundColor, /[/]embed[/]logos[/][0-9a-f]+[.]svg/.test(looks('.postern-tenant').backgroundImage),
            Math.round(width / height)]";
    let wanted = json!([SCHOOLS_ACCENT, true, 2]);
    until("the school's looks", STEP_COMES_WITHIN, async || {
        let found = page.ask(script, json!([])).await?;
        Ok(if found == wanted {
            Seen::There(())
        } else {
            Seen::NotYet(found.to_string())
        })
    })
    .await
}

async fn language_and_colours_change_while_react_holds_the_step(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    let wizard = portal.wizard(page, REACT).await?;
    to_code_by_mail(&wizard).await?;
    wizard.type_into("code", "1234").await?;
    for (language, direction) in [("nl", "ltr"), ("ar", "rtl"), ("en", "ltr")] {
        set(page, "language", language).await?;
        let state = wizard
            .eventually(language, async |state| {
                state.language == language && state.direction == direction
            })
            .await?;
        ensure!(state.step == "code", "the step is {}", state.step);
    }
    set(page, "theme", "dark").await?;
    let ink = "return getComputedStyle(document.querySelector('.postern')).color";
    until("the ink of the dark", STEP_COMES_WITHIN, async || {
        let ink = page.ask(ink, json!([])).await?;
        Ok(if ink == json!(DARK_INK) {
            Seen::There(())
        } else {
            Seen::NotYet(ink.to_string())
        })
    })
    .await?;
    wizard.expect_step_in_view("code").await?;
    let typed = wizard.value_of("code").await?;
    ensure!(typed.contains("1234"), "the field has {typed:?}");
    ways::give_code(&wizard, &wizard.code(Kind::Mail, 1).await?).await?;
    wizard.expect_step("password").await.map(drop)
}

async fn a_preflight_is_answered_and_kept(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    let wizard = portal.wizard(page, PLAIN).await?;
    to_code_by_mail(&wizard).await?;
    let code = wizard.code(Kind::Mail, 1).await?;
    for _ in 0..2 {
        ways::give_code(&wizard, &ways::other_than(&code)).await?;
        wizard.expect_problem("code-wrong").await?;
    }
    ways::give_code(&wizard, &code).await?;
    wizard.expect_step("password").await?;
    let asked = page.service()?.switchboard.asked();
    let count = |method: &str| {
        asked
            .iter()
            .filter(|asked| asked.what.starts_with(method) && asked.what.ends_with("/proofs"))
            .count()
    };
    ensure!(
        (count("OPTIONS"), count("POST")) == (1, 3),
        "it was asked for {asked:?}"
    );
    Ok(())
}

async fn to_stop_ends_the_attempt_at_the_service(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    let wizard = portal.wizard(page, REACT).await?;
    identify(&wizard).await?;
    page.element(".below button").await?.click().await?;
    wizard.expect_step_in_view("identify").await?;
    until("the portal to hear of it", STEP_COMES_WITHIN, async || {
        let lines = heard(page).await?;
        Ok(if lines.iter().any(|line| line == "cancel: by page") {
            Seen::There(())
        } else {
            Seen::NotYet(format!("{lines:?}"))
        })
    })
    .await?;
    page.wait_for("the audit to say that it was given up", |service| {
        Ok(service.audit()?.contains("User canceled before"))
    })
    .await
}

async fn the_keyboard_goes_from_the_portal_into_the_wizard_and_out_to_the_foot(
    page: &Page,
) -> Result<()> {
    let portal = Portal::open(page).await?;
    portal.wizard(page, PLAIN).await?;
    page.ask("document.getElementById('theme').focus()", json!([]))
        .await?;
    portal::expect_tab_to_lead_in_and_on_to(page, "helpdesk").await
}

async fn an_origin_that_is_not_listed_is_told_so(page: &Page) -> Result<()> {
    let portal = Portal::open_at(page, crate::process::free_port()?).await?;
    page.visit(&format!("{}{REACT}", portal.url)).await?;
    until("the portal to hear of it", STEP_COMES_WITHIN, async || {
        let lines = heard(page).await?;
        Ok(if lines == ["error: unavailable"] {
            Seen::There(())
        } else {
            Seen::NotYet(format!("{lines:?}"))
        })
    })
    .await?;
    let told = page.element("[role=alert]").await?;
    let told = told.prop("innerText").await?.unwrap_or_default();
    ensure!(told.contains("helpdesk"), "it says {told:?}");
    page.visit(&portal.url).await?;
    // After the second try, the content of the element is still there.
    let says = "const done = arguments[arguments.length - 1];
        const element = document.querySelector('postern-reset');
        customElements.whenDefined('postern-reset')
            .then(() => element.reset())
            .then(() => done([element.innerText.includes('helpdesk'), element.step]))";
    let found = page.driver.execute_async(says, Vec::new()).await?;
    ensure!(
        found.json() == &json!([true, null]),
        "whom to ask, and the step: {}",
        found.json()
    );
    // The console also reports the missing files.
    page.errors_in_console().await.map(drop)
}

async fn a_tenant_that_there_is_not_is_named_in_the_console(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    page.visit(&portal.url).await?;
    let put = "document.documentElement.dataset.errors = '';
        addEventListener('postern:error', ({ detail }) => document.documentElement.dataset.errors += detail.reason)";
    page.ask(put, json!([])).await?;
    replace(page, "postern-reset", "contoso.exmaple", "").await?;
    until("the portal to hear of it", STEP_COMES_WITHIN, async || {
        let told = page
            .ask("return document.documentElement.dataset.errors", json!([]))
            .await?;
        Ok(if told == json!("unavailable") {
            Seen::There(())
        } else {
            Seen::NotYet(told.to_string())
        })
    })
    .await?;
    expect_told_in_console(page).await?;
    page.visit(&format!("{}?tenant=contoso.exmaple", page.service()?.url()))
        .await?;
    page.expect_wizard().await?;
    page.expect_step_in_view("identify").await?;
    expect_told_in_console(page).await
}

/// Checks that the console names the tenant that does not exist.
async fn expect_told_in_console(page: &Page) -> Result<()> {
    let console = page.errors_in_console().await?;
    let named = "there is no tenant contoso.exmaple";
    // Only one of the engines' drivers gives access to the console.
    ensure!(
        page.lab.engine != Engine::Chromium || console.iter().any(|line| line.contains(named)),
        "the console says {console:?}"
    );
    Ok(())
}

async fn who_is_of_another_organisation_is_told_so_and_a_bare_name_is_of_this_one(
    page: &Page,
) -> Result<()> {
    let portal = Portal::open(page).await?;
    for path in [PLAIN, FRAME] {
        page.visit(&format!("{}{path}", portal.url)).await?;
        if path == FRAME {
            enter_frame(page).await?;
        }
        let wizard = page.wizard_in(ELEMENT, NAME);
        wizard.expect_wizard().await?;
        wizard.type_into("identifier", STRANGER).await?;
        wizard.submit().await?;
        wizard.expect_problem("identify-organisation-other").await?;
        let (bare, _) = NAME_OF_ADA.split_once('@').unwrap_or_default();
        wizard.type_into("identifier", bare).await?;
        wizard.submit().await?;
        wizard.expect_step("method").await?;
        if path == FRAME {
            page.driver.enter_default_frame().await?;
        }
    }
    Ok(())
}

async fn every_page_is_accessible(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    for path in [PLAIN, REACT] {
        portal.wizard(page, path).await?;
        for (language, theme) in [("en", "light"), ("ar", "dark")] {
            set(page, "language", language).await?;
            set(page, "theme", theme).await?;
            page.wizard_in(ELEMENT, NAME)
                .eventually(language, async |state| state.language == language)
                .await?;
            page.expect_all_accessible().await?;
        }
    }
    page.visit(&format!("{}{SIGN_IN}", portal.url)).await?;
    page.expect_all_accessible().await
}

async fn no_page_shifts_when_the_wizard_comes(page: &Page) -> Result<()> {
    let portal = Portal::open(page).await?;
    let script = "const done = arguments[arguments.length - 1];
        let shifts = [];
        const observer = new PerformanceObserver(list => shifts.push(...list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(shifts.map(({ value, sources }) => [value, ...sources.map(({ node }) => node?.localName)])), 0)";
    for viewport in [DESK, PHONE] {
        page.see_in(viewport).await?;
        for path in [PLAIN, REACT] {
            portal.wizard(page, path).await?;
            page.expect_no_horizontal_scroll().await?;
            let shifts = page.driver.execute_async(script, Vec::new()).await?;
            ensure!(
                shifts.json() == &json!([]),
                "{path:?} shifted by {} at {} px",
                shifts.json(),
                viewport.width
            );
        }
    }
    Ok(())
}

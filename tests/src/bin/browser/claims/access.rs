//! Claims about use without a pointer and with a screen reader: the keyboard is sufficient for the
//! whole wizard, and a screen reader announces the changes.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use super::ways;
use crate::{
    page::{Connection, Kind, Page, State, demo::Leap},
    people::{ADA, DALIA, NAME_OF_ADA, PASSWORD, PHONE_OF_ADA},
    test::{Test, claims},
};

pub(super) fn claims() -> Vec<Test> {
    claims!["access":
        keys_alone_lead_to_a_new_password,
        a_problem_is_in_the_summary_and_at_its_field_in_the_same_words,
        what_takes_time_is_said_politely,
        a_second_press_while_the_first_is_under_way_does_nothing,
        the_focus_is_never_lost_and_always_seen,
        the_focus_is_never_lost_with_a_button_that_goes,
        the_focus_is_never_lost_with_a_problem_that_goes,
        a_new_step_begins_at_its_top,
        steps_have_few_and_orderly_headings,
        every_field_says_to_keyboards_and_managers_what_it_is,
    ]
}

async fn keys_alone_lead_to_a_new_password(page: &Page) -> Result<()> {
    page.open_demo().await?;
    page.tab_to("identifier").await?;
    page.keys(NAME_OF_ADA).await?;
    page.keys(Key::Enter).await?;
    page.expect_step("method").await?;
    // Tab leads into the group, the arrow key to its second choice, and Tab to the button.
    page.tab_to("method").await?;
    page.keys(Key::Space).await?;
    page.keys(Key::Down).await?;
    page.tab_to("send").await?;
    page.keys(Key::Space).await?;
    page.expect_step("phone").await?;
    page.tab_to("phone").await?;
    page.keys(PHONE_OF_ADA).await?;
    page.keys(Key::Enter).await?;
    page.expect_step("code").await?;
    page.keys(Key::Enter).await?;
    page.tab_to("code").await?;
    page.keys(Key::Enter).await?;
    page.expect_problem("code-empty").await?;
    // The summary's link leads to the field.
    page.tab_to(&page.words("code-empty")?).await?;
    page.keys(Key::Enter).await?;
    page.eventually("the focus in the field", async |state: &State| {
        state.focus == "#postern-wizard-code"
    })
    .await?;
    page.keys(page.code(Kind::Text, 1).await?).await?;
    page.keys(Key::Enter).await?;
    page.expect_step("password").await?;
    page.tab_to("password").await?;
    page.keys(PASSWORD).await?;
    page.tab_to("send").await?;
    page.keys(Key::Enter).await?;
    page.expect_step("done").await.map(drop)
}

async fn a_problem_is_in_the_summary_and_at_its_field_in_the_same_words(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    ways::give_code(page, "1").await?;
    let summary = page.expect_problem("code-too-short").await?.problems;
    let script = "const field = document.querySelector('#postern-wizard-code');
        const described = field.getAttribute('aria-describedby').split(' ')
            .map(id => document.getElementById(id)?.textContent);
        return [field.getAttribute('aria-invalid'), described,
            document.querySelector('.postern-summary').getAttribute('role')]";
    let found = page.ask(script, json!([])).await?;
    let (invalid, described, role): (String, Vec<Option<String>>, String) =
        serde_json::from_value(found)?;
    ensure!(
        (invalid.as_str(), role.as_str()) == ("true", "group"),
        "invalid {invalid}, role {role}: the focus has it read, and an alert would have it read twice"
    );
    let described: Vec<String> = described.into_iter().flatten().collect();
    ensure!(
        described.iter().any(|text| text.ends_with(&summary[0])),
        "the summary says {summary:?}, the field {described:?}"
    );
    Ok(())
}

async fn what_takes_time_is_said_politely(page: &Page) -> Result<()> {
    page.open_demo().await?;
    page.be(ADA).await?;
    let watch = "window.said = [];
        const status = document.querySelector('.postern-submit [role=status]');
        new MutationObserver(() => window.said.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true })";
    page.ask(watch, json!([])).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    let said: Vec<String> =
        serde_json::from_value(page.ask("return window.said", json!([])).await?)?;
    let wanted = page.lab.given.words.of("en", "identify-working")?;
    ensure!(
        said.iter().any(|said| wanted.is_in(said)),
        "said was {said:?}"
    );
    Ok(())
}

async fn a_second_press_while_the_first_is_under_way_does_nothing(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.type_into("phone", PHONE_OF_ADA).await?;
    let twice = "const button = document.querySelector('.postern-button[type=submit]');
        button.click(); button.click(); button.click()";
    page.ask(twice, json!([])).await?;
    page.expect_step("code").await?;
    page.expect_sent(Kind::Text, 1).await
}

async fn the_focus_is_never_lost_and_always_seen(page: &Page) -> Result<()> {
    const STOPS: usize = 12;
    ways::to_methods(page, ADA).await?;
    for _ in 0..STOPS {
        page.keys(Key::Tab).await?;
        // A choice shows the focus around its whole row.
        let script = "const element = document.activeElement;
            if (!element?.closest('[data-postern]')) return null;
            const style = getComputedStyle(element.closest('.postern-choice') ?? element);
            return [element.id || element.innerText, style.outlineStyle, parseFloat(style.outlineWidth)]";
        let focus: Option<(String, String, f64)> =
            serde_json::from_value(page.ask(script, json!([])).await?)?;
        let Some((name, style, width)) = focus else {
            continue;
        };
        ensure!(
            style != "none" && width >= 2.0,
            "{name} has the focus and shows it with {style} {width} px"
        );
    }
    Ok(())
}

async fn the_focus_is_never_lost_with_a_button_that_goes(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    let focus = "document.querySelector('.postern-code-line button').focus()";
    page.ask(focus, json!([])).await?;
    page.forward(Leap::FiveMinutes).await?;
    page.expect_words("code-ended").await?;
    // The button that asks for a new code is now the step's own.
    page.eventually(
        "the focus on the button of the step",
        async |state: &State| state.focus == "#postern-wizard-send",
    )
    .await
    .map(drop)
}

async fn the_focus_is_never_lost_with_a_problem_that_goes(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.connect(Connection::Lossy).await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_problem("lost-body").await?;
    // From now on the script records whether the focus is lost while the step stays.
    let watch = "window.lost = 0;
        const step = document.querySelector('.postern-step');
        new MutationObserver(() => {
            if (step.isConnected && document.activeElement === document.body) window.lost++;
        }).observe(document.querySelector('[data-postern]'), { childList: true, subtree: true })";
    page.ask(watch, json!([])).await?;
    page.press("lost-retry").await?;
    page.expect_step("code").await?;
    let lost = page.ask("return window.lost", json!([])).await?;
    ensure!(lost == json!(0), "nothing had the focus {lost} times");
    Ok(())
}

/// This holds on our own page. A portal's page is scrolled only until the step is visible.
async fn a_new_step_begins_at_its_top(page: &Page) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    page.driver.set_window_rect(0, 0, 600, 420).await?;
    let scrolled = "scrollTo(0, document.documentElement.scrollHeight); return scrollY > 0";
    let measured = "return [scrollY, document.documentElement.scrollHeight > innerHeight]";
    for (step, key) in [("phone", "phone-title-text"), ("code", "code-title-text")] {
        let has_scrolled = page.ask(scrolled, json!([])).await?;
        ensure!(has_scrolled == json!(true), "before {step} nothing scrolls");
        match step {
            "phone" => ways::choose(page, "mobile-sms").await?,
            _ => ways::send_to(page, PHONE_OF_ADA).await?,
        }
        page.expect_step(step).await?;
        page.expect_words(key).await?;
        let measured = page.ask(measured, json!([])).await?;
        ensure!(
            measured == json!([0, true]),
            "{step} begins at, and is higher than the window: {measured}"
        );
    }
    Ok(())
}

async fn steps_have_few_and_orderly_headings(page: &Page) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    page.open_support().await?;
    let script = "return [...document.querySelectorAll('[data-postern] :is(h1, h2, h3, h4)')]
        .map(heading => Number(heading.tagName[1]))";
    let levels: Vec<u8> = serde_json::from_value(page.ask(script, json!([])).await?)?;
    ensure!(
        levels.first() == Some(&1),
        "the first heading is of level {:?}",
        levels.first()
    );
    ensure!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "the levels are {levels:?}"
    );
    Ok(())
}

/// The common properties of every typed field, and then its own: type, name, autofill and keyboard.
const FIELDS: &str = "return [...(arguments[0] ? new DOMParser().parseFromString(arguments[0], 'text/html') : document)
    .querySelectorAll('[data-postern] input:not([type=radio])')].map(field =>
        ['autocapitalize', 'autocorrect', 'spellcheck', 'readonly', 'type', 'name', 'autocomplete', 'inputmode'].map(name => field.getAttribute(name)))";

/// Checks that the step has exactly these fields, each with its type, name, autocomplete and
/// inputmode.
async fn expect_fields(page: &Page, wanted: &[[&str; 4]]) -> Result<()> {
    expect_fields_of(page, "", wanted).await
}

/// The same check for a page that is not shown.
async fn expect_fields_of(page: &Page, html: &str, wanted: &[[&str; 4]]) -> Result<()> {
    let found = page.ask(FIELDS, json!([html])).await?;
    let wanted: Vec<Vec<Option<&str>>> = wanted
        .iter()
        .map(|own| {
            let typed = [Some("none"), Some("off"), Some("false"), None].into_iter();
            let own = own
                .iter()
                .map(|value| (!value.is_empty()).then_some(*value));
            typed.chain(own).collect()
        })
        .collect();
    ensure!(
        found == json!(wanted),
        "the fields are {found}, not {wanted:?}"
    );
    Ok(())
}

async fn every_field_says_to_keyboards_and_managers_what_it_is(page: &Page) -> Result<()> {
    const IDENTIFIER: [&str; 4] = ["text", "username", "username", "email"];
    const CODE: [&str; 4] = ["text", "one-time-code", "one-time-code", "numeric"];
    page.open_demo().await?;
    expect_fields(page, &[IDENTIFIER]).await?;
    // The page before the wizard.
    let written = "const done = arguments[arguments.length - 1];
        fetch(location.href).then(response => response.text()).then(done)";
    let written = page.driver.execute_async(written, Vec::new()).await?;
    let written = written.json().as_str().unwrap_or_default();
    expect_fields_of(page, written, &[IDENTIFIER]).await?;
    ways::to_phone(page, ADA, "mobile-sms").await?;
    expect_fields(page, &[["tel", "tel", "tel", "tel"]]).await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_step("code").await?;
    expect_fields(page, &[CODE]).await?;
    ways::give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("password").await?;
    // Next to it is a field with the password's account, in which people do not type.
    let script = "document.querySelector('.postern-step input[readonly]').remove()";
    page.ask(script, json!([])).await?;
    let hidden = ["password", "new-password", "new-password", ""];
    expect_fields(page, &[hidden]).await?;
    page.press("password-show-short").await?;
    expect_fields(page, &[["text", "new-password", "new-password", ""]]).await?;
    page.close_for_a_new_tab().await?;
    ways::to_questions(page, DALIA).await?;
    let names: Vec<String> = ways::questions_asked(page)
        .await?
        .iter()
        .map(|number| format!("answer-{number}"))
        .collect();
    let answers: Vec<[&str; 4]> = names.iter().map(|name| ["text", name, "off", ""]).collect();
    expect_fields(page, &answers).await
}

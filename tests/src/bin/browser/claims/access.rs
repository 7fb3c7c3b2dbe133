//! Without a pointer and with a screen reader: the keyboard alone leads through, and a screen reader announces what
//! happens.

use anyhow::{Result, ensure};
use serde_json::json;
use thirtyfour::Key;

use super::ways;
use crate::{
    page::{Connection, Kind, Page, State, demo::Leap},
    people::{ADA, NAME_OF_ADA, PASSWORD, PHONE_OF_ADA},
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
    ]
}

async fn keys_alone_lead_to_a_new_password(page: &Page) -> Result<()> {
    page.open_demo().await?;
    page.tab_to("identifier").await?;
    page.keys(NAME_OF_ADA).await?;
    page.keys(Key::Enter).await?;
    page.expect_step("method").await?;
    // Into the group, to its second choice and on to the button.
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
    // From the summary its link leads to the field.
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
        // A choice shows the focus on the whole of its row.
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
    // The button that asks for a new code is that of the step now.
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
    // From now on it is seen whether nothing has the focus while the step stays.
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

/// On our own page; in a portal's the step is brought into view.
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

//! Claims about the plain first step, which is in the page before the wizard: the wizard replaces
//! it unnoticed, and without the wizard it says so.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::By;

use crate::{
    engine::{Engine, Scripts},
    held::{self, Held},
    page::{Page, STEP_COMES_WITHIN},
    people::NAME_OF_ADA,
    test::{Test, claims},
    wait::{Seen, until},
};

/// The elements that must not move when the wizard takes over.
const LANDMARKS: [&str; 5] = [
    "[data-postern] .postern-head",
    "[data-postern] h1",
    "[data-postern] input",
    "[data-postern] .postern-button",
    "[data-postern] .postern-help",
];

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["first_step":
        what_was_typed_before_the_wizard_came_is_kept_with_the_cursor_in_it,
        half_a_character_empties_no_field,
        what_was_sent_before_the_wizard_came_is_answered,
        nothing_moves_when_the_wizard_takes_over,
        the_language_chosen_before_the_wizard_came_is_the_wizards,
        a_wizard_that_cannot_be_loaded_says_so_and_whom_to_ask,
        a_wizard_whose_transfer_broke_off_is_fetched_again,
        the_first_step_is_accessible,
        the_policy_stops_a_script_in_the_page_and_we_hear_of_it,
    ];
    claims.extend(
        claims!["first_step": without_scripts_the_page_says_so_and_whom_to_ask]
            .into_iter()
            .map(|test| {
                test.only_in(
                    &[Engine::Chromium, Engine::Firefox],
                    "WebKitGTK's driver itself needs scripts",
                )
            }),
    );
    claims.extend(
        claims!["first_step": a_browser_that_is_too_old_for_the_wizard_is_told_so]
            .into_iter()
            .map(|test| {
                test.only_in(
                    &[Engine::Chromium],
                    "the others' drivers change nothing that the page itself reads",
                )
            }),
    );
    claims.extend(
        claims!["first_step": the_browser_counts_no_layout_shift]
            .into_iter()
            .map(|test| test.only_in(&[Engine::Chromium], "only Chromium counts layout shifts")),
    );
    claims
}

async fn what_was_typed_before_the_wizard_came_is_kept_with_the_cursor_in_it(
    page: &Page,
) -> Result<()> {
    let held = before_the_wizard(page).await?;
    page.type_into("identifier", "ada@contso.example").await?;
    let select = "document.querySelector('[data-postern] input').setSelectionRange(8, 10)";
    page.ask(select, json!([])).await?;
    held.release();
    page.expect_wizard().await?;
    let kept = "const field = document.querySelector('[data-postern] input');
        return [field.value, field.selectionStart, field.selectionEnd, field === document.activeElement]";
    let kept = page.ask(kept, json!([])).await?;
    ensure!(
        kept == json!(["ada@contso.example", 8, 10, true]),
        "value, selection and focus are {kept}"
    );
    Ok(())
}

async fn half_a_character_empties_no_field(page: &Page) -> Result<()> {
    let held = before_the_wizard(page).await?;
    // A field may contain half a surrogate pair, which a text in Rust cannot.
    let paste = "document.querySelector('[data-postern] input').value = `a${String.fromCharCode(0xd83d)}da@contoso.example`";
    page.ask(paste, json!([])).await?;
    held.release();
    page.expect_wizard().await?;
    let kept = page.value_of("identifier").await?;
    ensure!(kept == "a\u{fffd}da@contoso.example", "kept is {kept:?}");
    Ok(())
}

async fn what_was_sent_before_the_wizard_came_is_answered(page: &Page) -> Result<()> {
    let held = Held::way_to(page.lab.demo().await?, held::WIZARD).await?;
    page.come_before_the_wizard(&held.url).await?;
    page.type_into("identifier", NAME_OF_ADA).await?;
    page.submit().await?;
    page.expect_words("identify-working").await?;
    held.release();
    page.expect_step("method").await.map(drop)
}

async fn nothing_moves_when_the_wizard_takes_over(page: &Page) -> Result<()> {
    let held = before_the_wizard(page).await?;
    let before = page.places(&LANDMARKS).await?;
    held.release();
    page.expect_wizard().await?;
    let after = page.places(&LANDMARKS).await?;
    for (landmark, (before, after)) in LANDMARKS.iter().zip(before.into_iter().zip(after)) {
        ensure!(
            before.looks_like(after),
            "{landmark} moved from {before:?} to {after:?}"
        );
    }
    Ok(())
}

async fn the_browser_counts_no_layout_shift(page: &Page) -> Result<()> {
    // Sometimes Chromium counts a frame from before the page. A shift that the page causes happens
    // each time.
    let mut shifts = layout_shifts(page).await?;
    if shifts != json!([]) {
        shifts = layout_shifts(page).await?;
    }
    ensure!(shifts == json!([]), "the page shifted: {shifts}");
    Ok(())
}

/// The distances of the page's shifts until the wizard was there, and the shifted elements.
async fn layout_shifts(page: &Page) -> Result<Value> {
    let held = before_the_wizard(page).await?;
    held.release();
    page.expect_wizard().await?;
    let shifts = "const done = arguments[arguments.length - 1];
        const told = ({ value, sources }) => [value, ...sources.map(({ node, previousRect, currentRect }) =>
            [node?.outerHTML?.slice(0, 80) ?? node?.nodeName, previousRect, currentRect])];
        new PerformanceObserver(list => done(list.getEntries().map(told)))
            .observe({ type: 'layout-shift', buffered: true });
        // Without any shift the observer stays silent: two frames are enough for it to speak.
        requestAnimationFrame(() => requestAnimationFrame(() => done([])))";
    let shifts = page.driver.execute_async(shifts, Vec::new()).await?;
    Ok(shifts.json().clone())
}

async fn the_language_chosen_before_the_wizard_came_is_the_wizards(page: &Page) -> Result<()> {
    let held = before_the_wizard(page).await?;
    page.speak("ar").await?;
    let before = page.expect_words("identify-hint").await?;
    held.release();
    page.expect_wizard().await?;
    let after = page.expect_words("identify-hint").await?;
    ensure!(
        (after.language.as_str(), after.direction.as_str()) == ("ar", "rtl"),
        "the wizard speaks {} {}",
        after.language,
        after.direction
    );
    ensure!(
        before.title == after.title,
        "the tab was {:?} and is {:?}",
        before.title,
        after.title
    );
    Ok(())
}

async fn a_wizard_that_cannot_be_loaded_says_so_and_whom_to_ask(page: &Page) -> Result<()> {
    page.open_torn("nl").await?;
    page.expect_step_in_view("identify").await?;
    let languages = "return [...document.querySelectorAll('[data-postern-failure]:not([hidden]) section')].map(section => section.lang)";
    let said = page.ask(languages, json!([])).await?;
    ensure!(
        said == json!(["nl", "en", "de", "ar"]),
        "it is said in {said}"
    );
    page.expect_accessible().await?;
    page.speak("ar").await?;
    let said = page.ask(languages, json!([])).await?;
    ensure!(
        said == json!(["ar", "nl", "en", "de"]),
        "it is said in {said}"
    );
    page.expect_accessible().await?;
    let again =
        "const link = document.querySelector('[data-postern-failure]:not([hidden]) [lang=nl] a');
        return link.href === location.href";
    ensure!(
        page.ask(again, json!([])).await? == json!(true),
        "nothing loads the page again"
    );
    Ok(())
}

async fn a_browser_that_is_too_old_for_the_wizard_is_told_so(page: &Page) -> Result<()> {
    page.come_before_the_wizard(&page.lab.torn().await?.url)
        .await?;
    let ages = "WebAssembly.validate = () => false";
    page.ask(ages, json!([])).await?;
    let shown = "return [...document.querySelectorAll('[data-postern-failure]:not([hidden])')].map(it => it.innerText).join()";
    let wanted = page.lab.given.words.of("en", "no-script-title")?;
    until(
        "the words for an old browser",
        STEP_COMES_WITHIN,
        async || {
            let said = page.ask(shown, json!([])).await?;
            let said = said.as_str().unwrap_or_default();
            Ok(if wanted.is_in(said) {
                Seen::There(())
            } else {
                Seen::NotYet(said.to_owned())
            })
        },
    )
    .await?;
    // The console also reports the cut-off file.
    page.errors_in_console().await.map(drop)
}

async fn a_wizard_whose_transfer_broke_off_is_fetched_again(page: &Page) -> Result<()> {
    let broken = Held::breaking_off(page.lab.wizard().await?, held::WIZARD).await?;
    // The wizard may be here before the first look at the page.
    page.visit(&broken.url).await?;
    page.expect_wizard().await?;
    ensure!(broken.has_broken_off(), "no transfer broke off");
    let failures = "return [...document.querySelectorAll('[data-postern-failure]')].filter(it => !it.hidden).length";
    let failures = page.ask(failures, json!([])).await?;
    ensure!(failures == json!(0), "{failures} failures are shown");
    // Chromium reports the transfer that broke off.
    page.errors_in_console().await.map(drop)
}

async fn without_scripts_the_page_says_so_and_whom_to_ask(page: &Page) -> Result<()> {
    let url = page.lab.wizard().await?.url.clone();
    let browser = page.lab.browser(Scripts::Off).await?;
    browser.driver.goto(url).await?;
    let shown = async |selector: &str| {
        let mut texts = String::new();
        for element in browser.driver.find_all(By::Css(selector)).await? {
            texts.push_str(&element.text().await?);
        }
        anyhow::Ok(texts)
    };
    let (said, step) = (shown("body").await?, shown("[data-postern] label").await?);
    browser.quit().await;
    let wanted = page.lab.given.words.of("en", "no-script-body")?;
    ensure!(wanted.is_in(&said), "the page says only: {said}");
    ensure!(step.is_empty(), "a form that does nothing is shown: {step}");
    Ok(())
}

async fn the_first_step_is_accessible(page: &Page) -> Result<()> {
    page.open_wizard().await?;
    page.expect_large_targets().await?;
    page.expect_accessible().await?;
    page.speak("ar").await?;
    page.expect_accessible().await
}

/// Without this claim, the absence of reported violations in other tests would have no meaning.
async fn the_policy_stops_a_script_in_the_page_and_we_hear_of_it(page: &Page) -> Result<()> {
    page.open_wizard().await?;
    let inject = "const script = document.createElement('script');
        script.textContent = 'document.title = \"taken over\"';
        document.body.append(script);
        return document.title";
    let title = page.ask(inject, json!([])).await?;
    ensure!(
        title != json!("taken over"),
        "the page ran a script that was put into it"
    );
    page.expect_report("script-src").await
}

/// Opens the production page while its wizard is still loading.
async fn before_the_wizard(page: &Page) -> Result<Held> {
    let held = Held::way_to(page.lab.wizard().await?, held::WIZARD).await?;
    page.come_before_the_wizard(&held.url).await?;
    Ok(held)
}

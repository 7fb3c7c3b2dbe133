//! Layout: the rhythm of the page, the column on every size of screen, and that nothing covers the
//! controls.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::ways;
use crate::{
    engine::Engine,
    page::{
        Page,
        look::{NARROWEST, PHONE, SMALL, Viewport, WIDE},
    },
    people::{ADA, BRAM, HANA},
    test::{Test, claims},
    words::tags,
};

/// Two measures count as the same if they differ by less, in CSS pixels.
const SAME: f64 = 0.5;

pub(super) fn claims() -> Vec<Test> {
    let claims = claims!["layout":
        the_page_keeps_its_rhythm,
        a_support_code_stands_in_one_line,
        the_demos_bar_covers_nothing_of_a_step,
        the_column_has_its_place_on_every_size_of_screen,
    ];
    let only = |test: Test| {
        test.only_in(
            &[Engine::Chromium],
            "only Chromium's driver makes a page as narrow as a phone",
        )
    };
    claims.into_iter().map(only).collect()
}

/// The gaps below the button of the step and below the field's error, and between the baselines of
/// the head.
const RHYTHM: &str =
    "const box = selector => document.querySelector(selector).getBoundingClientRect();
    const baseline = selector => {
        const probe = document.createElement('span');
        probe.style.display = 'inline-block';
        document.querySelector(selector).prepend(probe);
        const { bottom } = probe.getBoundingClientRect();
        probe.remove();
        return bottom;
    };
    const wrong = document.querySelector('.postern-error');
    return [
        box('.postern-submit .postern-status').top - box('.postern-submit .postern-button').bottom,
        wrong.nextElementSibling.getBoundingClientRect().top - wrong.getBoundingClientRect().bottom,
        baseline('.postern-tenant') - baseline('.postern-language'),
    ]";

async fn the_page_keeps_its_rhythm(page: &Page) -> Result<()> {
    page.open_demo().await?;
    page.submit().await?;
    page.expect_problem("identify-empty").await?;
    for viewport in [PHONE, SMALL, WIDE] {
        page.see_in(viewport).await?;
        for language in tags() {
            page.speak(language).await?;
            let [status, wrong, head]: [f64; 3] =
                serde_json::from_value(page.ask(RHYTHM, json!([])).await?)?;
            let is_kept = [(status, 8.0), (wrong, 8.0), (head, 0.0)]
                .iter()
                .all(|(gap, wanted)| (gap - wanted).abs() < SAME);
            ensure!(
                is_kept,
                "in {language} at {} px there are {status} px below the button, {wrong} px below what is wrong, and {head} px between the baselines of the head",
                viewport.width
            );
        }
    }
    Ok(())
}

/// The number of lines of the support code with letters of this size. A line may end between two
/// letters, as between a letter and a digit.
const LINES_OF_CODE: &str = "document.documentElement.style.fontSize = `${arguments[0]}%`;
    const strip = document.querySelector('.postern-help button');
    const texts = document.createTreeWalker(strip, NodeFilter.SHOW_TEXT);
    const code = /[\\dA-Z]{4}(-\\u2060?)[\\dA-Z]{4}/;
    while (texts.nextNode()) {
        const text = texts.currentNode;
        const place = text.data.search(code);
        if (place < 0) continue;
        const [whole] = text.data.match(code);
        text.data = text.data.replace(code, 'DDDD$1DDDD');
        const range = document.createRange();
        range.setStart(text, place);
        range.setEnd(text, place + whole.length);
        return new Set([...range.getClientRects()].map(line => line.top)).size;
    }
    return 0";

async fn a_support_code_stands_in_one_line(page: &Page) -> Result<()> {
    page.open_demo().await?;
    for viewport in [NARROWEST, PHONE] {
        page.see_in(viewport).await?;
        for language in tags() {
            page.speak(language).await?;
            for percent in (100..=200).step_by(10) {
                let lines = page.ask(LINES_OF_CODE, json!([percent])).await?;
                ensure!(
                    lines == json!(1),
                    "in {language} at {} px and {percent} % the code stands on {lines} lines",
                    viewport.width
                );
            }
        }
    }
    Ok(())
}

/// The parts of a step that something else covers, at any scroll position: at the upper edge, and
/// at the lower one.
const COVERED: &str = "const covered = [];
    const asked = '.postern-step :is(input, button, a, summary), .postern-status, .postern-code-line';
    for (const it of document.querySelectorAll(asked)) {
        if (!it.checkVisibility({ visibilityProperty: true }) || it.closest('.postern-hidden')) continue;
        for (const block of ['start', 'end']) {
            it.scrollIntoView({ block, behavior: 'instant' });
            const { left, top, width, height } = it.getBoundingClientRect();
            if (width < 2 || height < 2) continue;
            const there = document.elementFromPoint(left + width / 2, Math.min(top + height / 2, innerHeight - 1));
            if (there?.closest('.postern-demo, .postern-demo-open, [data-postern-demo]')) covered.push([it.innerText || it.id || it.className, block]);
        }
    }
    const button = document.querySelector('.postern-submit .postern-button');
    scrollTo(0, 0);
    button.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    const { left, top, width, height } = button.getBoundingClientRect();
    if (!button.contains(document.elementFromPoint(left + width / 2, top + height / 2))) covered.push('the button of the step');
    return covered";

async fn the_demos_bar_covers_nothing_of_a_step(page: &Page) -> Result<()> {
    let expect_all_seen = async |step: &str| {
        for viewport in [PHONE, NARROWEST, SMALL] {
            page.see_in(viewport).await?;
            let bar = "return document.querySelector('.postern-demo-open').checkVisibility()";
            ensure!(
                page.ask(bar, json!([])).await? == json!(true),
                "there is no bar"
            );
            let covered = page.ask(COVERED, json!([])).await?;
            ensure!(
                covered == json!([]),
                "at {step}, {} by {} px, the demo covers {covered}",
                viewport.width,
                viewport.height
            );
        }
        page.see_in(DESK_OF_DEMO).await
    };
    page.open_demo().await?;
    expect_all_seen("the first step").await?;
    ways::to_methods(page, ADA).await?;
    expect_all_seen("the methods").await?;
    ways::choose(page, "mobile-sms").await?;
    page.expect_step("phone").await?;
    expect_all_seen("the number").await?;
    ways::to_code_of_app(page, HANA).await?;
    expect_all_seen("the code").await?;
    ways::to_methods(page, BRAM).await?;
    expect_all_seen("the first of two gates").await
}

/// A size with room for the demo next to the wizard, in which a persona can be chosen.
const DESK_OF_DEMO: Viewport = Viewport {
    width: 1280,
    height: 900,
};

/// A column: its left edge, its width, and the size of its text.
const COLUMN: &str = "const { left, width } = document.querySelector('.postern').getBoundingClientRect();
    return [left, width, parseFloat(getComputedStyle(document.querySelector('.postern')).fontSize)]";

/// Texts that do not fit into their box, which would cut them off.
const CUT_OFF: &str = "return [...document.querySelectorAll('.postern *')]
    .filter(it => it.checkVisibility({ visibilityProperty: true }) && !it.closest('.postern-hidden, select')
        && getComputedStyle(it).position !== 'absolute'
        && getComputedStyle(it).overflowX !== 'visible' && it.scrollWidth > it.clientWidth + 1)
    .map(it => it.className || it.tagName)";

async fn the_column_has_its_place_on_every_size_of_screen(page: &Page) -> Result<()> {
    page.open_wizard().await?;
    // A phone has margins of 16 px. A wide screen has a third of it before the column, and larger
    // text.
    for (viewport, wanted) in [
        (NARROWEST, [16.0, 288.0, 17.0]),
        (SMALL, [16.0, 288.0, 17.0]),
        (PHONE, [16.0, 328.0, 17.0]),
        (WIDE, [640.0, 512.0, 18.0]),
    ] {
        page.see_in(viewport).await?;
        for language in tags() {
            page.speak(language).await?;
            let size = || format!("in {language} at {} px", viewport.width);
            let column: Value = page.ask(COLUMN, json!([])).await?;
            let [left, width, text]: [f64; 3] = serde_json::from_value(column)?;
            // In a language that is read from the right, the column begins at the other side.
            let begin = if language == "ar" {
                f64::from(viewport.width) - left - width
            } else {
                left
            };
            let found = [begin, width, text];
            ensure!(
                found
                    .iter()
                    .zip(wanted)
                    .all(|(one, other)| (one - other).abs() < 1.0),
                "{} the column is {found:?}, not {wanted:?}",
                size()
            );
            page.expect_no_horizontal_scroll()
                .await
                .with_context(size)?;
            let cut_off = page.ask(CUT_OFF, json!([])).await?;
            ensure!(cut_off == json!([]), "{} are cut off: {cut_off}", size());
        }
    }
    Ok(())
}

//! Claims about the account: every step names it, a reload reports the result, and the last warning
//! contains the help.

use anyhow::{Result, bail, ensure};
use serde_json::json;

use super::{picture, ways};
use crate::{
    engine::Engine,
    page::{Page, State, look::Place},
    people::{ADA, HANA, NAME_OF_ADA},
    test::{Test, claims},
};

/// A number above every limit of the reference: none is higher than ten.
const TRIES_MAX: usize = 11;

/// The possible places of a point between a text and the button after it: beside each if they are
/// two lines, or between the two.
const BETWEEN: &str = "const column = document.querySelector('.postern');
    const [text, button] = document.querySelector(arguments[0]).children;
    const range = document.createRange();
    range.selectNodeContents(text);
    const rects = [...range.getClientRects()];
    const bottom = Math.max(...rects.map(rect => rect.bottom));
    const last = rects.filter(rect => rect.bottom > bottom - 4);
    const isRtl = column.dir === 'rtl';
    const around = column.getBoundingClientRect(), { left, right, top, height } = button.getBoundingClientRect();
    const end = isRtl ? Math.min(...last.map(rect => rect.left)) : Math.max(...last.map(rect => rect.right));
    const start = isRtl ? right : left;
    const outside = 12;
    const [before, after] = isRtl ? [around.right + outside, around.left - outside] : [around.left - outside, around.right + outside];
    const place = (one, other, middle) => ({ x: Math.min(one, other) + 1, width: Math.abs(one - other) - 2, y: middle - 6, height: 12 });
    const row = top + height / 2, rowOfText = bottom - last[0].height / 2;
    return row > bottom ? [place(end, after, rowOfText), place(before, start, row)] : [place(end, start, row)]";

pub(super) fn claims() -> Vec<Test> {
    claims!["account":
        a_slip_of_the_name_is_seen_and_can_be_mended_at_every_step,
        what_was_typed_turns_nothing_on_the_line_around,
        after_a_reload_of_the_end_it_is_told_that_it_was_done,
        the_last_warning_has_the_way_to_the_administrator_in_it,
        a_number_is_in_one_line_however_narrow_the_page,
        the_point_between_two_begins_and_ends_no_line,
    ]
}

async fn a_slip_of_the_name_is_seen_and_can_be_mended_at_every_step(page: &Page) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    for step in ["method", "code"] {
        if step == "code" {
            ways::choose(page, "email").await?;
            page.expect_step("code").await?;
        }
        let line = page.element(".postern-account").await?.text().await?;
        ensure!(line.contains(NAME_OF_ADA), "{step} says {line:?}");
    }
    page.press("account-change").await?;
    page.expect_step("identify").await?;
    ensure!(
        page.value_of("identifier").await? == NAME_OF_ADA,
        "the name is gone"
    );
    let state = page.state().await?;
    ensure!(
        !page.says(&state, "account-change"),
        "the first step offers to change what is in its field"
    );
    page.type_into("identifier", "dalia@contoso.example")
        .await?;
    page.submit().await?;
    page.expect_step("questions").await.map(drop)
}

async fn what_was_typed_turns_nothing_on_the_line_around(page: &Page) -> Result<()> {
    page.open_world().await?;
    // The text contains the end of an isolate and then an override.
    let typed = format!("{NAME_OF_ADA}\u{2069}\u{202e}");
    page.paste_into("identifier", &typed).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    let script = "const line = document.querySelector('.postern-account');
        const isRtl = document.querySelector('.postern').dir === 'rtl';
        const [whose, change] = [...line.children].map(child => child.getBoundingClientRect());
        const range = document.createRange();
        const [text] = line.firstElementChild.childNodes;
        const first = text.data.indexOf('ada');
        range.setStart(text, first);
        range.setEnd(text, first + 1);
        const start = range.getBoundingClientRect().left;
        range.setStart(text, first + 4);
        range.setEnd(text, first + 5);
        return [/[\\u202a-\\u202e]/.test(line.innerText), start < range.getBoundingClientRect().left, isRtl ? change.left < whose.left : change.left > whose.left]";
    for language in ["en", "ar"] {
        page.speak(language).await?;
        let found = page.ask(script, json!([])).await?;
        ensure!(
            found == json!([false, true, true]),
            "in {language} an override is left, the name runs left to right, the button ends the line: {found}"
        );
    }
    page.speak("en").await?;
    let details = page.open_support().await?;
    ensure!(
        details.contains(NAME_OF_ADA) && !details.contains('\u{202e}'),
        "the details say {details:?}"
    );
    Ok(())
}

async fn after_a_reload_of_the_end_it_is_told_that_it_was_done(page: &Page) -> Result<()> {
    ways::to_done(page, ADA).await?;
    page.reload().await?;
    let state = page.expect_words("identify-reset-before").await?;
    ensure!(state.step == "identify", "the step is {}", state.step);
    ensure!(!state.text.contains(NAME_OF_ADA), "the name is on the page");
    page.be(ADA).await?;
    page.submit().await?;
    page.expect_step("method").await?;
    page.back().await?;
    let state = page.expect_step("identify").await?;
    ensure!(
        !page.says(&state, "identify-reset-before"),
        "another attempt has begun and it is still told"
    );
    Ok(())
}

async fn the_last_warning_has_the_way_to_the_administrator_in_it(page: &Page) -> Result<()> {
    ways::to_code_of_app(page, HANA).await?;
    let help = "return document.querySelector('.postern-summary .postern-contact button') !== null";
    let mut had_help = false;
    for number in 0..TRIES_MAX {
        let wrong = ways::another(&page.code_of_app().await?, number);
        ways::give_code(page, &wrong).await?;
        let state = page
            .eventually("a verdict on the code", async |state: &State| {
                !state.is_busy && (state.step == "locked" || state.focus == "summary")
            })
            .await?;
        if state.step == "locked" {
            ensure!(
                had_help,
                "before the lock the page offered no way to ask for help"
            );
            return Ok(());
        }
        had_help = page.ask(help, json!([])).await? == json!(true);
    }
    bail!("{TRIES_MAX} wrong codes did not lock");
}

async fn a_number_is_in_one_line_however_narrow_the_page(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    for language in ["en", "ar"] {
        page.speak(language).await?;
        let script = "const [text] = [...document.querySelector('.postern-lead').childNodes];
            const column = document.querySelector('.postern');
            const broken = [];
            for (let width = 140; width < 480; width += 20) {
                column.style.inlineSize = `${width}px`;
                for (const [found] of text.data.matchAll(/\\u2066[^\\u2069]+\\u2069/g)) {
                    const range = document.createRange();
                    const start = text.data.indexOf(found);
                    // Without the marks around it, which have no width and may stay in the line
                    // before.
                    range.setStart(text, start + 1);
                    range.setEnd(text, start + found.length - 1);
                    const lines = new Set([...range.getClientRects()].map(rect => Math.round(rect.top)));
                    if (lines.size > 1) broken.push([width, found]);
                }
            }
            column.style.inlineSize = '';
            return broken";
        let broken = page.ask(script, json!([])).await?;
        ensure!(broken == json!([]), "in {language} broken are {broken}");
    }
    Ok(())
}

async fn the_point_between_two_begins_and_ends_no_line(page: &Page) -> Result<()> {
    if page.lab.engine == Engine::Webkit {
        // The driver paints scrolled content black.
        return Ok(());
    }
    ways::to_code_by_mail(page, ADA).await?;
    for language in ["en", "ar"] {
        page.speak(language).await?;
        for line in [".postern-account", ".postern-code-line"] {
            for (width, are_two) in [(200, true), (480, false)] {
                let set =
                    "document.querySelector('.postern').style.inlineSize = `${arguments[0]}px`";
                page.ask(set, json!([width])).await?;
                let picture = page.picture_of("return document.body").await?;
                let measured = page.ask(BETWEEN, json!([line])).await?;
                let places: Vec<Place> = serde_json::from_value(measured)?;
                let painted = picture::painted(&picture, &places)?;
                // Next to the text and next to the button, or between the two.
                let wanted: &[bool] = if are_two { &[false, false] } else { &[true] };
                ensure!(
                    painted == wanted,
                    "in {language} {line} is painted {painted:?} in {places:?}, at {width} px"
                );
            }
        }
    }
    Ok(())
}

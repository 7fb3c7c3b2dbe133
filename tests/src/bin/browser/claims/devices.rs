//! Claims about the person's device: paper, its own colours, larger text, and password managers.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::ways;
use crate::{
    engine::Engine,
    page::{
        Kind, Page,
        look::{PHONE, Scheme, Viewport},
    },
    people::{ADA, FEMKE, PHONE_OF_ADA, PHONE_OF_FEMKE},
    test::{Test, claims},
    words::tags,
};

/// A size with room for the visible label of the language.
const TABLET: Viewport = Viewport {
    width: 490,
    height: 800,
};

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["devices": fields_have_the_names_that_managers_know];
    let emulated = claims!["devices":
        on_paper_nothing_can_be_pressed_and_what_was_folded_is_open,
        forced_colours_leave_every_mark_to_be_seen,
        the_label_of_the_language_stays_in_one_line_in_larger_text,
    ];
    let only = |test: Test| {
        test.only_in(
            &[Engine::Chromium],
            "only Chromium's driver emulates a device",
        )
    };
    claims.extend(emulated.into_iter().map(only));
    claims
}

async fn fields_have_the_names_that_managers_know(page: &Page) -> Result<()> {
    let expect = async |field: &str, wanted: &str| {
        let name = page.field(field).await?.attr("name").await?;
        ensure!(name.as_deref() == Some(wanted), "{field} is named {name:?}");
        Ok(())
    };
    page.open_demo().await?;
    expect("identifier", "username").await?;
    ways::to_phone(page, ADA, "mobile-sms").await?;
    expect("phone", "tel").await?;
    ways::send_to(page, PHONE_OF_ADA).await?;
    page.expect_step("code").await?;
    expect("code", "one-time-code").await?;
    ways::give_code(page, &page.code(Kind::Text, 1).await?).await?;
    page.expect_step("password").await?;
    expect("password", "new-password").await
}

async fn on_paper_nothing_can_be_pressed_and_what_was_folded_is_open(page: &Page) -> Result<()> {
    let seen = "const seen = selector => [...document.querySelectorAll(selector)].filter(it => it.checkVisibility());
        return [seen('.postern-step button, [data-postern] select').map(it => it.innerText),
            seen('.postern-details p').length]";
    let expect = async |what: &str, folded: u32| {
        let (pressable, open): (Vec<String>, u32) =
            serde_json::from_value(page.ask(seen, json!([])).await?)?;
        ensure!(
            !pressable.is_empty(),
            "{what} has nothing to press on the screen"
        );
        ensure!(open == 0, "{what} has nothing folded on the screen");
        page.see_printed().await?;
        let (pressable, open): (Vec<String>, u32) =
            serde_json::from_value(page.ask(seen, json!([])).await?)?;
        ensure!(pressable.is_empty(), "{what} is printed with {pressable:?}");
        ensure!(
            open == folded,
            "{open} paragraphs of {what} are printed, not {folded}"
        );
        page.see_as(Scheme::Light).await
    };
    ways::to_methods(page, ADA).await?;
    expect("the choice of a method", 1).await?;
    ways::choose(page, "email").await?;
    page.expect_step("code").await?;
    expect("the code", 0).await?;
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("password").await?;
    expect("the password", 0).await?;
    page.begin_as("not-licensed").await?;
    page.expect_step("refused").await?;
    expect("a refusal", 1).await
}

/// The marks that consist of a border, a stroke or an underline: each by its place and its style.
const MARKS: &str = "const own = document.querySelector('.postern');
    const of = (selector, pseudo, ...properties) => [...document.querySelectorAll(selector)].filter(it => it.checkVisibility()).map(it => {
        const style = getComputedStyle(it, pseudo);
        return [selector, properties.map(property => style[property])];
    });
    const probe = document.createElement('p');
    own.append(probe);
    const colour = name => {
        probe.style.color = name;
        return getComputedStyle(probe).color;
    };
    const [paper, ink, highlight] = ['Canvas', 'CanvasText', 'Highlight'].map(colour);
    probe.remove();
    return { paper, ink, highlight,
        strokes: of('.postern-gate:not(.postern-gate-open) path, .postern-posts, .postern-rule-mark', null, 'stroke'),
        points: of(':is(.postern-account, .postern-code-line) .postern-quiet', '::before', 'borderTopColor', 'borderTopStyle'),
        lines: of('.postern-help, .postern-input, .postern-choice', null, 'borderTopColor', 'borderTopStyle'),
        buttons: of('.postern-button', null, 'borderTopColor', 'borderTopStyle'),
        quiet: of('.postern-back .postern-quiet, .postern-help > .postern-quiet, .postern-show', null, 'textDecorationLine'),
        chosen: of('.postern-choice:has(:checked)', null, 'borderTopColor'),
        others: of('.postern-choice:not(:has(:checked))', null, 'borderTopColor') }";

async fn forced_colours_leave_every_mark_to_be_seen(page: &Page) -> Result<()> {
    ways::to_code_by_text(page, FEMKE, PHONE_OF_FEMKE).await?;
    expect_marks(page, &["strokes", "points", "lines", "buttons", "quiet"]).await?;
    ways::to_methods(page, ADA).await?;
    page.choose("method", "email").await?;
    let marks = expect_marks(page, &["lines", "buttons", "quiet", "chosen", "others"]).await?;
    ensure!(
        marks["chosen"][0][1][0] == marks["highlight"]
            && marks["others"][0][1][0] != marks["highlight"],
        "what is chosen looks like what is not: {marks}"
    );
    ways::to_password(page, ADA).await?;
    expect_marks(page, &["strokes", "lines", "buttons", "quiet"])
        .await
        .map(drop)
}

/// Checks that marks of these kinds are there in forced colours, that none has the colour of the
/// paper, and that the drawn ones have the colour of the text.
async fn expect_marks(page: &Page, kinds: &[&str]) -> Result<Value> {
    page.see_in_forced_colours().await?;
    let marks = page.ask(MARKS, json!([])).await?;
    let paper = &marks["paper"];
    for kind in kinds {
        let found = marks[kind]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        ensure!(!found.is_empty(), "there are no {kind}: {marks}");
        for mark in found {
            let drawn = mark[1].as_array().map(Vec::as_slice).unwrap_or_default();
            let unseen = |style: &Value| {
                style == paper
                    || style == "none"
                    || style == "transparent"
                    || style == "rgba(0, 0, 0, 0)"
                    || *kind == "strokes" && *style != marks["ink"]
            };
            ensure!(
                !drawn.iter().any(unseen),
                "of the {kind} one is not seen: {mark}, on {paper}"
            );
        }
    }
    Ok(marks)
}

async fn the_label_of_the_language_stays_in_one_line_in_larger_text(page: &Page) -> Result<()> {
    page.open_demo().await?;
    let measured = "document.documentElement.style.fontSize = '200%';
        const label = document.querySelector('.postern-language label');
        return [label.getBoundingClientRect().height, parseFloat(getComputedStyle(label).lineHeight)]";
    for language in tags() {
        page.speak(language).await?;
        for viewport in [PHONE, TABLET] {
            page.see_in(viewport).await?;
            let measured = page.ask(measured, json!([])).await?;
            let (height, line): (f64, f64) = serde_json::from_value(measured)?;
            ensure!(
                height < 1.5 * line,
                "in {language} at {} px the label is {height} px high, with lines of {line} px",
                viewport.width
            );
            page.expect_no_horizontal_scroll().await?;
        }
    }
    Ok(())
}

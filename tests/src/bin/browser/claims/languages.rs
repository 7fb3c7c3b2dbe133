//! Languages: a person can choose one on any page, the choice is stored, each has its own
//! direction, and numbers are reversed in none.

use anyhow::{Result, ensure};
use serde_json::json;

use super::ways;
use crate::{
    page::{Kind, Page},
    people::{ADA, NAME_OF_ADA, PHONE_OF_ADA},
    test::{Test, claims},
    words::tags,
};

pub(super) fn claims() -> Vec<Test> {
    claims!["languages":
        a_change_of_language_keeps_the_step_and_what_was_typed,
        a_problem_is_said_in_the_new_language,
        a_choice_is_kept_for_the_next_time,
        the_address_can_ask_for_a_language,
        dates_are_written_as_where_the_person_lives,
        numbers_and_addresses_stand_left_to_right,
        the_list_of_languages_is_drawn_by_no_toolkit,
        arabic_has_a_face_of_its_own,
        the_name_of_the_list_is_in_one_line_however_narrow_the_page,
        a_page_that_is_translated_is_said_anew_in_another_language,
    ]
}

async fn a_change_of_language_keeps_the_step_and_what_was_typed(page: &Page) -> Result<()> {
    ways::to_phone(page, ADA, "mobile-sms").await?;
    page.type_into("phone", PHONE_OF_ADA).await?;
    for language in ["nl", "ar", "de", "en"] {
        page.speak(language).await?;
        let state = page.expect_words("phone-title-text").await?;
        ensure!(
            state.step == "phone",
            "the step is {} in {language}",
            state.step
        );
        let direction = if language == "ar" { "rtl" } else { "ltr" };
        ensure!(
            state.direction == direction,
            "{language} is written {}",
            state.direction
        );
        ensure!(
            page.value_of("phone").await? == PHONE_OF_ADA,
            "what was typed is gone in {language}"
        );
        let of_page = page
            .ask(
                "return [document.documentElement.lang, document.documentElement.dir]",
                json!([]),
            )
            .await?;
        ensure!(
            of_page == json!([language, direction]),
            "the page itself says {of_page}"
        );
        ensure!(
            state.is_named_after_heading(),
            "the tab says {:?}",
            state.title
        );
    }
    page.speak("ar").await?;
    page.submit().await?;
    page.expect_step("code").await.map(drop)
}

async fn a_problem_is_said_in_the_new_language(page: &Page) -> Result<()> {
    page.open_demo().await?;
    page.submit().await?;
    page.expect_problem("identify-empty").await?;
    for language in tags().into_iter().rev() {
        page.speak(language).await?;
        page.expect_words("identify-empty").await?;
        page.expect_words("summary-title").await?;
    }
    Ok(())
}

async fn a_choice_is_kept_for_the_next_time(page: &Page) -> Result<()> {
    ways::to_methods(page, ADA).await?;
    page.speak("nl").await?;
    page.reload().await?;
    page.expect_step("method").await?;
    let state = page.expect_words("method-title").await?;
    ensure!(
        state.language == "nl",
        "after a reload it speaks {}",
        state.language
    );
    page.close_for_a_new_tab().await?;
    page.visit(&page.lab.demo().await?.url).await?;
    page.expect_wizard().await?;
    let state = page.expect_words("identify-title").await?;
    ensure!(
        state.language == "nl",
        "in a new tab it speaks {}",
        state.language
    );
    Ok(())
}

async fn the_address_can_ask_for_a_language(page: &Page) -> Result<()> {
    let url = format!("{}?lang=ar", page.lab.demo().await?.url);
    page.open(&url).await?;
    let state = page.expect_words("identify-title").await?;
    ensure!(
        (state.language.as_str(), state.direction.as_str()) == ("ar", "rtl"),
        "it speaks {} {}",
        state.language,
        state.direction
    );
    Ok(())
}

async fn dates_are_written_as_where_the_person_lives(page: &Page) -> Result<()> {
    const DAY: &str = "[A-Z][a-z]+day";
    const MONTH: &str = "[A-Z][a-z]+";
    // No line ends between a day and its month.
    let british = format!("{DAY},? \\d{{1,2}}\\u00a0{MONTH} \\d{{4}} at \\d\\d:\\d\\d(?!.?[APap])");
    let american = format!("{DAY}, {MONTH} \\d{{1,2}}, \\d{{4}}\\sat \\d{{1,2}}:\\d\\d.[AP]M");
    let canadian =
        format!("{DAY}, {MONTH} \\d{{1,2}}, \\d{{4}}\\sat \\d{{1,2}}:\\d\\d.[ap]\\.m\\.");
    // If a browser names no region of English, it says nothing about where the person lives,
    // whatever its other languages are.
    for (languages, wanted) in [
        (json!(["en"]), &british),
        (json!([]), &british),
        (json!(["en", "nl-NL"]), &british),
        (json!(["nl", "en"]), &british),
        (json!(["en-GB", "en"]), &british),
        (json!(["en-US", "en"]), &american),
        (json!(["en", "en-US"]), &american),
        (json!(["de-DE", "en-CA", "en-GB"]), &canadian),
    ] {
        page.open(&format!("{}?lang=en", page.lab.demo().await?.url))
            .await?;
        let tell = "Object.defineProperty(navigator, 'languages', { get: () => arguments[0] })";
        page.ask(tell, json!([languages])).await?;
        page.be("locked").await?;
        page.submit().await?;
        page.expect_step("locked").await?;
        let written = "const text = document.querySelector('.postern').innerText.replace(/[\\u2066-\\u2069]/g, '');
            return new RegExp(arguments[0], 'u').test(text) || text";
        let written = page.ask(written, json!([wanted])).await?;
        ensure!(
            written == json!(true),
            "where the browser has {languages} it is {written}"
        );
    }
    Ok(())
}

async fn numbers_and_addresses_stand_left_to_right(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    page.speak("ar").await?;
    let script = "return [getComputedStyle(document.querySelector('[id$=-code]')).direction,
        getComputedStyle(document.querySelector('.postern')).direction]";
    let directions = page.ask(script, json!([])).await?;
    ensure!(
        directions == json!(["ltr", "rtl"]),
        "code and page are written {directions}"
    );
    // The username is isolated from the words around it (Unicode UAX 9, isolates).
    let lead = "return document.querySelector('.postern-account').textContent";
    let lead = page.ask(lead, json!([])).await?;
    let lead = lead.as_str().unwrap_or_default();
    let isolated = |text: &str| {
        let inside = text.split(['\u{2066}', '\u{2068}']).skip(1);
        inside
            .filter_map(|part| part.split('\u{2069}').next())
            .any(|part| part.contains('@'))
    };
    ensure!(isolated(lead), "the username is not isolated in {lead:?}");
    let name = page.open_support().await?;
    ensure!(
        name.contains(NAME_OF_ADA),
        "the panel does not name {NAME_OF_ADA}: {name}"
    );
    Ok(())
}

async fn the_list_of_languages_is_drawn_by_no_toolkit(page: &Page) -> Result<()> {
    page.open_demo().await?;
    let script = "const list = document.querySelector('.postern-language select');
        const { appearance, backgroundColor, backgroundImage } = getComputedStyle(list);
        const chevron = getComputedStyle(list.parentElement, '::after');
        return [appearance, backgroundColor, backgroundImage, chevron.content, chevron.rotate, chevron.pointerEvents,
            chevron.borderBottomWidth, chevron.borderBottomStyle, parseFloat(chevron.width) > 5]";
    for (language, turned) in [("en", "45deg"), ("nl", "45deg"), ("ar", "-45deg")] {
        page.speak(language).await?;
        let found = page.ask(script, json!([])).await?;
        let wanted = json!([
            "none",
            "rgba(0, 0, 0, 0)",
            "none",
            "\"\"",
            turned,
            "none",
            "2px",
            "solid",
            true
        ]);
        ensure!(found == wanted, "in {language} the list has {found}");
    }
    Ok(())
}

async fn arabic_has_a_face_of_its_own(page: &Page) -> Result<()> {
    page.open_demo().await?;
    let script = "return ['.postern', '.postern h1', '.postern input', '.postern-button', '.postern-language select']
        .map(part => getComputedStyle(document.querySelector(part)).fontFamily.split(',')[0].replaceAll('\"', ''))";
    for language in tags() {
        page.speak(language).await?;
        let faces: Vec<String> = serde_json::from_value(page.ask(script, json!([])).await?)?;
        let wanted = if language == "ar" {
            "Noto Sans Arabic"
        } else {
            "system-ui"
        };
        ensure!(
            faces.iter().all(|face| face == wanted),
            "in {language} the first faces are {faces:?}"
        );
    }
    Ok(())
}

async fn the_name_of_the_list_is_in_one_line_however_narrow_the_page(page: &Page) -> Result<()> {
    page.open_demo().await?;
    let script = "const [text] = document.querySelector('.postern-language label').childNodes;
        const column = document.querySelector('.postern');
        const broken = [];
        for (let width = 100; width < 480; width += 20) {
            column.style.inlineSize = `${width}px`;
            const range = document.createRange();
            range.selectNodeContents(text);
            const lines = new Set([...range.getClientRects()].map(rect => Math.round(rect.top)));
            if (lines.size !== 1) broken.push([width, lines.size]);
        }
        column.style.inlineSize = '';
        return broken";
    for language in tags() {
        page.speak(language).await?;
        let broken = page.ask(script, json!([])).await?;
        ensure!(broken == json!([]), "in {language} the lines are {broken}");
    }
    Ok(())
}

/// Puts elements in the place of all texts, as browsers do when they translate a page. Returns
/// their number.
const TRANSLATE: &str = "const texts = document.createTreeWalker(document.querySelector('.postern'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
    for (const text of found) {
        if (text.parentElement.closest('select')) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.append(`[${text.data}]`);
        outer.append(inner);
        text.replaceWith(outer);
    }
    return document.querySelectorAll('.postern font > font').length";

async fn a_page_that_is_translated_is_said_anew_in_another_language(page: &Page) -> Result<()> {
    ways::to_code_by_mail(page, ADA).await?;
    for language in ["nl", "ar", "en"] {
        let translated = page.ask(TRANSLATE, json!([])).await?;
        ensure!(
            translated.as_u64().is_some_and(|texts| texts > 5),
            "{translated} texts were translated"
        );
        page.speak(language).await?;
        // Texts that are the same in both languages are not written again.
        let left = "return [...document.querySelectorAll('.postern font')].map(left => left.textContent.replace(/[[\\]]/g, ''))
            .filter(text => !['Contoso', 'Code'].includes(text))";
        page.expect_given("no text of before", left, &json!([]))
            .await?;
        for words in ["code-title-email", "code-label", "wizard-continue"] {
            page.expect_words(words).await?;
        }
    }
    // Timers and the person's actions still work.
    page.ask(TRANSLATE, json!([])).await?;
    ways::give_code(page, "").await?;
    page.expect_problem("code-empty").await?;
    ways::give_code(page, &page.code(Kind::Mail, 1).await?).await?;
    page.expect_step("password").await?;
    page.expect_words("password-title").await.map(drop)
}

//! The new password: rules that change while the person types, reasons for a refusal, and gates
//! that stay passed.

use anyhow::{Context as _, Result, ensure};
use postern_protocol::password::{Context, PasswordRules, Typed, checks};
use serde_json::json;

use super::ways;
use crate::{
    page::{Page, demo::Directory},
    people::{ADA, BRAM, GEORGE, NAME_OF_BRAM, PASSWORD, PHONE_OF_BRAM},
    test::{Test, claims},
};

/// A refused password, its message, and whether the rules on the page showed it before.
const REFUSED: [(&str, &str, bool); 27] = [
    ("", "password-empty", true),
    ("aB3$x", "password-too-short", true),
    ("        ", "password-repetition", false),
    ("🙂🙂🙂🙂🙂🙂🙂🙂🙂", "password-repetition", false),
    ("qwertyuiop1", "password-sequence", false),
    ("ضصثقفغعهخ", "password-sequence", false),
    ("२३४५६७८९", "password-sequence", false),
    ("!QAZ2wsx", "password-sequence", false),
    ("1!2@3#4$", "password-sequence", false),
    ("qqwweerrtt", "password-sequence", false),
    ("أبجدهوزح", "password-sequence", false),
    ("あいうえおかきく", "password-sequence", false),
    ("ㅂㅈㄷㄱㅅㅛㅕㅑ", "password-sequence", false),
    ("abc123def456", "password-sequence", false),
    ("x1x2x3x4", "password-sequence", false),
    ("reset-reset", "password-repetition", false),
    ("28 november 2026", "password-date", false),
    ("28. März 2026", "password-date", false),
    ("29 نوفمبر 2026", "password-date", false),
    ("28-11-2026", "password-date", false),
    ("٢٨/١١/٢٠٢٦", "password-date", false),
    (
        "Ada@contoso.example 1",
        "password-contains-identifier",
        true,
    ),
    // Her username contains the organisation's name too, and that message comes first.
    (
        "Ｃｏｎｔｏｓｏ-river-81",
        "password-contains-identifier",
        true,
    ),
    // Only the judge has these lists.
    ("Password123!", "password-banned", false),
    ("Portcullis", "password-banned-custom", false),
    ("ｗａｃｈｔｗｏｏｒｄ", "password-banned", false),
    ("كلمةالسر", "password-banned", false),
];

/// Passwords that engines and the judge decompose by their own tables: each breaks a rule that it
/// does not seem to break, or seems to break one.
const FOLDED: [&str; 36] = [
    // Letters that are wide, double-struck or small, or have marks that make another letter or
    // none.
    "Ｂｒａｍ－ｒｉｖｅｒ－81",
    "𝔹𝕣𝕒𝕞 river 81",
    "ᵇʳᵃᵐ River 81",
    "b\u{301}r\u{308}a\u{323}m River 81",
    "br\u{200d}a\u{ad}m River 81",
    "Br\u{e5}m river 81",
    "Bra\u{30a}m river 81",
    "Øresund 81 river",
    // Ligatures and sharp letters.
    "eﬃcient ﬂow 7 Ǆ",
    "ﬀﬀﬀﬀﬀ",
    "ßßßßßßßß",
    "ßẞßẞsSßẞ",
    "Straße 9 am See",
    // The two letters i of Turkish.
    "qwertyuıop",
    "QWERTYUİOP",
    "İstanbul ışığı 7",
    // Sigma, also at the end of a word.
    "ΣΣΣΣΣΣΣΣ",
    "σςσςσςσς",
    "ὈΔΥΣΣΕΎΣ 7 ᾳ",
    // Arabic: with vowel signs, and in presentation forms.
    "كَلِمَة ٣ السِرّ",
    "ﺿﺼﺜﻘﻔﻐﻌﻬﺨ",
    "ﷺﷺ",
    "بيتـــنا ٣٧",
    // Digits.
    "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
    "①②③④⑤⑥⑦⑧",
    "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
    "२८-११-२०२६",
    "Ⅷ Ⅸ ⅞ romans",
    // Emoji.
    "👨\u{200d}👩\u{200d}👧👨\u{200d}👩\u{200d}👧",
    "👍🏽👍🏽👍🏽👍🏽",
    "🦦 under 7 Lanterns",
    // Scripts with capitals, and one whose letters have parts.
    "ᲐᲑᲒᲓ აბგდ 7",
    "ᏣᎳᎩ ꮳꮃꭹ 7",
    "가나다라 \u{1100}\u{1161} 7",
    // Letters of Unicode 14 and 15.
    "ⰯⱟꟀꟁ 7 river",
    "𑼂𑽐𞓰𞓱 River",
];

pub(super) fn claims() -> Vec<Test> {
    claims!["passwords":
        rules_are_met_as_one_types,
        letters_and_digits_of_every_script_have_their_class,
        a_refused_password_gets_the_reason_and_costs_no_gate,
        a_password_can_be_shown_and_hidden,
        password_managers_are_told_whose_password_it_is,
        a_directory_that_does_not_answer_costs_no_gate,
        a_directory_that_does_not_let_us_write_says_so,
    ]
}

/// The claims that the service has to keep, and the claims that the demo cannot show: its page
/// contains the judge's tables of Unicode.
pub(super) fn claims_of_service() -> Vec<Test> {
    claims!["passwords":
        a_refused_password_gets_the_reason_and_costs_no_gate,
        what_is_shown_is_what_the_judge_finds,
    ]
}

/// Which of the rules that the page can check are met. One more line says what is checked later,
/// and is never ticked.
async fn rules_met(page: &Page) -> Result<Vec<bool>> {
    let script = "const rules = [...document.querySelectorAll('.postern-rule')];
        const isTold = rule => rule.querySelector('.postern-hidden') !== null;
        const isMet = rule => rule.classList.contains('postern-rule-met');
        const later = rules.filter(rule => !isTold(rule));
        if (later.length === 0 || later.some(isMet)) throw Error('what only the judge can tell is ticked');
        return rules.filter(isTold).map(isMet)";
    Ok(serde_json::from_value(page.ask(script, json!([])).await?)?)
}

async fn rules_are_met_as_one_types(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.expect_words("password-rule-common").await?;
    let met = || rules_met(page);
    let before = met().await?;
    ensure!(
        before.contains(&false),
        "all of {} rules are met by nothing",
        before.len()
    );
    page.type_into("password", PASSWORD).await?;
    let after = met().await?;
    ensure!(
        after.len() == before.len() && !after.contains(&false),
        "of the rules are met: {after:?}"
    );
    page.type_into("password", "a").await?;
    let short = met().await?;
    ensure!(short.contains(&false), "a single letter meets all rules");
    Ok(())
}

async fn letters_and_digits_of_every_script_have_their_class(page: &Page) -> Result<()> {
    ways::to_code_of_app_at_second_gate(page, BRAM, PHONE_OF_BRAM).await?;
    ways::give_code(page, &page.code_of_app().await?).await?;
    page.expect_step("password").await?;
    // Three of the four classes are required.
    for (password, has_three) in [
        ("ÉÄÜÖÂÊøåñ", false),
        ("سلامبيتنور٣٧", false),
        ("ÉÄÜÖÂÊøåñ٣", true),
        ("ßåøñçæœ⅞Σ", true),
        ("سلام بيتنا", false),
        ("سلام ٣٧ بيتنا", true),
    ] {
        page.type_into("password", password).await?;
        let met = rules_met(page).await?;
        ensure!(
            met.contains(&false) != has_three,
            "of the rules, {password:?} meets {met:?}"
        );
    }
    Ok(())
}

async fn what_is_shown_is_what_the_judge_finds(page: &Page) -> Result<()> {
    let rules = PasswordRules {
        classes_required: 3,
        ..PasswordRules::default()
    };
    let context = Context {
        identifier: NAME_OF_BRAM,
        ..Context::default()
    };
    ways::to_code_of_app_at_second_gate(page, BRAM, PHONE_OF_BRAM).await?;
    ways::give_code(page, &page.code_of_app().await?).await?;
    page.expect_step("password").await?;
    let mut differing = Vec::new();
    for password in FOLDED {
        // Not by keys: drivers have no keys for characters beyond the first plane of Unicode.
        page.paste_into("password", password).await?;
        let typed = Typed {
            composed: password,
            foldable: password,
            classes: password,
        };
        let judged: Vec<bool> = checks(typed, &rules, &context)
            .iter()
            .map(|check| check.met)
            .collect();
        let shown = rules_met(page).await?;
        if shown != judged {
            differing.push(format!("{password:?}: shown {shown:?}, judged {judged:?}"));
        }
    }
    ensure!(differing.is_empty(), "{}", differing.join("\n"));
    Ok(())
}

async fn a_refused_password_gets_the_reason_and_costs_no_gate(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    for (password, reason, is_told_before) in REFUSED {
        page.type_into("password", password).await?;
        let met = rules_met(page).await?;
        ensure!(
            met.contains(&false) == is_told_before,
            "of the rules, {password:?} meets {met:?}"
        );
        page.submit().await?;
        let state = page
            .expect_problem(reason)
            .await
            .with_context(|| format!("for {password:?}"))?;
        let said = &state.problems;
        ensure!(said.len() == 1, "of {password:?} is said {said:?}");
    }
    page.expect_words("password-gates-kept").await?;
    ways::set_password(page).await
}

async fn a_password_can_be_shown_and_hidden(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    page.type_into("password", PASSWORD).await?;
    let kind = async || {
        anyhow::Ok(
            page.field("password")
                .await?
                .attr("type")
                .await?
                .unwrap_or_default(),
        )
    };
    ensure!(kind().await? == "password", "it is visible at first");
    page.press("password-show-short").await?;
    page.expect_words("password-visible").await?;
    ensure!(kind().await? == "text", "it is still hidden");
    ensure!(
        page.value_of("password").await? == PASSWORD,
        "what was typed is gone"
    );
    page.press("password-hide-short").await?;
    page.expect_words("password-hidden").await?;
    ensure!(kind().await? == "password", "it is still visible");
    Ok(())
}

async fn password_managers_are_told_whose_password_it_is(page: &Page) -> Result<()> {
    ways::to_password(page, ADA).await?;
    let script = "const form = document.querySelector('.postern-step form');
        return [...form.querySelectorAll('input')].map(field => [field.autocomplete, field.name, field.value])";
    let fields = page.ask(script, json!([])).await?;
    let wanted = json!([
        ["username", "username", crate::people::NAME_OF_ADA],
        ["new-password", "new-password", ""]
    ]);
    ensure!(fields == wanted, "the fields are {fields}");
    Ok(())
}

async fn a_directory_that_does_not_answer_costs_no_gate(page: &Page) -> Result<()> {
    ways::to_password(page, GEORGE).await?;
    page.set_directory(Directory::Unreachable).await?;
    page.type_into("password", PASSWORD).await?;
    page.submit().await?;
    page.expect_problem("password-directory-unreachable")
        .await?;
    page.set_directory(Directory::Healthy).await?;
    ways::set_password(page).await
}

async fn a_directory_that_does_not_let_us_write_says_so(page: &Page) -> Result<()> {
    ways::to_password(page, GEORGE).await?;
    page.set_directory(Directory::Misconfigured).await?;
    page.type_into("password", PASSWORD).await?;
    page.submit().await?;
    page.expect_problem("password-directory-misconfigured")
        .await
        .map(drop)
}

//! The first step as plain HTML, in the page before any script runs. It paints from the first
//! response, in the person's language. The wizard then takes it over without a layout shift.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use postern_locale::REFERENCE;
use serde_json::{Map, Value, json};

use crate::{
    catalogs::{self, Catalogs, Compiled, File, marks::FIRST_PARAMETER},
    html,
};

/// Marks for the step, for its script, and for the texts that the page shows without scripts and if
/// the wizard does not start.
const STEP: &str = "<!--postern:first-step-->";
const SCRIPT: &str = "<!--postern:first-script-->";
const NO_SCRIPT: &str = "<!--postern:no-script-->";
const NO_START: &str = "<!--postern:no-start-->";

/// The message that is the heading of the step.
const TITLE: &str = "identify-title";
/// Messages that the script uses and the step does not.
const SCRIPT_WORDS: [&str; 1] = ["identify-working"];

/// The group of the wizard's words, and that of the plain page without any script. No script
/// fetches the words of the latter.
const RESET: &str = "reset";
const PAGE: &str = "page";
/// The characters around a code, as in `crates/kit/src/words/catalog.rs`.
const ISOLATES: [char; 2] = ['\u{2066}', '\u{2069}'];

/// Writes the first step of a folder into a page whose other files are at `base`, with its words in
/// every language and the script that chooses among them.
///
/// # Errors
/// When its words or its place in the page cannot be found.
pub(crate) fn fill(folder: &Path, html: &mut String, base: &str, script: &str) -> Result<()> {
    let template = fs::read_to_string(folder.join("first_step.html"))?;
    let catalogs = catalogs::compile()?;
    let data = data(&template, &catalogs, base)?;
    for (mark, text) in [
        (STEP, step(&template, &catalogs)?),
        (SCRIPT, format!("{data}\n{script}")),
        (NO_SCRIPT, instead(&catalogs, "no-script", None)?),
        (
            NO_START,
            instead(&catalogs, "no-start", Some("no-start-again"))?,
        ),
    ] {
        ensure!(html.contains(mark), "the page has no {mark}");
        *html = html.replace(mark, text.trim_end());
    }
    Ok(())
}

/// The heading of the first step, by what a page may ask for, as JSON.
///
/// # Errors
/// When a language lacks the message.
pub(crate) fn titles() -> Result<String> {
    let catalogs = catalogs::compile()?;
    let titles = catalogs::ranges().into_iter().map(|(range, tag)| {
        let compiled = real(&catalogs)
            .find(|compiled| compiled.language.tag == tag)
            .context("a range means a language that there is")?;
        let title = words(&catalogs, compiled, RESET, TITLE, None)?;
        Ok((range, Value::from(title)))
    });
    Ok(serde_json::to_string(
        &titles.collect::<Result<Map<_, _>>>()?,
    )?)
}

/// The step in the reference language.
fn step(template: &str, catalogs: &Catalogs) -> Result<String> {
    let english = real(catalogs)
        .find(|compiled| compiled.language.tag == REFERENCE.tag)
        .context("there is a reference language")?;
    let options = real(catalogs).map(|compiled| {
        let language = compiled.language;
        let selected = if language.tag == REFERENCE.tag {
            " selected"
        } else {
            ""
        };
        format!(
            "<option value=\"{0}\" lang=\"{0}\"{selected}>{1}</option>",
            language.tag,
            escape(language.name)
        )
    });
    let mut step = template.replace("{{languages}}", &options.collect::<String>());
    for (key, code) in spoken(template)? {
        let words = words(catalogs, english, RESET, &key, code.as_deref())?;
        step = step.replace(&format!("{{{{{key}}}}}"), &escape(&words));
    }
    ensure!(
        !step.contains("{{"),
        "first_step.html has words without the attribute data-word"
    );
    Ok(step)
}

/// The ranges that mean each language, and the words of the step in every language by its tag, with
/// its direction and the file of its other words.
fn data(template: &str, catalogs: &Catalogs, base: &str) -> Result<String> {
    let mut languages = Map::new();
    let spoken = spoken(template)?;
    for compiled in real(catalogs) {
        let mut said = Map::new();
        said.insert("lang".to_owned(), Value::from(compiled.language.tag));
        said.insert(
            "dir".to_owned(),
            Value::from(compiled.language.direction.as_str()),
        );
        said.insert(
            "file".to_owned(),
            Value::from(format!("{base}{}", file(catalogs, compiled, RESET)?.name())),
        );
        let script = SCRIPT_WORDS.map(|key| (key.to_owned(), None));
        for (key, code) in spoken.iter().cloned().chain(script) {
            let words = words(catalogs, compiled, RESET, &key, code.as_deref())?;
            said.insert(key, Value::from(words));
        }
        languages.insert(compiled.language.tag.to_owned(), Value::from(said));
    }
    // No word may end the element.
    let data = json!({ "ranges": catalogs::ranges(), "languages": languages });
    let json = data.to_string().replace('<', "\\u003c");
    Ok(format!(
        "<script type=\"application/json\" id=\"postern-first-words\">{json}</script>"
    ))
}

/// The text that replaces the wizard, in every language. It has a link that reloads the page if
/// there are words for one.
fn instead(catalogs: &Catalogs, key: &str, again: Option<&str>) -> Result<String> {
    let sections = real(catalogs).map(|compiled| {
        let say =
            |key: &str| words(catalogs, compiled, PAGE, key, None).map(|words| escape(&words));
        let (title, body) = (say(&format!("{key}-title"))?, say(&format!("{key}-body"))?);
        // An empty reference means this page, in a frame too. The frame's other links open outside
        // of it.
        let link = again.map(|again| anyhow::Ok(format!("<a class=\"postern-button\" href=\"\" target=\"_self\">{}</a>", say(again)?)));
        let link = link.transpose()?.unwrap_or_default();
        let (tag, direction) = (compiled.language.tag, compiled.language.direction.as_str());
        Ok(format!(
            "<section lang=\"{tag}\" dir=\"{direction}\"><h2>{title}</h2><p>{body}</p>{link}</section>"
        ))
    });
    Ok(sections.collect::<Result<Vec<_>>>()?.join("\n"))
}

/// The languages for people, without the pseudo-locale.
fn real(catalogs: &Catalogs) -> impl Iterator<Item = &Compiled> {
    catalogs
        .languages
        .iter()
        .filter(|compiled| !compiled.language.is_pseudo())
}

/// The messages of the step, each with the code that replaces its placeholder, if it has one.
fn spoken(template: &str) -> Result<Vec<(String, Option<String>)>> {
    let mut spoken = Vec::new();
    for element in ["button", "h1", "label", "p", "span"] {
        for tag in html::tags(template, element) {
            if let Some(key) = tag.attribute("data-word") {
                spoken.push((
                    key.to_owned(),
                    tag.attribute("data-word-code").map(str::to_owned),
                ));
            }
        }
    }
    let attributes = template.matches(" data-word=").count();
    ensure!(
        spoken.len() == attributes,
        "first_step.html has words in an element that xtask does not read"
    );
    Ok(spoken)
}

/// The words of a group in a language.
fn file<'a>(catalogs: &Catalogs, compiled: &'a Compiled, group: &str) -> Result<&'a File> {
    compiled.file(group).with_context(|| {
        let groups = catalogs.groups.join(", ");
        format!("there are words of {groups}, but not of {group}")
    })
}

/// A message of a language, with a code in place of its placeholder.
fn words(
    catalogs: &Catalogs,
    compiled: &Compiled,
    group: &str,
    key: &str,
    code: Option<&str>,
) -> Result<String> {
    let keys = catalogs
        .reference
        .iter()
        .filter(|message| message.group == group)
        .map(|message| message.key.as_str());
    let (_, line) = keys
        .zip(file(catalogs, compiled, group)?.text.lines())
        .find(|(other, _)| *other == key)
        .with_context(|| format!("no catalog has a message {key}"))?;
    let words = match code {
        Some(code) => line.replace(
            FIRST_PARAMETER,
            &format!("{}{code}{}", ISOLATES[0], ISOLATES[1]),
        ),
        None => line.to_owned(),
    };
    ensure!(
        !words.chars().any(char::is_control),
        "{key} has placeholders that plain HTML cannot fill"
    );
    Ok(words)
}

fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{data, instead, real, spoken, step};
    use crate::catalogs;

    const TEMPLATE: &str = "<p data-word=\"identify-hint\">{{identify-hint}}</p>\
        <button data-word=\"support-code\" data-word-code=\"…\">{{support-code}}</button><select>{{languages}}</select>";

    #[test]
    fn the_step_is_filled_with_english_and_offers_every_language_that_people_read() {
        let catalogs = catalogs::compile().expect("the catalogs compile");
        let step = step(TEMPLATE, &catalogs).expect("the template has a word for each mark");
        assert!(
            step.starts_with("<p data-word=\"identify-hint\">Enter"),
            "{step}"
        );
        assert!(
            step.contains(">Support code \u{2066}…\u{2069}</button>"),
            "{step}"
        );
        assert!(
            step.contains(
                "<option value=\"en\" lang=\"en\" selected>English</option><option value=\"nl\""
            ),
            "{step}"
        );
        assert_eq!(step.matches("<option").count(), real(&catalogs).count());
    }

    #[test]
    fn a_mark_without_its_attribute_is_refused() {
        let catalogs = catalogs::compile().expect("the catalogs compile");
        assert!(step("<p>{{identify-hint}}</p>", &catalogs).is_err());
        assert!(
            step(
                "<p data-word=\"identify-nothing\">{{identify-nothing}}</p>",
                &catalogs
            )
            .is_err()
        );
        assert!(
            step(
                "<p data-word=\"support-code\">{{support-code}}</p>",
                &catalogs
            )
            .is_err()
        );
        assert!(spoken("<i data-word=\"identify-hint\">{{identify-hint}}</i>").is_err());
    }

    #[test]
    fn the_script_gets_every_word_of_the_step_in_every_language() {
        let catalogs = catalogs::compile().expect("the catalogs compile");
        let data = data(TEMPLATE, &catalogs, "./").expect("every language has the words");
        let json = data
            .split_once('>')
            .and_then(|(_, rest)| rest.strip_suffix("</script>"))
            .expect("it is a script");
        let languages: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
        for compiled in real(&catalogs) {
            let words = &languages["languages"][compiled.language.tag];
            assert_eq!(words["dir"], compiled.language.direction.as_str());
            let range = compiled.language.tag.to_lowercase();
            assert_eq!(languages["ranges"][range], compiled.language.tag);
            for key in ["file", "identify-hint", "identify-working", "support-code"] {
                assert!(
                    words[key].as_str().is_some_and(|words| !words.is_empty()),
                    "{key}: {words}"
                );
            }
        }
    }

    #[test]
    fn without_a_script_the_page_speaks_every_language_in_its_own_direction() {
        let catalogs = catalogs::compile().expect("the catalogs compile");
        let said = instead(&catalogs, "no-script", None).expect("every language has the words");
        assert!(
            said.contains("<section lang=\"ar\" dir=\"rtl\"><h2>"),
            "{said}"
        );
        assert_eq!(said.matches("<section").count(), 4);
        assert!(!said.contains("<a "), "{said}");
    }

    #[test]
    fn a_page_that_did_not_start_can_be_loaded_again_in_every_language() {
        let catalogs = catalogs::compile().expect("the catalogs compile");
        let said = instead(&catalogs, "no-start", Some("no-start-again"))
            .expect("every language has the words");
        assert_eq!(said.matches(" href=\"\"").count(), 4, "{said}");
    }
}

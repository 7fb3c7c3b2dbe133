//! What came along when an identifier was copied or typed, and can only be that.

use alloc::string::String;

use postern_protocol::ProblemKind;

use super::fold::is_ignorable;

/// More characters than that are not looked at: the longest identifier, and a name and an address scheme around it.
const LOOKED_AT_MAX: usize = 1_000;

/// What an address in a link begins with (RFC 6068).
const SCHEME: &str = "mailto:";

/// Begins what surrounds an identifier in a text.
const OPENING: &str = "\"'`´«»‹›“”„‟‘’‚‛＂＇([{<（［｛＜「『《〈【";

/// Ends it.
const CLOSING: &str = "\"'`´«»‹›“”„‟‘’‚‛＂＇)]}>）］｝＞」』》〉】";

/// Stands between an identifier and the rest of a text.
const PUNCTUATION: &str = ".,;:!?…。．｡，､、；：！？،؛؟۔।";

/// Without what can only be noise; the rest as typed.
///
/// # Errors
///
/// [`ProblemKind::IdentifierEmpty`] where nothing is left, [`ProblemKind::IdentifierTooLong`], or
/// [`ProblemKind::IdentifierMalformed`] where what is left can be read in more than one way.
pub(super) fn cleaned(typed: &str) -> Result<String, ProblemKind> {
    let visible = typed
        .trim()
        .chars()
        .filter_map(|character| match character {
            _ if character.is_whitespace() => Some(' '),
            _ if character.is_control() || is_ignorable(character) => None,
            _ => Some(character),
        });
    // One more than is looked at is enough to know that it is too long, however much was sent.
    let visible: String = visible.take(LOOKED_AT_MAX + 1).collect();
    if visible.chars().count() > LOOKED_AT_MAX {
        return Err(ProblemKind::IdentifierTooLong);
    }
    let bare = unwrapped(&visible);
    if bare.is_empty() {
        return Err(ProblemKind::IdentifierEmpty);
    }
    without_blanks(bare)
}

/// Whether a character divides name and domain, in any width.
pub(super) const fn is_at(character: char) -> bool {
    matches!(character, '@' | '＠' | '﹫')
}

/// Whether a character divides realm and name, in any width.
pub(super) const fn is_backslash(character: char) -> bool {
    matches!(character, '\\' | '＼' | '﹨')
}

/// Takes off what surrounds it, from the outside in.
fn unwrapped(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text;
        text = without_scheme(text);
        text = text.trim_matches(|character: char| {
            character.is_whitespace() || PUNCTUATION.contains(character)
        });
        text = in_brackets(text);
        text = text.trim_start_matches(|character| OPENING.contains(character));
        text = text.trim_end_matches(|character| CLOSING.contains(character));
        // Half an address is a name: where it belongs was left out.
        text = text
            .strip_suffix(is_at)
            .filter(|name| !name.contains(is_at))
            .unwrap_or(text);
        if text.len() == before.len() {
            return text;
        }
    }
}

/// The address in `Ada Birch <ada@contoso.example>`.
fn in_brackets(text: &str) -> &str {
    let is_opening = |character| matches!(character, '<' | '＜');
    let inside = text.strip_suffix(['>', '＞']);
    let inside = inside.and_then(|inside| inside.rsplit_once(is_opening));
    inside.map_or(text, |(_, inside)| inside)
}

/// The address in `mailto:ada@contoso.example?subject=…`.
fn without_scheme(text: &str) -> &str {
    match text.split_at_checked(SCHEME.len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case(SCHEME) => {
            rest.split_once('?').map_or(rest, |(address, _)| address)
        }
        Some(_) | None => text,
    }
}

/// Takes out the blanks of a domain, and those beside what is no letter: a keyboard has put them there.
///
/// # Errors
///
/// [`ProblemKind::IdentifierMalformed`] where words are left that a blank divides, and where there is more than one `@`.
fn without_blanks(text: &str) -> Result<String, ProblemKind> {
    let name_ends = text.find(is_at).unwrap_or(text.len());
    let (name, domain) = text.split_at(name_ends);
    if domain.chars().filter(|character| is_at(*character)).count() > 1 {
        return Err(ProblemKind::IdentifierMalformed);
    }
    let mut left = String::with_capacity(text.len());
    let mut words = name
        .split(char::is_whitespace)
        .filter(|word| !word.is_empty());
    left.extend(words.next());
    for word in words {
        let is_joint = |character: Option<char>| {
            character.is_none_or(|character| !character.is_alphanumeric())
        };
        if !is_joint(left.chars().next_back()) && !is_joint(word.chars().next()) {
            return Err(ProblemKind::IdentifierMalformed);
        }
        left.push_str(word);
    }
    left.extend(domain.split(char::is_whitespace));
    Ok(left)
}

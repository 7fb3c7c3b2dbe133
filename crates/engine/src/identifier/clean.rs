//! Removes from an identifier what a person copied or typed along, and only that.

use alloc::string::String;

use postern_protocol::ProblemKind;

use super::fold::{fold, is_ignorable};

/// The maximum number of characters to process: the longest identifier, with a name and an address
/// scheme around it.
const LOOKED_AT_MAX: usize = 1_000;

/// The beginnings of an address in a link or in a directory's `proxyAddresses` (RFC 6068, RFC 3261
/// section 19.1, RFC 7565).
const SCHEMES: [&str; 7] = ["mailto", "smtp", "sip", "sips", "acct", "xmpp", "im"];

/// The labels that forms, mails and exports write before an identifier, folded and with letters and
/// digits alone: in the four languages of the wizard and in Chinese, and the attribute names of
/// directories.
const LABELS: [&str; 51] = [
    "account",
    "accountname",
    "address",
    "email",
    "emailaddress",
    "id",
    "identifier",
    "login",
    "loginname",
    "mail",
    "mailaddress",
    "name",
    "primarysmtpaddress",
    "proxyaddresses",
    "samaccountname",
    "signin",
    "signinname",
    "upn",
    "user",
    "userid",
    "username",
    "userprincipalname",
    "anmeldename",
    "benutzer",
    "benutzerkennung",
    "benutzername",
    "emailadresse",
    "kennung",
    "konto",
    "mailadresse",
    "aanmeldnaam",
    "emailadres",
    "gebruiker",
    "gebruikersnaam",
    "inlognaam",
    "mailadres",
    "اسمالدخول",
    "اسمالمستخدم",
    "البريد",
    "البريدالإلكتروني",
    "الحساب",
    "المستخدم",
    "بريدإلكتروني",
    "用户名",
    "用户",
    "登录名",
    "账号",
    "邮箱",
    "邮箱地址",
    "邮件",
    "电子邮件",
];

/// The last letter of Latin, apart from the letters of phonetics and of Vietnamese.
const LATIN_LAST: char = '\u{24f}';

/// The opening signs around an identifier in a text.
const OPENING: &str = "\"'`´«»‹›“”„‟‘’‚‛＂＇([{<（［｛＜「『《〈【";

/// The closing signs around an identifier in a text.
const CLOSING: &str = "\"'`´«»‹›“”„‟‘’‚‛＂＇)]}>）］｝＞」』》〉】";

/// The signs between an identifier and the rest of a text.
const PUNCTUATION: &str = ".,;:!?…。．｡，､、；：！？،؛؟۔।";

/// The signs at the beginning of a line of a list. No name contains one of them. [`SIGNS`] has
/// those that can be part of a name.
const BULLETS: &str = "•‣⁃◦∙·●○▪▫■□▶►▸➤➔→✓✔☑☐✉📧‒–—―";

/// Signs that begin a line of a list if a blank follows. Otherwise they can be part of a name.
const SIGNS: &str = "-*+~#|>=/";

/// Spellings of an `@` that hide an address from programs, or that links and pages use.
const SPELT_ATS: [&str; 10] = [
    "(at)", "[at]", "{at}", "<at>", "（at）", "【at】", "%40", "&#64;", "&#x40;", "&commat;",
];

/// Spellings of a full stop, in texts whose `@` has such a spelling.
const SPELT_DOTS: [&str; 5] = ["(dot)", "[dot]", "{dot}", "<dot>", "（dot）"];

/// The text without what can only be noise. The rest stays as typed.
///
/// # Errors
///
/// [`ProblemKind::IdentifierEmpty`] if nothing is left, [`ProblemKind::IdentifierTooLong`], or
/// [`ProblemKind::IdentifierMalformed`] if the rest has more than one possible reading.
pub(super) fn cleaned(typed: &str) -> Result<String, ProblemKind> {
    let visible = typed
        .trim()
        .chars()
        .filter_map(|character| match character {
            _ if character.is_whitespace() => Some(' '),
            _ if character.is_control() || is_ignorable(character) => None,
            _ => Some(character),
        });
    // One character more than the limit is enough to know that the text is too long.
    let visible: String = visible.take(LOOKED_AT_MAX + 1).collect();
    if visible.chars().count() > LOOKED_AT_MAX {
        return Err(ProblemKind::IdentifierTooLong);
    }
    let visible = with_at(visible);
    let bare = unwrapped(&visible);
    if bare.is_empty() {
        return Err(ProblemKind::IdentifierEmpty);
    }
    without_blanks(bare)
}

/// Whether a character separates name and domain, in any width.
pub(super) const fn is_at(character: char) -> bool {
    matches!(character, '@' | '＠' | '﹫')
}

/// Whether a character separates realm and name, in any width.
pub(super) const fn is_backslash(character: char) -> bool {
    matches!(character, '\\' | '＼' | '﹨')
}

/// Removes what surrounds the identifier, from the outside in.
fn unwrapped(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text;
        text = without_bullets(text);
        text = without_label(text);
        text = text.trim_matches(|character: char| {
            character.is_whitespace() || PUNCTUATION.contains(character)
        });
        text = in_brackets(text);
        text = text.trim_start_matches(|character| OPENING.contains(character));
        text = text.trim_end_matches(|character| CLOSING.contains(character));
        // An address that ends in `@` is a name: its domain is missing.
        text = text
            .strip_suffix(is_at)
            .filter(|name| !name.contains(is_at))
            .unwrap_or(text);
        if text.len() == before.len() {
            return text;
        }
    }
}

/// Replaces the `@` of `ada [at] contoso [dot] example` and `ada%40contoso.example`, if there is no
/// other.
fn with_at(text: String) -> String {
    if text.contains(is_at) {
        return text;
    }
    let mut spelt = SPELT_ATS
        .iter()
        .filter(|spelt| places(&text, spelt).count() > 0);
    let first = spelt.next();
    let first = first.filter(|spelt| places(&text, spelt).count() == 1);
    match (first, spelt.next()) {
        (Some(spelt), None) => {
            let text = replaced(&text, spelt, "@");
            let dots = SPELT_DOTS.iter();
            dots.fold(text, |text, spelt| replaced(&text, spelt, "."))
        }
        _ => text,
    }
}

/// The positions of a spelling in a text, in upper or lower case.
fn places(text: &str, spelt: &str) -> impl Iterator<Item = usize> {
    let is_there = |at: &usize| {
        let there = text.as_bytes().get(*at..at + spelt.len());
        there.is_some_and(|there| there.eq_ignore_ascii_case(spelt.as_bytes()))
    };
    (0..text.len()).filter(is_there)
}

fn replaced(text: &str, spelt: &str, by: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for at in places(text, spelt) {
        left.push_str(&text[from..at]);
        left.push_str(by);
        from = at + spelt.len();
    }
    left.push_str(&text[from..]);
    left
}

/// Removes the signs at the beginning of a list's line, and the separate signs after a name.
fn without_bullets(text: &str) -> &str {
    let text = text.trim_matches(|it: char| it.is_whitespace() || BULLETS.contains(it));
    let text = match text.split_once(' ') {
        Some((word, rest)) if is_of_signs(word) || is_numbering(word) => rest,
        _ => text,
    };
    match text.rsplit_once(' ') {
        Some((rest, word)) if is_of_signs(word) => rest,
        _ => text,
    }
}

/// Whether a word has no letter, no digit and no `@`.
fn is_of_signs(word: &str) -> bool {
    let is_sign = |it: char| {
        let is_other = !it.is_ascii() && !it.is_alphanumeric();
        SIGNS.contains(it) || (is_other && !is_at(it) && !is_backslash(it))
    };
    !word.is_empty() && word.chars().all(is_sign)
}

/// Whether a word is `1)`, `(12)`, `[3]` or `a)`. A letter with a full stop alone can be part of a
/// name: `b. birch`.
fn is_numbering(word: &str) -> bool {
    let inside = word.strip_suffix([')', ']', '）', '］']);
    let inside = inside.map(|it| it.trim_start_matches(['(', '[', '（', '［']));
    let inside = inside.map(|it| it.trim_end_matches('.'));
    inside.is_some_and(|it| {
        let mut signs = it.chars();
        let is_digits = it.chars().all(char::is_numeric) && it.chars().count() <= 3;
        let is_letter = signs.next().is_some_and(char::is_alphabetic) && signs.next().is_none();
        !it.is_empty() && (is_digits || is_letter)
    })
}

/// The address in `Ada Birch <ada@contoso.example>`.
fn in_brackets(text: &str) -> &str {
    let is_opening = |character| matches!(character, '<' | '＜');
    let inside = text.strip_suffix(['>', '＞']);
    let inside = inside.and_then(|inside| inside.rsplit_once(is_opening));
    inside.map_or(text, |(_, inside)| inside)
}

/// The identifier in `Email: ada@contoso.example`, `UPN = ada@contoso.example` and
/// `mailto:ada@contoso.example?subject=…`.
///
/// Unknown words count as a label if they cannot be part of a name: several words, or a word of
/// another script than the identifier.
fn without_label(text: &str) -> &str {
    let Some((label, divider, rest)) = labelled(text) else {
        return text;
    };
    let word: String = fold(label)
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect();
    let has_address = rest.contains(is_at);
    let is_words = has_address && label.trim().contains(char::is_whitespace);
    let is_ascii = |text: &str| text.chars().all(|it| it.is_ascii() || is_at(it));
    let is_of_other_script =
        !word.is_empty() && word.chars().all(|it| it > LATIN_LAST) && is_ascii(rest);
    if SCHEMES.contains(&word.as_str()) {
        without_parameters(rest.trim_start_matches('/'))
    } else if LABELS.contains(&word.as_str())
        || (is_colon(divider) && (is_words || is_of_other_script))
    {
        // The signs that made the label bold.
        rest.trim_start_matches(['*', ' '])
    } else {
        text
    }
}

/// The parts before and after the first colon, equals sign, or dash between blanks, and the sign
/// itself. Of these, only the equals sign can be in the name of an account. The function searches
/// only before the `@`.
fn labelled(text: &str) -> Option<(&str, char, &str)> {
    let name = text.split(is_at).next().unwrap_or(text);
    let is_apart = |place: usize, sign: char| {
        let (before, behind) = (&text[..place], &text[place + sign.len_utf8()..]);
        before.ends_with(' ') && behind.starts_with(' ')
    };
    let (place, divider) = name.char_indices().find(|(place, sign)| match sign {
        '=' | '＝' => true,
        '-' | '\u{2010}'..='\u{2015}' => is_apart(*place, *sign),
        sign => is_colon(*sign),
    })?;
    let rest = &text[place + divider.len_utf8()..];
    Some((&text[..place], divider, rest))
}

/// A colon of any width. The name of an account never contains one.
const fn is_colon(character: char) -> bool {
    matches!(character, ':' | '：' | '﹕' | '︓')
}

/// The address in `ada@contoso.example?subject=…` and `ada@contoso.example;transport=tls`.
fn without_parameters(text: &str) -> &str {
    let text = text.split('?').next().unwrap_or(text);
    let address = text.split_once(';');
    address
        .filter(|(_, parameters)| !parameters.contains(is_at))
        .map_or(text, |(address, _)| address)
}

/// Removes the blanks of a domain, and the blanks next to a character that is not a letter: a
/// keyboard has inserted them.
///
/// # Errors
///
/// [`ProblemKind::IdentifierMalformed`] if a blank still divides words, or follows a number, and if
/// there is more than one `@`.
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
    // `1. ada` and `1 - ada` can be a line of a list or a name.
    let is_number = left.trim_end_matches('.').chars().all(char::is_numeric);
    for word in words {
        if is_number {
            return Err(ProblemKind::IdentifierMalformed);
        }
        let is_joint = |character: Option<char>| {
            character.is_none_or(|character| !character.is_alphanumeric() && character != '=')
        };
        if !is_joint(left.chars().next_back()) && !is_joint(word.chars().next()) {
            return Err(ProblemKind::IdentifierMalformed);
        }
        left.push_str(word);
    }
    left.extend(domain.split(char::is_whitespace));
    Ok(left)
}

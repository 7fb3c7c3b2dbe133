//! What came along when an identifier was copied or typed, and can only be that.

use alloc::string::String;

use postern_protocol::ProblemKind;

use super::fold::{fold, is_ignorable};

/// More characters than that are not looked at: the longest identifier, and a name and an address
/// scheme around it.
const LOOKED_AT_MAX: usize = 1_000;

/// What an address in a link or in a directory's `proxyAddresses` begins with (RFC 6068, RFC 3261
/// section 19.1, RFC 7565).
const SCHEMES: [&str; 7] = ["mailto", "smtp", "sip", "sips", "acct", "xmpp", "im"];

/// What forms, mails and exports write before an identifier, folded and with letters and digits
/// alone: in the four languages of the wizard and in Chinese, and as directories name the
/// attribute.
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

/// The last letter of Latin, but for those of phonetics and of Vietnamese beside it.
const LATIN_LAST: char = '\u{24f}';

/// Begins what surrounds an identifier in a text.
const OPENING: &str = "\"'`´«»‹›“”„‟‘’‚‛＂＇([{<（［｛＜「『《〈【";

/// Ends it.
const CLOSING: &str = "\"'`´«»‹›“”„‟‘’‚‛＂＇)]}>）］｝＞」』》〉】";

/// Stands between an identifier and the rest of a text.
const PUNCTUATION: &str = ".,;:!?…。．｡，､、；：！？،؛؟۔।";

/// Begins a line of a list. None of them is in a name, but for those that a blank has to follow:
/// [`SIGNS`].
const BULLETS: &str = "•‣⁃◦∙·●○▪▫■□▶►▸➤➔→✓✔☑☐✉📧‒–—―";

/// Does so where a blank follows, and may be a part of a name otherwise.
const SIGNS: &str = "-*+~#|>=/";

/// How an `@` is written so that no program takes an address for one, or as links and pages have
/// it.
const SPELT_ATS: [&str; 10] = [
    "(at)", "[at]", "{at}", "<at>", "（at）", "【at】", "%40", "&#64;", "&#x40;", "&commat;",
];

/// The same of a full stop, where the `@` is written so too.
const SPELT_DOTS: [&str; 5] = ["(dot)", "[dot]", "{dot}", "<dot>", "（dot）"];

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
    let visible = with_at(visible);
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
        text = without_bullets(text);
        text = without_label(text);
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

/// With the `@` of `ada [at] contoso [dot] example` and `ada%40contoso.example`, where there is no
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

/// Where something is written in a text, in capitals or not.
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

/// Takes off what a list has before its lines, and what stands apart behind a name.
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

/// Whether no letter, digit or `@` is in a word.
fn is_of_signs(word: &str) -> bool {
    let is_sign = |it: char| {
        let is_other = !it.is_ascii() && !it.is_alphanumeric();
        SIGNS.contains(it) || (is_other && !is_at(it) && !is_backslash(it))
    };
    !word.is_empty() && word.chars().all(is_sign)
}

/// Whether a word is `1)`, `(12)`, `[3]` or `a)`. A full stop alone may be one of a name:
/// `b. birch`.
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
/// Words that are not known are a label where they can be no part of a name: several of them, or of
/// another script than it.
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
        // What made the label bold.
        rest.trim_start_matches(['*', ' '])
    } else {
        text
    }
}

/// What stands before and behind the first colon, equals sign, or dash between blanks, and which it
/// is. None is in the name of an account but the second, and none is looked for behind the `@`.
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

/// A colon of any width. There is none in the name of an account.
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

/// Takes out the blanks of a domain, and those beside what is no letter: a keyboard has put them
/// there.
///
/// # Errors
///
/// [`ProblemKind::IdentifierMalformed`] where words are left that a blank divides, a number before
/// one among them, and where there is more than one `@`.
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
    // `1. ada` and `1 - ada` are a line of a list as well as a name.
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

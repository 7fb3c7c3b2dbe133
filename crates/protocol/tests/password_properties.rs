//! Properties of the password rules that hold for any password and any lists.
//!
//! The alphabet of most properties is small, so that terms, edits and overlaps occur often.

use postern_protocol::password::{
    BannedList, Check, Context, CustomTerms, Evaluation, NewPassword, PasswordRefusal,
    PasswordRules, Rule, SCORE_REQUIRED, TERM_LENGTH_MIN, TermList, Typed, checks, evaluate, judge,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use unicode_normalization::UnicodeNormalization;

proptest! {
    #[test]
    fn no_text_makes_it_panic(typed in any::<String>(), identifier in any::<String>(), name in any::<String>()) {
        let names = [name.as_str()];
        let context = Context { identifier: &identifier, names: &names, tenant: &names, ..Context::default() };
        page(&typed, PasswordRules::reference(), &context);
        if let Ok(password) = NewPassword::parse(&typed) {
            judge(&password, &PasswordRules::reference(), &context);
        }
    }

    #[test]
    fn the_score_is_that_of_the_slow_and_obvious_way(typed in "[abc]{0,12}", terms in terms()) {
        let evaluation = score(&typed, &terms);
        prop_assert_eq!(evaluation.score, obvious::score(&typed, &terms));
        let whole = terms.iter().any(|term| obvious::edits(&typed, term) <= 1);
        prop_assert_eq!(evaluation.whole.contains(&TermList::Global), whole);
    }

    #[test]
    fn the_order_of_the_terms_plays_no_part(
        (typed, terms, shuffled) in ("[abc]{0,16}", terms())
            .prop_flat_map(|(typed, terms)| (Just(typed), Just(terms.clone()), Just(terms).prop_shuffle())),
    ) {
        let (one, other) = (score(&typed, &terms), score(&typed, &shuffled));
        prop_assert_eq!(one.score, other.score);
        prop_assert_eq!(one.whole, other.whole);
        prop_assert!(one.found == other.found, "other terms are named");
    }

    #[test]
    fn a_term_that_is_not_in_the_password_exactly_never_raises_the_score(
        typed in "[abc]{0,16}", terms in terms(), more in "[abc]{1,6}",
    ) {
        let before = score(&typed, &terms);
        let after = score(&typed, &[terms, vec![more.clone()]].concat());
        if !typed.contains(&more) {
            prop_assert!(after.score <= before.score);
        }
        prop_assert!(before.whole.is_empty() || !after.whole.is_empty(), "a whole match is lost");
    }

    #[test]
    fn it_makes_no_difference_which_list_a_term_is_in(typed in "[abc]{0,16}", terms in vec("[abc]{4,6}", 0..5), cut in any::<Index>()) {
        let cut = cut.index(terms.len() + 1);
        let banned = BannedList::of(terms[..cut].iter().map(String::as_str));
        let custom = CustomTerms::parse(terms[cut..].iter().map(String::as_str)).unwrap();
        let password = NewPassword::parse(&typed).unwrap();
        let split = evaluate(&password, &Context { banned: &banned, custom: &custom, ..Context::default() });
        prop_assert_eq!(split.score, score(&typed, &terms).score);
        prop_assert_eq!(split.whole.is_empty(), score(&typed, &terms).whole.is_empty());
    }

    #[test]
    fn composed_and_decomposed_passwords_are_judged_alike(typed in "[aeuÅéñ가ǰ\u{301}\u{30c}\u{345}JΑ1@ ]{0,20}") {
        let decomposed: String = typed.nfd().collect();
        let banned = BannedList::of(["éañé", "aaee"]);
        let context = Context { banned: &banned, ..Context::default() };
        let verdict = |typed: &str| {
            let password = NewPassword::parse(typed).unwrap();
            let score = evaluate(&password, &context).score;
            (judge(&password, &PasswordRules::reference(), &context), score, password.reveal().to_owned())
        };
        prop_assert_eq!(verdict(&typed), verdict(&decomposed));
    }

    #[test]
    fn too_guessable_means_fewer_than_five_points(typed in "[abc]{0,16}", terms in terms()) {
        let banned = BannedList::of(terms.iter().map(String::as_str));
        let context = Context { banned: &banned, ..Context::default() };
        let password = NewPassword::parse(&typed).unwrap();
        let refusals = judge(&password, &PasswordRules::default(), &context);
        let guessable = refusals.iter().any(|refusal| matches!(refusal, PasswordRefusal::TooGuessable { .. }));
        prop_assert_eq!(guessable, evaluate(&password, &context).score < SCORE_REQUIRED);
    }

    #[test]
    fn what_the_page_shows_as_met_the_judge_does_not_refuse(typed in typed(), identifier in identifier()) {
        let context = Context {
            identifier: &identifier,
            names: &["Lovelace", "Zoë Müller-Lüdenscheidt"],
            tenant: &["Contoso"],
            ..Context::default()
        };
        for rules in [PasswordRules { max_length: 16, ..PasswordRules::reference() }, PasswordRules::default()] {
            let refusals = judge(&NewPassword::parse(&typed).unwrap(), &rules, &context);
            for check in page(&typed, rules, &context) {
                let refused = refusals.iter().any(|refusal| breaks(refusal, check.rule));
                prop_assert_eq!(check.met, !refused, "{:?} of {:?} for {:?}", check.rule, &typed, &identifier);
            }
        }
    }
}

proptest! {
    /// The judge adds only rules that the page shows as still to be checked.
    #[test]
    fn of_a_password_that_meets_all_the_page_shows_only_the_rest_is_refused(typed in typed(), identifier in identifier()) {
        let context = Context { identifier: &identifier, ..Context::default() };
        for rules in [PasswordRules { max_length: 16, ..PasswordRules::reference() }, PasswordRules::default()] {
            let is_met = page(&typed, rules, &context).iter().all(|check| check.met);
            let is_free = NewPassword::parse(&typed).is_ok_and(|password| {
                let refusals = judge(&password, &rules, &context);
                refusals.iter().all(is_told_later)
            });
            prop_assert_eq!(is_met, is_free, "{:?} for {:?}", &typed, &identifier);
        }
    }

    #[test]
    fn signs_and_case_do_not_hide_what_is_of_the_identifier(
        letters in "[a-z]{4}", before in "[a-z0-9]{0,4}", after in "[a-z0-9]{0,4}", sign in "[-_. +#!]{1,2}", at in 1..4_usize,
    ) {
        let identifier = format!("{before}{letters}{after}@example.org");
        let context = Context { identifier: &identifier, ..Context::default() };
        let typed = format!("7{}{sign}{}9", letters[..at].to_uppercase(), &letters[at..]);
        let refusals = judge(&NewPassword::parse(&typed).unwrap(), &PasswordRules::default(), &context);
        prop_assert!(refusals.contains(&PasswordRefusal::ContainsIdentifier), "{typed:?} for {identifier:?}");
    }

    #[test]
    fn how_a_keyboard_writes_a_letter_makes_no_difference(
        parts in vec(prop_oneof![Just(["ü", "ue", "u"]), Just(["ö", "oe", "ø"]), Just(["ä", "ae", "æ"]), Just(["å", "aa", "a"]), Just(["ß", "ss", "ss"]), Just(["k", "k", "K"])], 5),
        one in 0..3_usize, other in 0..3_usize,
    ) {
        let word = |spelling: usize| parts.iter().flat_map(|part| ["m", part[spelling]]).collect::<String>();
        let identifier = word(one) + "@example.org";
        let context = Context { identifier: &identifier, ..Context::default() };
        let password = NewPassword::parse(&(word(other) + "-9")).unwrap();
        let refusals = judge(&password, &PasswordRules::default(), &context);
        prop_assert!(refusals.contains(&PasswordRefusal::ContainsIdentifier), "{:?} for {identifier:?}", word(other));
    }
}

/// Passwords that the rules are about: names, adjacent keys, dates and repetitions, in several
/// scripts and spellings.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[adA1é.-]{1,6}",
        "[a-zA-Z0-9]{1,6}",
        "\\PC{1,2}",
        "(ada|lovelace|L0VEL@CE|C0nt0so|ｌｏｖｅｌａｃｅ|mu\u{308}ller|MÜLLER|müller|Σίσυφος|σισυφοσ|ΣΊΣΥΦΟΣ|İstanbul|istanbul|strauß)",
        "(wilhelm|WILH|elmi|lock-ed|muell|mül|øre|stra|tosoc)",
        "(abc|123|qwe|x1x2x3|a1b2c3d4|かきく|ابجد|ㅂㅈㄷㄱ|가나다|cba|reset-reset)",
        "(qwertz|asdfgh|7890|٦٧٨٩|йцукен|ضصثق|hgfdsa|poiuy|abcd|zyxw|1qaz2wsx)",
        "(28-11-2026|20261128|٢٨/١١/٢٠٢٦|11[.]28[.]26|1447|1999)",
        "(!QAZ|1!2@3|qqwwee|ЙйЦцУу|§[$]%&/|&é\"'|zaq1)",
        "(november|Nov|MÄRZ|Friday|the |th |[ .,-]|ноября|نوفمبر|29|2026|[0-9]{1,4})",
        "(aaa|🙂🙂🙂|    |abab|xyzxyz|٣٣٣)",
    ];
    vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

fn identifier() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("ada.lovelace@example.org".to_owned()),
        Just("Σίσυφος7@münchen.example".to_owned()),
        Just("CONTOSO\\jdoe01".to_owned()),
        Just("wilhelmina.locked@mueller-øresund.example".to_owned()),
        "[a-zA-Zéß0-9İς’·]{1,8}[.@ _-][a-z0-9é]{1,6}",
        any::<String>(),
    ]
}

/// The rules as the page shows them: the page passes all compared texts in the forms that its
/// browser makes, as in `browser.js`.
fn page(typed: &str, rules: PasswordRules, context: &Context<'_>) -> Vec<Check> {
    let foldable = |text: &str| {
        text.nfkd()
            .collect::<String>()
            .to_uppercase()
            .to_lowercase()
    };
    let class = |character: char| {
        if character.is_uppercase() {
            'A'
        } else if character.is_numeric() {
            '0'
        } else if character.is_alphabetic() {
            'a'
        } else {
            character
        }
    };
    let composed: String = typed.nfc().collect();
    let of = |names: &[&str]| names.iter().map(|name| foldable(name)).collect::<Vec<_>>();
    let (names, tenant) = (of(context.names), of(context.tenant));
    let context = Context {
        identifier: &foldable(context.identifier),
        names: &names.iter().map(String::as_str).collect::<Vec<_>>(),
        tenant: &tenant.iter().map(String::as_str).collect::<Vec<_>>(),
        ..*context
    };
    let typed = Typed {
        composed: &composed,
        foldable: &foldable(typed),
        classes: &composed.chars().map(class).collect::<String>(),
    };
    checks(typed, &rules, &context)
}

fn terms() -> impl Strategy<Value = Vec<String>> {
    vec("[abc]{1,6}", 0..5)
}

fn score(typed: &str, terms: &[String]) -> Evaluation {
    let banned = BannedList::of(terms.iter().map(String::as_str));
    let password = NewPassword::parse(typed).expect("short, and without control characters");
    evaluate(
        &password,
        &Context {
            banned: &banned,
            ..Context::default()
        },
    )
}

fn breaks(refusal: &PasswordRefusal, rule: Rule) -> bool {
    match refusal {
        PasswordRefusal::TooShort { .. } | PasswordRefusal::TooLong { .. } => {
            matches!(rule, Rule::Length { .. })
        }
        PasswordRefusal::NotAscii => rule == Rule::AsciiOnly,
        PasswordRefusal::TooFewClasses { .. } => matches!(rule, Rule::Classes { .. }),
        PasswordRefusal::ContainsIdentifier => rule == Rule::NoIdentifier,
        PasswordRefusal::ContainsName => rule == Rule::NoName,
        PasswordRefusal::ContainsTenant => rule == Rule::NoTenant,
        PasswordRefusal::ControlCharacter
        | PasswordRefusal::Repetition
        | PasswordRefusal::Sequence
        | PasswordRefusal::Date
        | PasswordRefusal::ContainsOtherIdentifier
        | PasswordRefusal::Banned
        | PasswordRefusal::BannedCustom
        | PasswordRefusal::TooGuessable { .. }
        | PasswordRefusal::SameAsCurrent => false,
    }
}

const fn is_told_later(refusal: &PasswordRefusal) -> bool {
    matches!(
        refusal,
        PasswordRefusal::Repetition
            | PasswordRefusal::Sequence
            | PasswordRefusal::Date
            | PasswordRefusal::Banned
            | PasswordRefusal::TooGuessable { .. }
    )
}

/// A direct implementation of the score rules: it tests every way to cut the password, and every
/// term and pattern at every place.
mod obvious {
    use super::TERM_LENGTH_MIN;

    pub(super) fn score(typed: &str, terms: &[String]) -> u16 {
        ways(typed, terms, true)
            .into_iter()
            .min()
            .map(|(_, points)| points)
            .expect("character by character is always a way")
    }

    /// For every way to cut a password: the points if only exact matches count, and the points.
    fn ways(typed: &str, terms: &[String], is_whole: bool) -> Vec<(u16, u16)> {
        if typed.is_empty() {
            return vec![(0, 0)];
        }
        let mut best = Vec::new();
        for length in 1..=typed.len() {
            let piece = &typed[..length];
            let long = |term: &&String| length >= TERM_LENGTH_MIN && term.len() >= TERM_LENGTH_MIN;
            let exact = terms.iter().filter(long).any(|term| term == piece);
            let fuzzy = terms
                .iter()
                .filter(long)
                .any(|term| edits(piece, term) <= 1);
            let exact_points = if exact {
                1
            } else {
                u16::try_from(length).expect("passwords of these tests are short")
            };
            if length == 1 || exact || fuzzy {
                let rest = ways(&typed[length..], terms, false);
                best.extend(
                    rest.into_iter()
                        .min()
                        .map(|(exact, points)| (exact + exact_points, points + 1)),
                );
            }
        }
        for (length, points) in patterns(typed.as_bytes(), is_whole) {
            let rest = ways(&typed[length..], terms, false).into_iter().min();
            best.extend(rest.map(|(exact, rest)| (exact + points, rest + points)));
        }
        best
    }

    /// The longest patterns at the beginning of a text of these tests: repetitions and runs of the
    /// alphabet.
    fn patterns(typed: &[u8], is_whole: bool) -> Vec<(usize, u16)> {
        let mut found = Vec::new();
        for period in 1..8_u8 {
            let each = usize::from(period);
            let length = longest(typed, |piece| {
                (each..piece.len()).all(|i| piece[i] == piece[i - each])
            });
            let is_enough = match period {
                1 => length >= 3,
                2..5 => length >= 2 * each,
                _ => is_whole && length == typed.len() && length >= 2 * each - 1,
            };
            if is_enough {
                found.push((length, u16::from(period.min(4))));
            }
        }
        let row = |piece: &[u8]| {
            let row = piece[..longest(piece, runs)].to_vec();
            let mut keys = row.clone();
            keys.dedup();
            (row.len(), keys.len())
        };
        let strand = |from| {
            typed
                .iter()
                .copied()
                .skip(from)
                .step_by(2)
                .collect::<Vec<u8>>()
        };
        let (one, keys) = row(typed);
        let (other, its_keys) = row(&typed[one..]);
        let mut rows = vec![];
        if keys >= 4 || keys == 3 && one >= 6 {
            rows.push(one);
        }
        if keys >= 3 && its_keys >= 3 {
            rows.push(one + other);
        }
        let in_row = |strand: &[u8]| {
            let (length, keys) = row(strand);
            if keys >= 3 { length } else { 0 }
        };
        let same =
            |strand: &[u8]| longest(strand, |piece| piece.iter().all(|typed| *typed == piece[0]));
        let (one, other) = (strand(0), strand(1));
        // Two rows in alternation, or one row repeated.
        let in_turn = [
            in_row(&one).min(in_row(&other)),
            in_row(&one).min(same(&other)),
            same(&one).min(in_row(&other)),
        ];
        let in_turn = in_turn.into_iter().max().unwrap_or(0);
        if in_turn >= 3 {
            rows.push(2 * in_turn);
        }
        found.extend(rows.into_iter().max().map(|length| (length, 1)));
        found
    }

    /// The length of the longest match at the beginning.
    fn longest(typed: &[u8], is_one: impl Fn(&[u8]) -> bool) -> usize {
        (0..=typed.len())
            .take_while(|length| is_one(&typed[..*length]))
            .last()
            .unwrap_or(0)
    }

    fn runs(piece: &[u8]) -> bool {
        let by = |step| {
            let mut pairs = piece.windows(2);
            pairs.all(|pair| [0, step].contains(&(i16::from(pair[1]) - i16::from(pair[0]))))
        };
        by(1) || by(-1)
    }

    /// The edit distance (Levenshtein).
    pub(super) fn edits(one: &str, other: &str) -> usize {
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (i, a) in one.bytes().enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, b) in other.bytes().enumerate() {
                let next = (diagonal + usize::from(a != b))
                    .min(row[j] + 1)
                    .min(row[j + 1] + 1);
                diagonal = row[j + 1];
                row[j + 1] = next;
            }
        }
        row[other.len()]
    }
}

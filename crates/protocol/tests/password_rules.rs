//! Tests of the password rules in addition to the verdicts of the table: order, limits, wire forms,
//! and the list itself.

use postern_protocol::password::{
    BannedList, CUSTOM_TERMS_MAX, CharacterClass, Check, Context, CustomTerms, NewPassword,
    PASSWORD_LENGTH_MAX, PasswordRefusal, PasswordRules, Rule, TermErrorReason, TermList, Typed,
    checks, judge,
};

fn password(typed: &str) -> NewPassword {
    NewPassword::parse(typed).expect("the test types a password")
}

/// The state of the rules for the typed password, computed with the tables of Unicode.
fn shown(typed: &str, rules: PasswordRules, context: &Context<'_>) -> Vec<Check> {
    let typed = Typed {
        composed: typed,
        foldable: typed,
        classes: typed,
    };
    checks(typed, &rules, context)
}

#[test]
fn every_failed_rule_is_told_at_once_and_in_order() {
    let custom = CustomTerms::parse(["contoso1"]).unwrap();
    let banned = BannedList::of(["contoso"]);
    let context = Context {
        identifier: "contoso@example.org",
        names: &["Contoso"],
        tenant: &["CONTOSO"],
        custom: &custom,
        banned: &banned,
    };
    let refusals = judge(
        &password("contosoé"),
        &PasswordRules {
            min_length: 9,
            ..PasswordRules::reference()
        },
        &context,
    );
    assert_eq!(
        refusals,
        [
            PasswordRefusal::TooShort { min: 9, actual: 8 },
            PasswordRefusal::NotAscii,
            PasswordRefusal::TooFewClasses {
                required: 3,
                missing: vec![
                    CharacterClass::Upper,
                    CharacterClass::Digit,
                    CharacterClass::Symbol
                ],
            },
            PasswordRefusal::ContainsIdentifier,
            PasswordRefusal::ContainsName,
            PasswordRefusal::ContainsTenant,
            PasswordRefusal::Banned,
            PasswordRefusal::BannedCustom,
            PasswordRefusal::TooGuessable {
                score: 2,
                required: 5,
                lists: vec![TermList::Global, TermList::Custom]
            },
        ]
    );
}

#[test]
fn a_guessable_password_says_which_lists_its_terms_are_from() {
    let custom = CustomTerms::parse(["contoso", "fabrikam"]).unwrap();
    let banned = BannedList::of(["blank", "fabrikam"]);
    let context = Context {
        custom: &custom,
        banned: &banned,
        ..Context::default()
    };
    let lists = |typed| match judge(&password(typed), &PasswordRules::default(), &context).pop() {
        Some(PasswordRefusal::TooGuessable { lists, .. }) => lists,
        other => panic!("{typed} is not too guessable but {other:?}"),
    };
    assert_eq!(lists("blankblank"), [TermList::Global]);
    assert_eq!(lists("contoso12"), [TermList::Custom]);
    assert_eq!(lists("contosoblank"), [TermList::Global, TermList::Custom]);
    assert_eq!(lists("9fabrikam9"), [TermList::Global, TermList::Custom]);
    assert_eq!(lists("1234"), []);
}

#[test]
fn a_password_of_256_code_points_is_taken_and_one_more_is_refused() {
    let too_long = Some(PasswordRefusal::TooLong {
        max: PASSWORD_LENGTH_MAX,
    });
    assert_eq!(NewPassword::parse(&"😀".repeat(256)).err(), None);
    assert_eq!(NewPassword::parse(&"😀".repeat(257)).err(), too_long);
    // 256 letters with three marks each, each of which composes to one code point: the longest
    // input that the judge processes.
    assert_eq!(
        NewPassword::parse(&"\u{3b1}\u{313}\u{300}\u{345}".repeat(256)).err(),
        None
    );
    assert_eq!(
        NewPassword::parse(&"\u{3b1}\u{313}\u{300}\u{345}".repeat(257)).err(),
        too_long
    );
    assert_eq!(
        NewPassword::parse(&"a\u{301}".repeat(100_000)).err(),
        too_long
    );
}

#[test]
fn a_tenant_may_take_less_than_256() {
    let rules = PasswordRules {
        max_length: 20,
        ..PasswordRules::default()
    };
    let refusals = judge(
        &password("twenty-one characters"),
        &rules,
        &Context::default(),
    );
    assert_eq!(refusals, [PasswordRefusal::TooLong { max: 20 }]);
}

#[test]
fn nothing_is_trimmed() {
    assert_eq!(password("  padded  ").reveal(), "  padded  ");
}

#[test]
fn control_characters_are_refused_wherever_they_stand() {
    for typed in [
        "\0password",
        "pass\nword",
        "password\r",
        "pass\u{85}word",
        "\u{7f}password",
    ] {
        assert_eq!(
            NewPassword::parse(typed).err(),
            Some(PasswordRefusal::ControlCharacter)
        );
    }
}

#[test]
fn custom_terms_have_4_to_16_code_points_and_there_are_1000_at_most() {
    let refused = |terms: &[&str]| {
        let error = CustomTerms::parse(terms.iter().copied()).unwrap_err();
        (error.index, error.reason)
    };
    assert_eq!(refused(&["abcd", "abc"]), (1, TermErrorReason::TooShort));
    assert_eq!(refused(&[""]), (0, TermErrorReason::TooShort));
    assert_eq!(
        refused(&["abcdefghijklmnopq"]),
        (0, TermErrorReason::TooLong)
    );
    assert_eq!(
        refused(&["abcd", "ab\tcd"]),
        (1, TermErrorReason::ControlCharacter)
    );
    assert!(
        CustomTerms::parse([
            "abcdefghijklmnop",
            "ééééé",
            "e\u{301}e\u{301}e\u{301}e\u{301}"
        ])
        .is_ok()
    );

    let many: Vec<String> = (0..=CUSTOM_TERMS_MAX)
        .map(|number| format!("term{number}"))
        .collect();
    assert!(CustomTerms::parse(many.iter().take(CUSTOM_TERMS_MAX).map(String::as_str)).is_ok());
    let error = CustomTerms::parse(many.iter().map(String::as_str)).unwrap_err();
    assert_eq!(
        (error.index, error.reason),
        (1000, TermErrorReason::TooMany)
    );
    assert_eq!(error.to_string(), "custom term 1000: more than 1000 terms");
}

#[test]
fn the_global_list_is_sorted_normalised_and_long_enough() {
    let terms: Vec<&str> = include_str!("../data/banned.txt").lines().collect();
    assert!(terms.is_sorted_by(|one, next| one < next));
    for term in &terms {
        assert!(
            (4..=16).contains(&term.len()),
            "{term} is too short or too long"
        );
        let normal = |byte: u8| {
            byte.is_ascii_graphic() && !byte.is_ascii_uppercase() && !b"01$@".contains(&byte)
        };
        assert!(
            term.bytes().all(normal),
            "{term} is not in the form that passwords are compared in"
        );
    }
    // OWASP ASVS 5.0, 6.2.4: the 3,000 most common passwords that meet the policy.
    let min_length = usize::from(PasswordRules::default().min_length);
    assert!(terms.iter().filter(|term| term.len() >= min_length).count() >= 3000);
}

#[test]
fn every_term_of_the_global_list_is_refused_as_a_password() {
    let context = Context {
        banned: BannedList::global(),
        ..Context::default()
    };
    let words = include_str!("../data/words.txt").lines();
    let words = words.filter(|line| !line.starts_with('#'));
    let terms = include_str!("../data/banned.txt").lines();
    for term in terms.chain(words.flat_map(str::split_whitespace)) {
        let refusals = judge(&password(term), &PasswordRules::default(), &context);
        assert!(
            refusals.contains(&PasswordRefusal::Banned),
            "{term} is accepted"
        );
    }
}

#[test]
fn without_lists_a_person_or_a_tenant_only_length_and_patterns_count() {
    assert_eq!(
        judge(
            &password("password"),
            &PasswordRules::default(),
            &Context::default()
        ),
        []
    );
}

#[test]
fn the_live_rules_are_the_same_rows_whatever_is_typed() {
    let rules = PasswordRules {
        min_length: 8,
        ..PasswordRules::reference()
    };
    let context = Context {
        identifier: "ada@example.org",
        tenant: &["Contoso"],
        ..Context::default()
    };
    let met = |typed: &str| -> Vec<bool> {
        shown(typed, rules, &context)
            .into_iter()
            .map(|check| check.met)
            .collect()
    };
    let rows: Vec<Rule> = shown("", rules, &context)
        .into_iter()
        .map(|check| check.rule)
        .collect();
    assert_eq!(
        rows,
        [
            Rule::Length { min: 8, max: 256 },
            Rule::AsciiOnly,
            Rule::Classes { required: 3 },
            Rule::NoIdentifier,
            Rule::NoTenant,
        ]
    );
    assert_eq!(met(""), [false; 5]);
    assert_eq!(met("Abc1"), [false, true, true, true, true]);
    assert_eq!(met("Contoso1"), [true, true, true, true, false]);
    assert_eq!(met("example-é"), [true, false, false, false, true]);
    assert_eq!(met("Three boats"), [true; 5]);
    // An invalid password meets no rule.
    assert_eq!(met("Three\tboats"), [false; 5]);
    assert_eq!(met(&"a".repeat(5000)), [false; 5]);
}

#[test]
fn the_longest_password_of_beginnings_of_patterns_is_judged() {
    // The keys and names begin rows and dates at every place: an implementation that scans these
    // again and again would not finish.
    for piece in ["1!", "qqw", "may1", "-the", "29", "ضص", "&", "😀"] {
        let typed = piece.repeat(256 / piece.chars().count());
        let context = Context::default();
        let refusals = judge(&password(&typed), &PasswordRules::default(), &context);
        assert!(!refusals.is_empty(), "{piece}");
    }
}

#[test]
fn rules_that_a_person_cannot_know_to_break_are_not_shown() {
    let rules: Vec<Rule> = shown("anything", PasswordRules::default(), &Context::default())
        .into_iter()
        .map(|check| check.rule)
        .collect();
    assert_eq!(rules, [Rule::Length { min: 8, max: 256 }]);
}

#[test]
fn rules_and_refusals_look_like_this_on_the_wire() {
    let json = serde_json::to_string(&PasswordRules::reference()).unwrap();
    assert_eq!(
        json,
        r#"{"min_length":8,"max_length":256,"classes_required":3,"ascii_only":true}"#
    );
    assert_eq!(
        serde_json::from_str::<PasswordRules>(&json).unwrap(),
        PasswordRules::reference()
    );

    let refusals = [
        (PasswordRefusal::ControlCharacter, r#""control-character""#),
        (
            PasswordRefusal::TooShort { min: 8, actual: 3 },
            r#"{"too-short":{"min":8,"actual":3}}"#,
        ),
        (
            PasswordRefusal::TooLong { max: 256 },
            r#"{"too-long":{"max":256}}"#,
        ),
        (PasswordRefusal::NotAscii, r#""not-ascii""#),
        (
            PasswordRefusal::TooFewClasses {
                required: 3,
                missing: vec![CharacterClass::Upper, CharacterClass::Digit],
            },
            r#"{"too-few-classes":{"required":3,"missing":["upper","digit"]}}"#,
        ),
        (PasswordRefusal::Repetition, r#""repetition""#),
        (PasswordRefusal::Sequence, r#""sequence""#),
        (PasswordRefusal::Date, r#""date""#),
        (
            PasswordRefusal::ContainsIdentifier,
            r#""contains-identifier""#,
        ),
        (
            PasswordRefusal::ContainsOtherIdentifier,
            r#""contains-other-identifier""#,
        ),
        (PasswordRefusal::ContainsName, r#""contains-name""#),
        (PasswordRefusal::ContainsTenant, r#""contains-tenant""#),
        (PasswordRefusal::Banned, r#""banned""#),
        (PasswordRefusal::BannedCustom, r#""banned-custom""#),
        (
            PasswordRefusal::TooGuessable {
                score: 4,
                required: 5,
                lists: vec![TermList::Global, TermList::Custom],
            },
            r#"{"too-guessable":{"score":4,"required":5,"lists":["global","custom"]}}"#,
        ),
        (PasswordRefusal::SameAsCurrent, r#""same-as-current""#),
    ];
    for (refusal, json) in refusals {
        assert_eq!(serde_json::to_string(&refusal).unwrap(), json);
        assert_eq!(
            serde_json::from_str::<PasswordRefusal>(json).unwrap(),
            refusal
        );
        assert!(
            json.contains(refusal.name()),
            "{json} has another name than {}",
            refusal.name()
        );
    }
}

#[test]
fn rules_that_contradict_themselves_or_ask_fewer_than_eight_characters_are_not_read() {
    let read = |min: u16, max: u16, classes: u8| {
        let json = format!(
            r#"{{"min_length":{min},"max_length":{max},"classes_required":{classes},"ascii_only":false}}"#
        );
        serde_json::from_str::<PasswordRules>(&json).is_ok()
    };
    assert!(read(8, 256, 4));
    assert!(read(20, 20, 0));
    assert!(!read(7, 256, 0));
    assert!(!read(21, 20, 0));
    assert!(!read(8, 257, 0));
    assert!(!read(8, 256, 5));
}

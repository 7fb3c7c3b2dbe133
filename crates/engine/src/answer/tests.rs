//! Spellings of one answer in the languages of the wizard, and the digests that are kept.

use proptest::prelude::*;

use super::*;

const KEY: EngineKey = EngineKey::new([7; 32]);

/// Each line has the spellings of one answer.
const ALIKE: [&[&str]; 24] = [
    // English
    &[
        "O'Brien's Town",
        "O\u{2019}Brien\u{2019}s Town",
        "o\u{2018}brien`s  town.",
        "OBriens Town",
        "O\u{2bc}Brien\u{2032}s\u{a0}Town",
        "\u{feff}O'Brien's Town\u{200b}",
        "Ｏ＇Ｂｒｉｅｎ＇ｓ　Ｔｏｗｎ",
        "O´Brien´s Town",
        "O\u{384}Brien\u{1ffd}s Town",
        "O\u{1fbd}Brien\u{1fbf}s Town",
        "O\u{1fef}Brien\u{1ffe}s Town",
        "O\u{2035}Brien\u{ff40}s Town",
        "O\u{55a}Brien\u{5f3}s Town",
        "O \u{b4} Briens Town",
    ],
    &["New York", "Newyork", "new-york", "New  York", "NewYork."],
    &[
        "Stratford-upon-Avon",
        "Stratford upon Avon",
        "stratford\u{2010}upon\u{2011}avon",
        "Stratford – upon — Avon",
        "Stratford\u{ad}-upon-Avon!",
        "\u{201c}Stratford-upon-Avon\u{201d}",
    ],
    &["St. John's", "St Johns", "st.  johns", "St. John\u{2019}s."],
    &[
        "12 High Street",
        "12, high street",
        "１２ High Street",
        "12 High Street.",
    ],
    &["May 1998", "may, 1998", "MAY 1998?", "may 𝟏𝟗𝟗𝟖"],
    // Nederlands
    &[
        "'s-Gravenhage",
        "\u{2019}s-Gravenhage",
        "s Gravenhage",
        "'S GRAVENHAGE",
    ],
    &["Zeeën", "zeee\u{308}n", "ZEEËN"],
    &["IJmuiden", "ijmuiden", "Ĳmuiden", "ĳmuiden"],
    &["Anna-Paulowna", "Anna Paulowna", "anna paulowna."],
    // Deutsch
    &[
        "Hauptstraße 7",
        "HAUPTSTRASSE 7",
        "Hauptstrasse, 7",
        "hauptstraẞe 7",
        "Hauptstraße7",
    ],
    &["Straße 12", "Straße12", "strasse-12", "Stra\u{df}e\u{a0}12"],
    &["Müller", "mu\u{308}ller", "MÜLLER"],
    &[
        "Frankfurt (Oder)",
        "Frankfurt Oder",
        "frankfurt/oder",
        "Frankfurt-Oder",
    ],
    &["Hans-Jürgen", "hans jürgen", "Hans\u{2011}Jürgen"],
    &["»Lohengrin«", "„Lohengrin“", "Lohengrin"],
    // العربية
    &[
        "مدرسة الأمل",
        "مدرسه الامل",
        "مَدْرَسَةُ الأمَلِ",
        "مدرســة الأمل",
        "مدرسة  الأمل.",
        "مدرسة\u{200f} الأمل",
    ],
    &["أحمد", "احمد", "إحمد", "آحمد", "أَحْمَد", "ٱحمد"],
    &["مصطفى", "مصطفي", "مصطفی"],
    &["كريم", "کریم", "كــريم"],
    &["شارع ١٢", "شارع 12", "شارع ۱۲", "شارع ١٢؟", "شارع، ١٢"],
    // Other languages that people in the wizard's organisations may have on file
    &["Σίσυφος", "ΣΊΣΥΦΟΣ", "σίσυφοσ"],
    &["İstanbul", "istanbul", "Istanbul"],
    &["१२ मार्ग", "12 मार्ग"],
];

/// Two answers that are not spellings of each other.
const OTHERS: [(&str, &str); 10] = [
    ("New York", "New Yorks"),
    ("12 3", "12 4"),
    ("Müller", "Muller"),
    ("schon", "schön"),
    ("12 High Street", "21 High Street"),
    ("May 1998", "May 1989"),
    ("على", "علم"),
    ("حسن", "حسين"),
    ("Anna", "Hanna"),
    ("C++", "C#"),
];

fn digest(form: AnswerForm, answer: &str) -> Option<AnswerDigest> {
    AnswerDigest::of(form, &KEY, &AccountId("ada".into()), 3, answer)
}

#[test]
fn what_people_write_differently_is_the_same_answer() {
    for alike in ALIKE {
        for answer in alike {
            assert_eq!(
                normalised(answer),
                normalised(alike[0]),
                "{answer:?} of {:?}",
                alike[0]
            );
            assert_eq!(
                digest(AnswerForm::NEWEST, answer),
                digest(AnswerForm::NEWEST, alike[0])
            );
        }
    }
}

#[test]
fn other_answers_stay_others() {
    for (one, other) in OTHERS {
        assert_ne!(normalised(one), normalised(other));
    }
    for (i, one) in ALIKE.iter().enumerate() {
        for other in &ALIKE[i + 1..] {
            assert_ne!(normalised(one[0]), normalised(other[0]));
        }
    }
}

#[test]
fn what_is_punctuation_alone_is_an_answer_still() {
    assert_eq!(*normalised(" ?! "), "?!");
    assert_ne!(normalised("?!"), normalised("!?"));
    assert_eq!(*normalised("🐶"), "🐶");
    assert_eq!(digest(AnswerForm::NEWEST, " \u{200b} "), None);
}

#[test]
fn the_length_is_that_of_what_is_compared() {
    assert_eq!(answer_length(" - a -"), 1);
    assert_eq!(answer_length("\u{200b}a\u{640}b."), 2);
    assert_eq!(answer_length("...abc..."), 3);
    assert_eq!(answer_length("٣٣٣"), 3);
}

#[test]
fn an_answer_of_201_characters_is_none_in_any_form() {
    for form in [AnswerForm::First, AnswerForm::Second, AnswerForm::Third] {
        assert!(digest(form, &"a".repeat(200)).is_some());
        assert_eq!(digest(form, &"a".repeat(201)), None);
    }
}

#[test]
fn what_was_kept_before_there_were_forms_is_read_and_recognised() {
    // A value from a database of that version, computed by hand: HMAC-SHA-256 of label, account,
    // question and answer.
    let json = "\"a15e51714c8f42f515e2ae39c141de7f1c0c8e61a16ac0aa852bdf135ccf98c6\"";
    let read: AnswerDigest = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    assert_eq!(read.form(), AnswerForm::First);
    let given = |answer| Given::new(&KEY, &AccountId("ada".into()), 3, answer).unwrap();
    assert!(given("  NEW  york").is(&read));
    assert!(!given("New-York.").is(&read));
    let renewed = given("new york").renewed(&read).unwrap();
    assert_eq!(renewed.form(), AnswerForm::NEWEST);
    assert!(given("New-York.").is(&renewed));
    assert_eq!(given("new york").renewed(&renewed), None);
}

/// Each line has the registered text, the typed text, and whether it is right for a digest in the
/// second form.
#[test]
fn what_was_kept_in_the_second_form_is_recognised_as_before_and_renewed() {
    // A value from a database of that version, computed by hand from "o", a blank, U+0301 and
    // "brien".
    let accent = "\"2:e2f893112907fd6e86f07b6dfe5ab8964d4b9968d942e05707714f7cf478c6fb\"";
    let read: AnswerDigest = serde_json::from_str(accent).unwrap();
    assert_eq!(digest(AnswerForm::Second, "O\u{b4}Brien"), Some(read));
    for (registered, typed, is_right) in [
        ("O\u{b4}Brien", "O\u{b4}Brien", true),
        ("O\u{b4}Brien", "o\u{b4}BRIEN.", true),
        ("O\u{b4}Brien", "o\u{384}brien", true),
        // The registered text is known only by a digest, so it cannot be normalised again.
        ("O\u{b4}Brien", "O'Brien", false),
        ("O'Brien", "O\u{2019}Brien", true),
        ("O'Brien", "O\u{b4}Brien", true),
        ("OBrien", "O\u{1ffd}Brien.", true),
        ("New York", "new-york.", true),
        ("New York", "NewYork", false),
        ("Straße 12", "STRASSE 12", true),
        ("Straße 12", "Straße12", false),
        ("?!", " ?! ", true),
    ] {
        let kept = digest(AnswerForm::Second, registered).unwrap();
        let given = Given::new(&KEY, &AccountId("ada".into()), 3, typed).unwrap();
        assert_eq!(given.is(&kept), is_right, "{typed:?} for {registered:?}");
        if is_right {
            let renewed = given.renewed(&kept);
            assert_eq!(renewed, digest(AnswerForm::Third, registered), "{typed:?}");
        }
    }
}

#[test]
fn what_is_kept_names_its_form() {
    for (form, begins) in [(AnswerForm::Second, "\"2:"), (AnswerForm::Third, "\"3:")] {
        let kept = digest(form, "New York").unwrap();
        let json = serde_json::to_string(&kept).unwrap();
        assert!(json.starts_with(begins) && json.len() == 68);
        assert_eq!(serde_json::from_str::<AnswerDigest>(&json).unwrap(), kept);
    }
    for broken in ["\"\"", "\"2:\"", "\"3:00\"", "\"4:00\"", "7"] {
        assert!(serde_json::from_str::<AnswerDigest>(broken).is_err());
    }
}

proptest! {
    #[test]
    fn what_is_normalised_stays_as_it_is(answer in "[a-zA-Zßé'’. -]{0,12}|[أإاىيةهـ ً١2]{0,12}") {
        let once = normalised(&answer);
        prop_assert_eq!(normalised(&once), once);
    }

    #[test]
    fn what_was_one_answer_in_the_first_form_still_is_in_the_second(
        words in proptest::collection::vec("[a-zA-Zäöüß0-9']{1,6}", 1..4),
    ) {
        let one = words.join(" ");
        let other = format!(" {} ", words.join(" \u{a0} ")).to_lowercase();
        prop_assert_eq!(normalised(&one), normalised(&other));
    }

    #[test]
    fn no_answer_makes_it_panic(answer in any::<String>()) {
        normalised(&answer);
        answer_length(&answer);
    }
}

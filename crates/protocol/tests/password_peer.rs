//! Compares the judge with zxcvbn, the estimator of most sign-up pages, on passwords that people
//! would choose.
//!
//! The two measure different things: zxcvbn estimates guesses, and the judge refuses the passwords
//! that an attacker guesses first and counts the rest, as the reference does. For each kind of
//! password, the table states how many passwords each of the two refuses; zxcvbn refuses below a
//! score of 3, as its authors advise. `-- --nocapture` prints the figures, and the test fails if
//! they become worse.

#![cfg(not(target_family = "wasm"))]

use postern_protocol::password::{BannedList, Context, NewPassword, PasswordRules, judge};
use zxcvbn::{Score, zxcvbn};

const IDENTIFIER: &str = "ada.lovelace@contoso.example";
const NAMES: [&str; 2] = ["Ada", "Lovelace"];
const TENANT: &str = "Contoso";

/// A kind of bad passwords, with the minimum number that the judge has to refuse.
struct Kind {
    name: &'static str,
    refused_min: usize,
    passwords: &'static [&'static str],
}

const BAD: [Kind; 9] = [
    Kind {
        name: "repeated",
        refused_min: 10,
        passwords: &[
            "aaaaaaaa",
            "        ",
            "11111111",
            "🙂🙂🙂🙂🙂🙂🙂🙂",
            "xyxyxyxyxy",
            "abcabcabcabc",
            "!!!!!!!!!!",
            "سسسسسسسسس",
            "hahahahaha",
            "zzzzzzzz9",
        ],
    },
    Kind {
        name: "rows, Latin keyboards",
        refused_min: 14,
        passwords: &[
            "qwertyuiop",
            "qwertyuiop1",
            "qwertzuiop",
            "azertyuiop",
            "asdfghjkl",
            "1qaz2wsx3edc",
            "zxcvbnm,./",
            "poiuytrewq",
            "aoeuidhtns",
            "1q2w3e4r5t",
            "qazwsxedc",
            "yxcvbnm123",
            "qsdfghjklm",
            "!@#$%^&*()",
        ],
    },
    Kind {
        name: "rows, other scripts",
        refused_min: 12,
        passwords: &[
            "йцукенгшщз",
            "фывапролдж",
            "ضصثقفغعهخ",
            "شسيبلاتنم",
            "שדגכעיחלך",
            "קראטוןםפ",
            "абвгдеёжзик",
            "αβγδεζηθ",
            "١٢٣٤٥٦٧٨",
            "१२३४५६७८",
            "１２３４５６７８",
            "ｑｗｅｒｔｙｕｉ",
        ],
    },
    Kind {
        name: "dates",
        refused_min: 10,
        passwords: &[
            "28-11-2026",
            "28112026",
            "2026-11-28",
            "11/28/2026",
            "19840517",
            "17.05.1984",
            "٢٨/١١/٢٠٢٦",
            "28 11 2026",
            "1-1-2001",
            "20252026",
        ],
    },
    Kind {
        name: "words, English",
        refused_min: 9,
        passwords: &[
            "Password1!",
            "Welcome2026",
            "Summer2026!",
            "letmein123",
            "P@ssw0rd123",
            "iloveyou1",
            "sunshine1!",
            "Monday2026",
            "princess12",
            "baseball1",
            "football99",
            "Qwerty2026!",
        ],
    },
    Kind {
        name: "words, Dutch",
        refused_min: 9,
        passwords: &[
            "Wachtwoord1",
            "Wachtwoord123!",
            "Welkom2026",
            "Welkom01",
            "Zomer2026!",
            "Geheim123",
            "ikhouvanjou",
            "Voetbal1!",
            "Feyenoord1",
            "Amsterdam1!",
            "schatje123",
            "Vakantie2026",
        ],
    },
    Kind {
        name: "words, German",
        refused_min: 9,
        passwords: &[
            "Passwort1!",
            "Passwort123",
            "Sommer2026!",
            "Willkommen1",
            "Geheimnis1",
            "ichliebedich",
            "Schatzi123",
            "Frühling2026",
            "hallo12345",
            "Fußball2026",
            "München2026",
            "Bayern1900",
        ],
    },
    Kind {
        name: "words, Arabic",
        refused_min: 9,
        passwords: &[
            "كلمةالسر123",
            "كلمة السر",
            "مرحبا123456",
            "حبيبي٢٠٢٦",
            "محمد123456",
            "الله1234",
            "7abibi123",
            "mar7aba2026",
            "habibi2026",
            "ahmed12345",
            "kalimatsir1",
            "الرقم السري",
        ],
    },
    Kind {
        name: "of the person",
        refused_min: 7,
        passwords: &[
            "Lovelace2026",
            "adalovelace1",
            "L0velace!99",
            "contoso2026",
            "C0nt0s0!12",
            "ecalevoL2026",
            "ｌｏｖｅｌａｃｅ７７",
            "ada.lovelace",
            "Example2026",
        ],
    },
];

const GOOD: [&str; 24] = [
    "three boats, no sail",
    "quiet otter 7 under Lantern",
    "k7#qXv2m9wRt",
    "correct horse battery staple",
    "vier fietsen en een zwaan",
    "zeven kazen op het dak",
    "blauwe regen in de la",
    "neun Gurken im Schrank",
    "der Kaktus tanzt leise",
    "Ölkanne trifft Regenschirm",
    "سبع قطط فوق السطح",
    "البحر يشرب القهوة مساء",
    "جملي الأخضر يقرأ كتابا",
    "sab3 2otat fo2 elsat7",
    "xkgv-7Tq!-wzp",
    "Tr0mbone&Xylophon",
    "gH7$kLm2pQ9z",
    "mijn buurman kweekt tomaten",
    "Pfefferminz7Giraffe",
    "олень купил синий зонт",
    "my cat hates mondays since 2019",
    "rainbow-tractor-violin",
    "8-Kreuzottern-im-Zug",
    "waterlelie+stopcontact",
];

#[test]
fn the_judge_refuses_bad_passwords_in_every_language_and_takes_good_ones() {
    let banned = BannedList::global();
    let context = Context {
        identifier: IDENTIFIER,
        names: &NAMES,
        tenant: &[TENANT],
        banned,
        ..Context::default()
    };
    let is_refused = |typed: &str| {
        let password = NewPassword::parse(typed).expect("what can be typed");
        !judge(&password, &PasswordRules::default(), &context).is_empty()
    };
    let inputs = [IDENTIFIER, "ada", "lovelace", "contoso"];
    let is_weak = |typed: &str| zxcvbn(typed, &inputs).score() < Score::Three;
    println!(
        "{:24} {:>6} {:>7} {:>7}",
        "refused of", "", "judge", "zxcvbn"
    );
    let mut all = (0, 0, 0);
    for kind in BAD {
        let taken: Vec<&&str> = kind.passwords.iter().filter(|it| !is_refused(it)).collect();
        let refused = kind.passwords.len() - taken.len();
        let weak = kind.passwords.iter().filter(|it| is_weak(it)).count();
        println!(
            "{:24} {:6} {refused:7} {weak:7}   {taken:?}",
            kind.name,
            kind.passwords.len()
        );
        all = (all.0 + kind.passwords.len(), all.1 + refused, all.2 + weak);
        assert!(
            refused >= kind.refused_min,
            "{}: {taken:?} are taken",
            kind.name
        );
    }
    let refused: Vec<&&str> = GOOD.iter().filter(|it| is_refused(it)).collect();
    let weak: Vec<&&str> = GOOD.iter().filter(|it| is_weak(it)).collect();
    println!(
        "{:24} {:6} {:7} {:7}",
        "all that are bad", all.0, all.1, all.2
    );
    println!(
        "{:24} {:6} {:7} {:7}   {weak:?}",
        "good",
        GOOD.len(),
        refused.len(),
        weak.len()
    );
    assert!(refused.is_empty(), "{refused:?} are refused");
    assert!(all.1 >= all.2, "zxcvbn refuses more that is bad");
}

/// The judge must never, or almost never, refuse a generated password. Generated passwords contain
/// terms by chance.
#[test]
fn of_random_passwords_one_in_a_hundred_is_refused_at_most() {
    const DRAWN: usize = 1_000;
    let context = Context {
        banned: BannedList::global(),
        ..Context::default()
    };
    let mut state = 1_u64;
    for length in [8, 10, 12, 15] {
        let mut refused = 0;
        for _ in 0..DRAWN {
            let draw = || {
                // The generator is Knuth's (MMIX); the test uses its upper half.
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let letter = (state >> 33) % 62;
                let letters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
                char::from(letters[usize::try_from(letter).expect("62 at most")])
            };
            let typed: String = std::iter::repeat_with(draw).take(length).collect();
            let password = NewPassword::parse(&typed).expect("letters and digits");
            let refusals = judge(&password, &PasswordRules::default(), &context);
            refused += usize::from(!refusals.is_empty());
        }
        println!(
            "of {DRAWN} random passwords of {length} letters and digits {refused} are refused"
        );
        // With eight characters, a term and a pattern leave too few other characters more often.
        let refused_max = if length == 8 { DRAWN / 20 } else { DRAWN / 100 };
        assert!(refused <= refused_max);
    }
}

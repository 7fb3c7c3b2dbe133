//! The cost of judging.

use alloc::string::String;

use super::steps::taken;
use super::{BannedList, Context, NewPassword, PasswordRules, judge};

/// Maximum steps for each character, half as many again as were measured: for patterns alone, and
/// with the global list.
const PATTERNS_MAX: usize = 300;
const LIST_MAX: usize = 1_200;

#[test]
fn the_work_grows_with_the_length_alone() {
    let code_points = |character: fn(u32) -> u32| {
        let characters = (0..256).map(character).filter_map(char::from_u32);
        characters.collect::<String>()
    };
    let again = |piece: &str| piece.chars().cycle().take(256).collect();
    for typed in [
        again("may1"),
        again("1/"),
        again("qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"),
        again("qwertyuipasdfgjklzxcvnm,"),
        again("jan1feb2mar3apr4"),
        again("31415926535897932384626433832795028841971693993751"),
        again("1234567890"),
        again("٢٨/١١/٢٠٢٦ "),
        again("٢٨ رمضان ١٤٤٥ "),
        again("qa"),
        again("a"),
        again("1"),
        again("1112"),
        again("11/"),
        again("1q1w1e1r1t1y1u1i1o1p"),
        again("1-/.,_ "),
        again("passwordqwertyletmein"),
        code_points(|number| 0x4e00 + number),
        code_points(|number| 0x4e00 + number / 2 + 0x200 * (number % 2)),
        code_points(|number| 33 + number * number * 7 % 89),
    ] {
        let password = NewPassword::parse(&typed).expect("256 characters");
        let judged = |banned: &BannedList, each_max: usize| {
            let before = taken();
            let context = Context {
                banned,
                ..Context::default()
            };
            judge(&password, &PasswordRules::default(), &context);
            let (steps, length) = (taken() - before, usize::from(password.length()));
            assert!(steps > 0 && steps <= each_max * length, "{typed}: {steps}");
        };
        judged(&BannedList::EMPTY, PATTERNS_MAX);
        judged(BannedList::global(), LIST_MAX);
    }
}

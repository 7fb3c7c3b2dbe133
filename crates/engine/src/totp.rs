//! Codes of authenticator apps (RFC 6238). Each code is accepted once.
//!
//! A code of one step earlier or later is also accepted, so that a clock that is half a minute
//! wrong does not lock the person out.

use alloc::string::String;

use hmac::{Hmac, Mac};
use postern_protocol::{Timestamp, TypedCode};
use sha1::Sha1;
use sha2::Sha256;
use subtle::{ConditionallySelectable, ConstantTimeEq};

use crate::account::{
    Authenticator, AuthenticatorId, AuthenticatorSecret, TotpAlgorithm, TotpPeriod,
};
use crate::ledger::Ledger;

/// The number of digits of a code: six, as in every app.
const DIGITS: usize = 6;

/// The number of accepted steps before and after the present one (RFC 6238 section 5.2 recommends
/// one at most).
const DRIFT_STEPS: u64 = 1;

/// The result for a typed code.
pub(crate) enum Verdict {
    /// The code belongs to a step that is not used up.
    Right {
        authenticator: AuthenticatorId,
        step: u64,
    },
    /// The code belongs to a step that is used up.
    Used,
    /// The code belongs to none of the authenticators.
    Wrong,
}

/// Compares a typed code with every possible step of every authenticator.
pub(crate) fn judge(
    typed: &TypedCode,
    authenticators: &[Authenticator],
    ledger: &Ledger,
    now: Timestamp,
) -> Verdict {
    let mut verdict = Verdict::Wrong;
    for authenticator in authenticators {
        if ledger.is_disabled(&authenticator.id) {
            continue;
        }
        let Some(step) = matching_step(typed, authenticator, now) else {
            continue;
        };
        // A code is used up if its step, or a later one, was accepted (RFC 6238 section 5.2).
        let is_fresh = ledger
            .accepted_step(&authenticator.id)
            .is_none_or(|accepted| step > accepted);
        if is_fresh {
            return Verdict::Right {
                authenticator: authenticator.id.clone(),
                step,
            };
        }
        verdict = Verdict::Used;
    }
    verdict
}

/// The latest step within the drift that has the typed code.
fn matching_step(typed: &TypedCode, authenticator: &Authenticator, now: Timestamp) -> Option<u64> {
    let present = step_at(now, authenticator.period);
    let mut matching = 0;
    let mut matches = 0;
    for step in present.saturating_sub(DRIFT_STEPS)..=present + DRIFT_STEPS {
        let code = code_at_step(&authenticator.secret, authenticator.algorithm, step);
        let equal = code.as_bytes().ct_eq(typed.digits().as_bytes());
        matching.conditional_assign(&step, equal);
        matches |= equal.unwrap_u8();
    }
    (matches == 1).then_some(matching)
}

/// The code that an authenticator shows at a moment.
///
/// ```
/// use postern_engine::account::{AuthenticatorSecret, TotpAlgorithm, TotpPeriod};
/// use postern_engine::totp::code_at;
/// use postern_protocol::Timestamp;
///
/// // RFC 6238, appendix B, of whose eight digits apps show the last six.
/// let secret = AuthenticatorSecret::new(b"12345678901234567890".to_vec());
/// let at = Timestamp::from_seconds(59);
/// assert_eq!(code_at(&secret, TotpAlgorithm::Sha1, TotpPeriod::Seconds30, at), "287082");
/// ```
pub fn code_at(
    secret: &AuthenticatorSecret,
    algorithm: TotpAlgorithm,
    period: TotpPeriod,
    now: Timestamp,
) -> String {
    code_at_step(secret, algorithm, step_at(now, period))
}

/// The step with the shorter period. Within it, no app changes its code.
pub(crate) fn shortest_step(now: Timestamp) -> u64 {
    step_at(now, TotpPeriod::Seconds30)
}

fn step_at(now: Timestamp, period: TotpPeriod) -> u64 {
    let seconds = match period {
        TotpPeriod::Seconds30 => 30,
        TotpPeriod::Seconds60 => 60,
    };
    u64::try_from(now.seconds()).unwrap_or(0) / seconds
}

fn code_at_step(secret: &AuthenticatorSecret, algorithm: TotpAlgorithm, step: u64) -> String {
    let truncated = match algorithm {
        TotpAlgorithm::Sha1 => {
            let mut mac = <Hmac<Sha1> as Mac>::new_from_slice(secret.reveal())
                .expect("HMAC takes a key of any length");
            mac.update(&step.to_be_bytes());
            truncate(&mac.finalize().into_bytes())
        }
        TotpAlgorithm::Sha256 => {
            let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(secret.reveal())
                .expect("HMAC takes a key of any length");
            mac.update(&step.to_be_bytes());
            truncate(&mac.finalize().into_bytes())
        }
    };
    (0..DIGITS)
        .rev()
        .map(|place| {
            let digit = truncated / 10_u32.pow(u32::try_from(place).unwrap_or(0)) % 10;
            char::from_digit(digit, 10).unwrap_or('0')
        })
        .collect()
}

/// Dynamic truncation (RFC 4226 section 5.3): 31 bits, at the position that the last four bits
/// give.
fn truncate(mac: &[u8]) -> u32 {
    let offset = usize::from(mac[mac.len() - 1] & 0xf);
    let four = &mac[offset..offset + 4];
    u32::from_be_bytes([four[0] & 0x7f, four[1], four[2], four[3]])
}

#[cfg(test)]
mod tests {
    use postern_protocol::CodeLength;

    use super::*;

    /// RFC 6238, appendix B: the last six of its eight digits.
    const VECTORS: [(i64, &str, &str); 6] = [
        (59, "287082", "119246"),
        (1_111_111_109, "081804", "084774"),
        (1_111_111_111, "050471", "062674"),
        (1_234_567_890, "005924", "819424"),
        (2_000_000_000, "279037", "698825"),
        (20_000_000_000, "353130", "737706"),
    ];

    #[test]
    fn the_vectors_of_rfc_6238_hold() {
        let sha1 = AuthenticatorSecret::new(b"12345678901234567890".to_vec());
        let sha256 = AuthenticatorSecret::new(b"12345678901234567890123456789012".to_vec());
        for (seconds, with_sha1, with_sha256) in VECTORS {
            let at = Timestamp::from_seconds(seconds);
            let period = TotpPeriod::Seconds30;
            assert_eq!(code_at(&sha1, TotpAlgorithm::Sha1, period, at), with_sha1);
            assert_eq!(
                code_at(&sha256, TotpAlgorithm::Sha256, period, at),
                with_sha256
            );
        }
    }

    #[test]
    fn a_code_is_taken_one_step_early_or_late_and_no_further() {
        for (period, seconds) in [(TotpPeriod::Seconds30, 30), (TotpPeriod::Seconds60, 60)] {
            let authenticator = Authenticator {
                id: AuthenticatorId("app".into()),
                secret: AuthenticatorSecret::new(b"12345678901234567890".to_vec()),
                period,
                algorithm: TotpAlgorithm::Sha1,
            };
            let shown = Timestamp::from_seconds(600_000);
            let shown = code_at(&authenticator.secret, TotpAlgorithm::Sha1, period, shown);
            let typed = TypedCode::parse(&shown, CodeLength::AUTHENTICATOR);
            let step = Some(600_000 / u64::try_from(seconds).unwrap());
            for (offset, expected) in [
                (-seconds, step),
                (0, step),
                (2 * seconds - 1, step),
                (2 * seconds, None),
                (-seconds - 1, None),
            ] {
                let now = Timestamp::from_seconds(600_000 + offset);
                assert_eq!(
                    matching_step(&typed, &authenticator, now),
                    expected,
                    "{offset}"
                );
            }
        }
    }
}

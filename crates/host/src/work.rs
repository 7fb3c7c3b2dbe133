//! Proof of work in the place of a captcha: ALTCHA version 2 challenges, issued and verified.
//!
//! Issuing a challenge costs one HMAC. The challenge says how a derived key has to begin. Which
//! counter gives such a key is unknown until it is tried. Verifying the work costs the HMAC again
//! and one derivation, as much as one guess of the page. The store keeps only the nonces of solved
//! challenges, and each of them is accepted once.
//!
//! # How hard
//!
//! The page tries counters from 0 on and derives one key for each, through `WebCrypto`, until a key
//! begins with as many zeros as the challenge requires. With two zeros, one key in 256 does, so
//! that half of all people are done after 177 guesses and 19 of 20 after 766. On a low-end phone
//! without SHA-256 instructions, a compression takes about 1 µs. PBKDF2 does two for each
//! iteration, and a call costs about 0.5 ms in addition. With 2,000 iterations that is at most 4.5
//! ms a guess: 0.8 s for half of the people and 3.5 s for 19 of 20, while the person types. A phone
//! with the instructions needs a fifth of that.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::time::Duration;

use hmac::{Hmac, Mac};
use postern_engine::dice::Dice;
use postern_engine::{EngineKey, hex};
use postern_protocol::Timestamp;
use postern_protocol::work::{Challenge, Parameters, Payload, Solution};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The only key derivation in use. `WebCrypto` has it.
pub const ALGORITHM: &str = "PBKDF2/SHA-256";

/// How long a challenge is valid.
pub const CHALLENGE_LIFE: Duration = Duration::from_mins(10);

/// The length of a derived key in bytes.
const DERIVED_KEY_LENGTH: usize = 32;

/// The length of the nonce and of the salt in bytes.
const NONCE_LENGTH: usize = 16;

/// The purpose of a challenge. A solution is valid for nothing else.
const PURPOSE: (&str, &str) = ("purpose", "attempt");

/// The difficulty of a challenge.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Hardness {
    /// The number of iterations for each guess.
    pub cost: u32,
    /// The number of hexadecimal zeros at the beginning of the key. Each of them multiplies the
    /// guesses by sixteen.
    pub digits: u32,
}

impl Hardness {
    /// The difficulty of these parameters.
    pub fn of(parameters: &Parameters) -> Self {
        Self {
            cost: parameters.cost,
            digits: u32::try_from(parameters.key_prefix.len()).unwrap_or(u32::MAX),
        }
    }

    /// The number of iterations that a solution takes on average.
    ///
    /// ```
    /// use postern_host::work::Hardness;
    ///
    /// assert_eq!(Hardness { cost: 2_000, digits: 2 }.iterations(), 512_000);
    /// ```
    pub const fn iterations(self) -> u64 {
        let guesses = 1_u64.checked_shl(self.digits.saturating_mul(4));
        match guesses {
            Some(guesses) => guesses.saturating_mul(self.cost as u64),
            None => u64::MAX,
        }
    }
}

impl Default for Hardness {
    /// One second on a phone of the cheapest kind. The documentation of the module has the
    /// calculation.
    fn default() -> Self {
        Self {
            cost: 2_000,
            digits: 2,
        }
    }
}

/// Finished work, to be accepted once.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Solved {
    /// The nonce that the host's store has to burn. If the store already has it, the work was used
    /// before.
    pub nonce: String,
    /// How long the store has to remember the nonce.
    pub expires_at: Timestamp,
}

/// Why work is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum WorkError {
    /// The challenge is too old.
    Expired,
    /// The challenge is not from this service, or was changed.
    Forged,
    /// The solution is wrong.
    Wrong,
}

/// Makes a challenge from 256 fresh random bits. This costs one HMAC.
///
/// ```
/// use postern_engine::EngineKey;
/// use postern_host::work::{Hardness, issue, solve, verify};
/// use postern_protocol::Timestamp;
///
/// let key = EngineKey::new([1; 32]);
/// let now = Timestamp::from_seconds(1_700_000_000);
/// let easy = Hardness { cost: 1, digits: 1 };
///
/// let challenge = issue(&key, easy, now, [2; 32]);
/// let payload = solve(&challenge, 1_000).expect("one in sixteen is a solution");
/// assert!(verify(&payload, &key, now).is_ok());
/// ```
pub fn issue(key: &EngineKey, hardness: Hardness, now: Timestamp, seed: [u8; 32]) -> Challenge {
    let mut dice = Dice::new(seed);
    let nonce: [u8; NONCE_LENGTH] = dice.bytes();
    let salt: [u8; NONCE_LENGTH] = dice.bytes();
    let (name, value) = PURPOSE;
    let parameters = Parameters {
        algorithm: ALGORITHM.to_string(),
        cost: hardness.cost,
        data: BTreeMap::from([(name.to_string(), value.to_string())]),
        expires_at: now + CHALLENGE_LIFE,
        key_length: 32,
        key_prefix: (0..hardness.digits).map(|_| '0').collect(),
        key_signature: None,
        memory_cost: None,
        nonce: hex::encode(&nonce),
        parallelism: None,
        salt: hex::encode(&salt),
    };
    let signature = hex::encode(&signature(&parameters, key));
    Challenge {
        parameters,
        signature,
    }
}

/// Whether a challenge was issued with this key and is unchanged. This costs one HMAC.
pub fn is_signed(challenge: &Challenge, key: &EngineKey) -> bool {
    let Parameters {
        algorithm,
        data,
        key_prefix,
        key_signature,
        memory_cost,
        nonce,
        parallelism,
        salt,
        ..
    } = &challenge.parameters;
    let (name, value) = PURPOSE;
    // Only a challenge in the exact form that this code writes can be ours: then no part of it can
    // be taken for another field of the signed text.
    let is_ours = algorithm == ALGORITHM
        && data.len() == 1
        && data.get(name).is_some_and(|purpose| purpose == value)
        && key_signature.is_none()
        && memory_cost.is_none()
        && parallelism.is_none()
        && [key_prefix, nonce, salt]
            .into_iter()
            .all(|field| field.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let claimed: Option<[u8; 32]> = hex::decode(&challenge.signature);
    let own = signature(&challenge.parameters, key);
    claimed.is_some_and(|claimed| is_ours && bool::from(own.ct_eq(&claimed)))
}

/// Verifies work: first its time, then that the challenge is ours, then that the key solves it. The
/// last of these costs one derivation.
///
/// # Errors
///
/// Why the work is refused. The host still has to burn the nonce, in one step with the check
/// whether it was burnt before.
pub fn verify(payload: &Payload, key: &EngineKey, now: Timestamp) -> Result<Solved, WorkError> {
    let Parameters {
        cost,
        expires_at,
        key_prefix,
        nonce,
        salt,
        ..
    } = &payload.challenge.parameters;
    if now >= *expires_at {
        return Err(WorkError::Expired);
    }
    if !is_signed(&payload.challenge, key) {
        return Err(WorkError::Forged);
    }
    let claimed: [u8; DERIVED_KEY_LENGTH] =
        hex::decode(&payload.solution.derived_key).ok_or(WorkError::Wrong)?;
    if !payload.solution.derived_key.starts_with(key_prefix) {
        return Err(WorkError::Wrong);
    }
    let bytes = |field: &str| hex::decode(field).ok_or(WorkError::Forged);
    let derived = derive(bytes(nonce)?, bytes(salt)?, payload.solution.counter, *cost);
    if !bool::from(derived.ct_eq(&claimed)) {
        return Err(WorkError::Wrong);
    }
    Ok(Solved {
        nonce: nonce.clone(),
        expires_at: *expires_at,
    })
}

/// Does the work as the page does it through `WebCrypto`: for tests, benches and callers that are
/// not browsers.
///
/// `None` if no counter up to `counter_max` solves the challenge, or if it is not a valid
/// challenge.
pub fn solve(challenge: &Challenge, counter_max: u32) -> Option<Payload> {
    let nonce = hex::decode(&challenge.parameters.nonce)?;
    let salt = hex::decode(&challenge.parameters.salt)?;
    (0..=counter_max).find_map(|counter| {
        let derived = hex::encode(&derive(nonce, salt, counter, challenge.parameters.cost));
        derived
            .starts_with(&challenge.parameters.key_prefix)
            .then(|| Payload {
                challenge: challenge.clone(),
                solution: Solution {
                    counter,
                    derived_key: derived,
                    time: None,
                },
            })
    })
}

fn derive(
    nonce: [u8; NONCE_LENGTH],
    salt: [u8; NONCE_LENGTH],
    counter: u32,
    cost: u32,
) -> [u8; DERIVED_KEY_LENGTH] {
    let mut password = [0; NONCE_LENGTH + 4];
    password[..NONCE_LENGTH].copy_from_slice(&nonce);
    password[NONCE_LENGTH..].copy_from_slice(&counter.to_be_bytes());
    let mut derived = [0; DERIVED_KEY_LENGTH];
    pbkdf2::pbkdf2_hmac::<Sha256>(&password, &salt, cost, &mut derived);
    derived
}

/// HMAC-SHA-256 over the JSON of the parameters with sorted keys.
fn signature(parameters: &Parameters, key: &EngineKey) -> [u8; 32] {
    // In the format of ALTCHA, a secret is a text.
    let secret = hex::encode(&key.derived("work challenge"));
    let mut mac = mac(secret.as_bytes());
    mac.update(sorted_json(parameters).as_bytes());
    mac.finalize().into_bytes().into()
}

fn mac(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length")
}

/// The JSON of the parameters with sorted keys. If one of these strings needed escaping, or another
/// field were set, the challenge would not be ours.
fn sorted_json(parameters: &Parameters) -> String {
    let Parameters {
        algorithm,
        cost,
        expires_at,
        key_length,
        key_prefix,
        nonce,
        salt,
        ..
    } = parameters;
    let expires_at = expires_at.seconds();
    let (name, value) = PURPOSE;
    format!(
        "{{\"algorithm\":\"{algorithm}\",\"cost\":{cost},\"data\":{{\"{name}\":\"{value}\"}},\
         \"expiresAt\":{expires_at},\"keyLength\":{key_length},\"keyPrefix\":\"{key_prefix}\",\
         \"nonce\":\"{nonce}\",\"salt\":\"{salt}\"}}"
    )
}

impl fmt::Display for WorkError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Expired => "the challenge is too old",
            Self::Forged => "the challenge is not one of ours",
            Self::Wrong => "the solution is none",
        })
    }
}

impl core::error::Error for WorkError {}

#[cfg(test)]
mod tests;

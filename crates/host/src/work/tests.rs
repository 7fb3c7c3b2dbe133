use super::*;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn key() -> EngineKey {
    EngineKey::new([1; 32])
}

fn challenge() -> Challenge {
    let easy = Hardness { cost: 3, digits: 2 };
    issue(&key(), easy, NOW, [2; 32])
}

fn payload() -> Payload {
    solve(&challenge(), 10_000).unwrap()
}

fn verified(change: impl FnOnce(&mut Payload)) -> Result<Solved, WorkError> {
    let mut payload = payload();
    change(&mut payload);
    verify(&payload, &key(), NOW)
}

#[test]
fn work_done_is_taken_and_names_the_nonce_to_burn() {
    let solved = verified(|_| {}).unwrap();
    assert_eq!(solved.nonce, challenge().parameters.nonce);
    assert_eq!(solved.expires_at, NOW + CHALLENGE_LIFE);
}

#[test]
fn the_counter_that_solves_it_is_the_first_whose_key_begins_as_it_has_to() {
    let Payload { solution, .. } = payload();
    assert!(solution.derived_key.starts_with("00"));
    assert!(solution.counter > 0, "the seed has nothing to try");
    assert!(solve(&challenge(), solution.counter - 1).is_none());
}

#[test]
fn as_many_guesses_are_needed_as_the_zeros_say() {
    for (digits, least, most) in [(0, 1, 1), (1, 12, 20), (2, 200, 320)] {
        let hardness = Hardness { cost: 1, digits };
        let guesses = (0..250_u8).map(|seed| {
            let challenge = issue(&key(), hardness, NOW, [seed; 32]);
            solve(&challenge, 100_000).unwrap().solution.counter + 1
        });
        let mean = guesses.sum::<u32>() / 250;
        assert!((least..=most).contains(&mean), "{digits}: {mean}");
    }
}

#[test]
fn every_challenge_is_another() {
    let easy = Hardness { cost: 1, digits: 1 };
    let nonce = |seed| issue(&key(), easy, NOW, [seed; 32]).parameters.nonce;
    assert_ne!(nonce(1), nonce(2));
}

#[test]
fn a_challenge_dies_after_ten_minutes() {
    let at = |span| verify(&payload(), &key(), NOW + Duration::from_secs(span));
    assert!(at(599).is_ok());
    assert_eq!(at(600), Err(WorkError::Expired));
}

#[test]
fn no_parameter_can_be_changed() {
    let forged = Err(WorkError::Forged);
    assert_eq!(verified(|it| it.challenge.parameters.cost = 1), forged);
    let later = NOW + Duration::from_secs(9_999);
    assert_eq!(
        verified(|it| it.challenge.parameters.expires_at = later),
        forged
    );
    assert_eq!(
        verified(|it| it.challenge.parameters.key_length = 16),
        forged
    );
    assert_eq!(
        verified(|it| it.challenge.parameters.key_prefix.clear()),
        forged
    );
    assert_eq!(
        verified(|it| it.challenge.parameters.salt.push('0')),
        forged
    );
    assert_eq!(
        verified(|it| it.challenge.parameters.algorithm.push('\"')),
        forged
    );
    assert_eq!(
        verified(|it| it.challenge.parameters.nonce.make_ascii_uppercase()),
        forged
    );
    assert_eq!(verified(|it| it.challenge.signature.clear()), forged);
    let changes: [fn(&mut Parameters); 6] = [
        |it| it.data.clear(),
        |it| drop(it.data.insert("purpose".into(), "another".into())),
        |it| drop(it.data.insert("a".into(), "b".into())),
        |it| it.key_signature = Some("00".into()),
        |it| it.memory_cost = Some(1),
        |it| it.parallelism = Some(1),
    ];
    for change in changes {
        assert_eq!(verified(|it| change(&mut it.challenge.parameters)), forged);
    }
    assert_eq!(verify(&payload(), &EngineKey::new([9; 32]), NOW), forged);
}

#[test]
fn digits_cannot_be_moved_from_one_field_to_the_next() {
    let spliced = verified(|it| {
        let moved = it.challenge.parameters.nonce.pop().unwrap();
        it.challenge.parameters.salt.insert(0, moved);
    });
    assert_eq!(spliced, Err(WorkError::Forged));
}

/// The release before signed through ALTCHA's library: the JSON of the parameters with sorted keys,
/// and the derived key in hexadecimal as the secret. This release accepts its challenges.
#[test]
fn a_challenge_of_the_release_before_is_taken() {
    let taken = verified(|it| {
        let json = serde_json::to_value(&it.challenge.parameters).unwrap();
        let sorted: BTreeMap<String, serde_json::Value> = serde_json::from_value(json).unwrap();
        let json = serde_json::to_string(&sorted).unwrap();
        let secret = key()
            .derived("work challenge")
            .iter()
            .fold(String::new(), |secret, byte| format!("{secret}{byte:02x}"));
        let mut mac = mac(secret.as_bytes());
        mac.update(json.as_bytes());
        it.challenge.signature = hex::encode(&mac.finalize().into_bytes());
    });
    assert!(taken.is_ok());
}

#[test]
fn a_signature_over_unsorted_keys_is_not_ours() {
    let forged = verified(|it| {
        let json = sorted_json(&it.challenge.parameters);
        let (first, rest) = json[1..json.len() - 1].split_once(',').unwrap();
        let unsorted = format!("{{{rest},{first}}}");
        let secret = hex::encode(&key().derived("work challenge"));
        let mut mac = mac(secret.as_bytes());
        mac.update(unsorted.as_bytes());
        it.challenge.signature = hex::encode(&mac.finalize().into_bytes());
    });
    assert_eq!(forged, Err(WorkError::Forged));
}

#[test]
fn the_signed_text_is_the_json_of_the_parameters() {
    let parameters = challenge().parameters;
    let json = serde_json::to_value(&parameters).unwrap();
    // serde_json sorts the keys of a value.
    assert_eq!(sorted_json(&parameters), json.to_string());
}

#[test]
fn a_key_that_misses_the_prefix_is_wrong_however_honestly_derived() {
    let wrong = verified(|it| {
        let parameters = &it.challenge.parameters;
        let nonce = hex::decode(&parameters.nonce).unwrap();
        let salt = hex::decode(&parameters.salt).unwrap();
        it.solution.counter = 0;
        it.solution.derived_key = hex::encode(&derive(nonce, salt, 0, parameters.cost));
    });
    assert_eq!(wrong, Err(WorkError::Wrong));
    // This key begins as required, but was not derived.
    let invented = verified(|it| it.solution.derived_key = "0".repeat(64));
    assert_eq!(invented, Err(WorkError::Wrong));
    assert_eq!(
        verified(|it| it.solution.counter += 1),
        Err(WorkError::Wrong)
    );
    assert_eq!(
        verified(|it| it.solution.derived_key.clear()),
        Err(WorkError::Wrong)
    );
}

/// RFC 7914 section 11: the first half of PBKDF2-HMAC-SHA-256 with "passwd", "salt" and one
/// iteration.
#[test]
fn the_derivation_is_pbkdf2_with_sha_256() {
    let mut derived = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha256>(b"passwd", b"salt", 1, &mut derived);
    assert_eq!(
        hex::encode(&derived),
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
    );
}

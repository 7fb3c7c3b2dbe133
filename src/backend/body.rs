//! The request bodies, in the format that the service reads.

use postern_flow::reset::Request;
use postern_protocol::json::{self, Raw};
use postern_protocol::{ChoosePurpose, StartAttempt};

use super::Envelope;

/// The request body, if the request has one.
#[cfg_attr(
    feature = "demo",
    expect(dead_code, reason = "the demo's judge takes requests as they are")
)]
pub(super) fn body(request: &Request, envelope: &Envelope<'_>) -> Option<String> {
    Some(match request {
        Request::Start { identifier } => json::to_string(&StartAttempt {
            identifier: identifier.as_str(),
            tenant: envelope.tenant,
            locale: envelope.locale,
            support_code: envelope.support_code,
            work: envelope.work.as_deref().map(Raw),
            via: envelope.via.map(Raw),
        }),
        Request::ChoosePurpose(purpose) => json::to_string(&ChoosePurpose { purpose: *purpose }),
        Request::StartMethod(start) => json::to_string(start),
        Request::Prove(proof) => json::to_string(proof),
        Request::SetPassword(set) => json::to_string(set),
        Request::Look | Request::Unlock | Request::AskForHelp | Request::Cancel => return None,
    })
}

#[cfg(all(test, not(feature = "demo")))]
mod tests {
    use postern_protocol::work::{Challenge, Parameters, Payload, Solution};
    use postern_protocol::{
        Guid, Method, Proof, Purpose, SetPassword, StartMethod, SupportCode, Timestamp,
        TypedSecret, Via,
    };
    use serde::de::DeserializeOwned;

    use super::*;

    const AWKWARD: &str = "\"\\\u{1}é\u{1f511}";

    fn body_with(request: &Request, work: Option<String>) -> Option<String> {
        body_via(request, work, None)
    }

    fn body_via(request: &Request, work: Option<String>, via: Option<&str>) -> Option<String> {
        body(
            request,
            &Envelope {
                credentials: None,
                idempotency_key: "key",
                locale: "nl",
                support_code: SupportCode(Guid::from_random(7)),
                work,
                tenant: None,
                via,
            },
        )
    }

    fn read<T: DeserializeOwned>(request: &Request) -> T {
        let body = body_with(request, None).expect("it has a body");
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"))
    }

    #[test]
    fn a_start_carries_the_proof_of_work_as_it_is() {
        let payload = Payload {
            challenge: Challenge {
                parameters: Parameters {
                    algorithm: "PBKDF2/SHA-256".into(),
                    cost: 5_000,
                    data: [("purpose".into(), "attempt".into())].into(),
                    expires_at: Timestamp::from_seconds(1_760_000_000),
                    key_length: 32,
                    key_prefix: "00".into(),
                    key_signature: None,
                    memory_cost: None,
                    nonce: "cd".into(),
                    parallelism: None,
                    salt: "ef".into(),
                },
                signature: "01".into(),
            },
            solution: Solution {
                counter: 42,
                derived_key: "00ff".into(),
                time: None,
            },
        };
        let request = Request::Start {
            identifier: AWKWARD.into(),
        };
        let work = serde_json::to_string(&payload).expect("it can be written");
        let body = body_with(&request, Some(work)).expect("it has a body");
        let start: StartAttempt = serde_json::from_str(&body).expect("the service reads it");
        assert_eq!(
            (start.identifier.as_str(), start.locale.as_str()),
            (AWKWARD, "nl")
        );
        assert_eq!(start.support_code, SupportCode(Guid::from_random(7)));
        assert_eq!(start.work, Some(payload));
        assert_eq!(read::<StartAttempt>(&request).work, None);
    }

    #[test]
    fn a_start_carries_how_the_person_came_as_it_is() {
        let request = Request::Start {
            identifier: "ada".into(),
        };
        let via = Via {
            return_to: Some("https://portal.contoso.example/".into()),
            state: Some(AWKWARD.into()),
            portal: None,
        };
        let said = serde_json::to_string(&via).expect("it can be written");
        let body = body_via(&request, None, Some(&said)).expect("it has a body");
        let start: StartAttempt = serde_json::from_str(&body).expect("the service reads it");
        assert_eq!(start.via, via);
        assert_eq!(read::<StartAttempt>(&request).via, Via::default());
    }

    #[test]
    fn a_start_carries_the_organisation_of_the_page() {
        let request = Request::Start {
            identifier: "ada".into(),
        };
        let body = body(
            &request,
            &Envelope {
                credentials: None,
                idempotency_key: "key",
                locale: "nl",
                support_code: SupportCode(Guid::from_random(7)),
                work: None,
                tenant: Some(AWKWARD),
                via: None,
            },
        );
        let start: StartAttempt =
            serde_json::from_str(&body.expect("it has a body")).expect("the service reads it");
        assert_eq!(start.tenant.as_deref(), Some(AWKWARD));
        assert_eq!(read::<StartAttempt>(&request).tenant, None);
    }

    #[test]
    fn what_is_chosen_and_typed_is_read_as_it_was() {
        for purpose in [Purpose::Reset, Purpose::Unlock] {
            let read: ChoosePurpose = read(&Request::ChoosePurpose(purpose));
            assert_eq!(read.purpose, purpose);
        }
        for phone in [None, Some(AWKWARD.to_owned())] {
            let start = StartMethod {
                method: Method::MobileCall,
                phone: phone.clone(),
            };
            let read: StartMethod = read(&Request::StartMethod(start));
            assert_eq!((read.method, read.phone), (Method::MobileCall, phone));
        }
        let Proof::Code(code) = read(&Request::code(AWKWARD.into())) else {
            panic!("a code was sent")
        };
        assert_eq!(code.reveal(), AWKWARD);
        let answers = vec![(1, AWKWARD.to_owned()), (65_535, String::new())];
        let Proof::Answers(read_back) = read(&Request::answers(answers.clone())) else {
            panic!("answers were sent")
        };
        let read_back = read_back
            .iter()
            .map(|answer| (answer.question, answer.answer.reveal().to_owned()));
        assert_eq!(read_back.collect::<Vec<_>>(), answers);
        let set: SetPassword = read(&Request::SetPassword(SetPassword {
            password: TypedSecret::new(AWKWARD.into()),
        }));
        assert_eq!(set.password.reveal(), AWKWARD);
    }

    #[test]
    fn what_needs_no_body_has_none() {
        for request in [
            Request::Look,
            Request::Unlock,
            Request::AskForHelp,
            Request::Cancel,
        ] {
            assert_eq!(body_with(&request, None), None, "{}", request.name());
        }
    }
}

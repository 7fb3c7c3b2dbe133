use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use postern_protocol::{Method, Refusal};

use super::*;
use postern_protocol::Method::{
    AuthenticatorCode, Email, MobileCall, MobileSms, OfficeCall, Questions,
};

/// The methods for which the reference has reasons.
const METHODS: [Method; 5] = [Email, MobileSms, MobileCall, OfficeCall, Questions];

/// The 35 reasons of the reference's report, in the order of their kinds.
fn reasons() -> Vec<Reason> {
    let mut reasons = Vec::new();
    reasons.extend(METHODS.map(Reason::AbandonedAfterCompleting));
    reasons.extend(METHODS.map(Reason::AbandonedAfterStarting));
    reasons.extend([
        Reason::AbandonedAfterIdentifying,
        Reason::AbandonedBeforePassword,
        Reason::AbandonedDuringPassword,
    ]);
    reasons.extend(
        [
            Blocked::SmsCodes,
            Blocked::MobileCalls,
            Blocked::OfficeCalls,
            Blocked::Questions,
            Blocked::PhoneNumbers,
        ]
        .map(Reason::Blocked),
    );
    reasons.extend([Reason::CanceledBeforeProof, Reason::CanceledBeforePassword]);
    reasons.extend(METHODS.map(|method| Reason::ContactedAdministrator(Some(method))));
    reasons.extend(
        [
            Refusal::AccountNotEnabled,
            Refusal::NotLicensed,
            Refusal::CouldNotVerify,
            Refusal::ManagedElsewhere,
            Refusal::OnPremisesConnectivity,
            Refusal::OnPremisesAdminAction,
            Refusal::NotInGroup,
            Refusal::TenantDisabled,
        ]
        .map(Reason::Refused),
    );
    reasons.extend([Reason::NoCookies, Reason::Succeeded]);
    reasons
}

#[test]
fn there_is_a_reason_for_each_of_the_references_35() {
    let words: BTreeSet<String> = reasons().iter().map(ToString::to_string).collect();
    assert_eq!(words.len(), 35);
    let of_kind = |kind| {
        reasons()
            .iter()
            .filter(|reason| reason.kind() == kind)
            .count()
    };
    for (kind, count) in [
        (ReasonKind::Abandoned, 13),
        (ReasonKind::Blocked, 5),
        (ReasonKind::Canceled, 2),
        (ReasonKind::ContactedAdmin, 5),
        (ReasonKind::Failed, 9),
        (ReasonKind::Succeeded, 1),
    ] {
        assert_eq!(of_kind(kind), count, "{kind:?}");
    }
}

#[test]
fn every_refusal_is_worded_as_one_of_the_references_failures() {
    let failures: BTreeSet<String> = reasons()
        .iter()
        .filter(|reason| reason.kind() == ReasonKind::Failed)
        .map(ToString::to_string)
        .collect();
    for refusal in Refusal::ALL {
        let words = Reason::Refused(refusal).to_string();
        assert!(failures.contains(&words), "{refusal:?}: {words}");
    }
}

#[test]
fn the_sixth_method_is_worded_as_the_other_five_are() {
    let words = [
        Reason::Started(AuthenticatorCode),
        Reason::Undelivered(Some(AuthenticatorCode)),
        Reason::AbandonedAfterStarting(AuthenticatorCode),
        Reason::ContactedAdministrator(Some(AuthenticatorCode)),
        Reason::Blocked(Blocked::AuthenticatorCodes),
    ]
    .map(|reason| reason.to_string());
    assert_eq!(
        words,
        [
            "User started the mobile app code verification option",
            "User could not be reached by the mobile app code verification option",
            "User abandoned after starting the mobile app code verification option",
            "User contacted an admin after trying the mobile app code verification option",
            "User entered too many invalid mobile app verification codes and is blocked for 24 hours",
        ]
    );
}

#[test]
fn the_eleven_activities_are_worded_apart() {
    let words: BTreeSet<String> = Activity::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(words.len(), 11);
}

//! The personas: who can be played, and which words say what there is to see.
//!
//! Their accounts stand in `world.rs`; numbers and answers on file are read from there, so that the
//! two cannot disagree.

use postern_engine::WriteBackHealth;
use postern_protocol::Refusal;

use crate::words::Words;

/// A persona that can be played.
pub(super) struct Persona {
    /// The word for it in the page and in tests; for a refusal its wire name.
    pub(super) name: &'static str,
    /// What to type at the first step.
    pub(super) identifier: &'static str,
    /// How the directory has to be for it to be seen, where that matters.
    pub(super) directory: Option<WriteBackHealth>,
    /// What there is to see.
    about: About,
}

enum About {
    Told(fn(Words) -> String),
    Refused(Refusal),
}

impl Persona {
    /// What there is to see.
    pub(super) fn about(&self, words: Words) -> String {
        match self.about {
            About::Told(say) => say(words),
            About::Refused(refusal) => words.demo_persona_refusal(&title(words, refusal)),
        }
    }
}

/// All personas, in the order in which they are offered.
pub(super) static PERSONAS: [Persona; 21] = [
    told("ada", "ada@contoso.example", Words::demo_persona_ada),
    told(
        "bram",
        "bram@bank.contoso.example",
        Words::demo_persona_bram,
    ),
    told(
        "chen",
        "chen@clinic.contoso.example",
        Words::demo_persona_chen,
    ),
    told("dalia", "dalia@contoso.example", Words::demo_persona_dalia),
    told(
        "elif",
        "elif@school.contoso.example",
        Words::demo_persona_elif,
    ),
    told("femke", "femke@contoso.example", Words::demo_persona_femke),
    told(
        "george",
        "george@contoso.example",
        Words::demo_persona_george,
    ),
    told("hana", "hana@contoso.example", Words::demo_persona_hana),
    told(
        "nobody",
        "nobody@contoso.example",
        Words::demo_persona_nobody,
    ),
    told(
        "locked",
        "locked@contoso.example",
        Words::demo_persona_locked,
    ),
    refused(
        "tenant-disabled",
        "ines@closed.contoso.example",
        Refusal::TenantDisabled,
    ),
    refused("no-policy", "jonas@new.contoso.example", Refusal::NoPolicy),
    refused(
        "not-licensed",
        "kemal@contoso.example",
        Refusal::NotLicensed,
    ),
    refused(
        "not-in-group",
        "lucia@lab.contoso.example",
        Refusal::NotInGroup,
    ),
    refused(
        "account-not-enabled",
        "maya@contoso.example",
        Refusal::AccountNotEnabled,
    ),
    refused(
        "could-not-verify",
        "nils@contoso.example",
        Refusal::CouldNotVerify,
    ),
    refused(
        "not-properly-configured",
        "olga@bank.contoso.example",
        Refusal::NotProperlyConfigured,
    ),
    refused(
        "managed-elsewhere",
        "pavel@contoso.example",
        Refusal::ManagedElsewhere,
    ),
    refused(
        "write-back-not-enabled",
        "quinn@bank.contoso.example",
        Refusal::WriteBackNotEnabled,
    ),
    failing(
        "on-premises-admin-action",
        WriteBackHealth::Misconfigured,
        Refusal::OnPremisesAdminAction,
    ),
    failing(
        "on-premises-connectivity",
        WriteBackHealth::Unreachable,
        Refusal::OnPremisesConnectivity,
    ),
];

/// Whose password is in the directory on premises.
const ON_PREMISES: &str = "george@contoso.example";

/// The persona of that name.
pub(super) fn named(name: &str) -> Option<&'static Persona> {
    PERSONAS.iter().find(|persona| persona.name == name)
}

const fn told(name: &'static str, identifier: &'static str, about: fn(Words) -> String) -> Persona {
    Persona {
        name,
        identifier,
        directory: None,
        about: About::Told(about),
    }
}

const fn refused(name: &'static str, identifier: &'static str, refusal: Refusal) -> Persona {
    Persona {
        name,
        identifier,
        directory: None,
        about: About::Refused(refusal),
    }
}

const fn failing(name: &'static str, directory: WriteBackHealth, refusal: Refusal) -> Persona {
    Persona {
        name,
        identifier: ON_PREMISES,
        directory: Some(directory),
        about: About::Refused(refusal),
    }
}

/// What the refusal's page says first.
fn title(words: Words, refusal: Refusal) -> String {
    match refusal {
        Refusal::TenantDisabled => words.refusal_tenant_disabled_title(),
        Refusal::NoPolicy => words.refusal_no_policy_title(),
        Refusal::NotLicensed => words.refusal_not_licensed_title(),
        Refusal::NotInGroup => words.refusal_not_in_group_title(),
        Refusal::AccountNotEnabled => words.refusal_account_not_enabled_title(),
        Refusal::CouldNotVerify => words.refusal_could_not_verify_title(),
        Refusal::NotProperlyConfigured => words.refusal_not_properly_configured_title(),
        Refusal::ManagedElsewhere => words.refusal_managed_elsewhere_title(),
        Refusal::WriteBackNotEnabled => words.refusal_write_back_not_enabled_title(),
        Refusal::OnPremisesAdminAction => words.refusal_on_premises_admin_action_title(),
        Refusal::OnPremisesConnectivity => words.refusal_on_premises_connectivity_title(),
    }
}

//! The personas that the person can play, and the texts that describe them.
//!
//! The accounts of the personas are in `world.rs`. The panel reads numbers and answers on file from
//! there, so that both agree.

use postern_engine::WriteBackHealth;
use postern_protocol::Refusal;

use crate::words::Words;

/// A persona that can be played.
pub(super) struct Persona {
    /// The name of the persona in the page and in tests; for a refusal its wire name.
    pub(super) name: &'static str,
    /// The identifier to type at the first step.
    pub(super) identifier: &'static str,
    /// The state of the directory that the persona needs, if it matters.
    pub(super) directory: Option<WriteBackHealth>,
    /// The description of the persona's page.
    about: About,
}

enum About {
    Told(fn(Words) -> String),
    Refused(Refusal),
}

impl Persona {
    /// The text that describes the persona's page.
    pub(super) fn about(&self, words: Words) -> String {
        match self.about {
            About::Told(say) => say(words),
            About::Refused(refusal) => words.demo_persona_refusal(&title(words, refusal)),
        }
    }
}

/// All personas, in the order in which the panel offers them.
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

/// The persona whose password is in the directory on premises.
const ON_PREMISES: &str = "george@contoso.example";

/// The persona with this name.
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

/// The title of the refusal's page.
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

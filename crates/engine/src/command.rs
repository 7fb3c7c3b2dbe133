//! What the host is ordered to do, as nouns of intent.
//!
//! What may wait in a durable outbox can be serialised, piece by piece; [`PasswordWrite`] cannot,
//! nor can [`Command`] as a whole, so that no password can be stored or queued by mistake.

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol::password::NewPassword;
use postern_protocol::{AttemptId, CorrelationId, Method, SupportCode, Timestamp};
use serde::{Deserialize, Serialize};

use crate::account::{Account, AccountId};
use crate::answer::AnswerDigest;
use crate::audit::AuditEvent;
use crate::ledger::{Entry, Lock};
use crate::page::Page;
use crate::{CallId, Code};

/// Something the host does for the engine, in the order given.
///
/// All but the last three are stored with the attempt in one transaction.
/// [`RenewAnswers`](Self::RenewAnswers) is run after it, and may fail.
/// [`WriteBack`](Self::WriteBack) and [`UnlockAccount`](Self::UnlockAccount) come last and one at a
/// time: they are run at once, while the request waits, and what comes of them goes in as
/// [`Input::WrittenBack`](crate::Input::WrittenBack).
pub enum Command {
    /// Add this to the subject's ledger.
    Record(Entry),
    /// Put this into the audit log.
    Audit(AuditEvent),
    /// Send this text.
    SendText(Text),
    /// Send this mail.
    SendMail(Mail),
    /// Place this call.
    PlaceCall(Call),
    /// Keep these answers in the place of those on file. Nothing depends on it: until it is done,
    /// the older ones hold.
    RenewAnswers(RenewAnswers),
    /// Set this password, and unlock the account with it.
    WriteBack(PasswordWrite),
    /// Unlock this account; the password stays.
    UnlockAccount(UnlockAccount),
}

/// Answers that were given rightly, and were kept in an older form than the newest.
pub struct RenewAnswers {
    /// The account.
    pub account: AccountId,
    /// The number of each question, and what is now kept of its answer.
    pub answers: Vec<(u16, AnswerDigest)>,
}

impl RenewAnswers {
    /// Puts them into an account, each in the place of one of an older form; false if there is
    /// none.
    pub fn apply(&self, account: &mut Account) -> bool {
        let mut has_changed = false;
        for question in &mut account.questions {
            let renewed = self.answers.iter().find(|(id, _)| *id == question.id);
            if let Some((_, answer)) = renewed
                && question.answer.form() != answer.form()
            {
                question.answer = *answer;
                has_changed = true;
            }
        }
        has_changed
    }
}

/// A notification is not delivered after so long: it is no longer of use.
pub(crate) const NOTICE_LIFE: Duration = Duration::from_hours(24);

/// Recipients of one mail, at most (Microsoft Entra documentation, `concept-sspr-howitworks`, of
/// mails to administrators).
pub const RECIPIENTS_MAX: usize = 100;

/// A text message with a code.
#[derive(Deserialize, Serialize)]
pub struct Text {
    /// A phone number in E.164.
    pub to: String,
    /// What it brings.
    pub code: Code,
    /// The page that the code is typed into.
    #[serde(default)]
    pub page: Page,
    /// When the code stops working: later than that there is no use in sending it.
    pub deadline: Timestamp,
    /// Whose message it is, and in which language.
    pub letterhead: Letterhead,
}

/// A mail, the same to every recipient. Recipients do not see each other.
#[derive(Deserialize, Serialize)]
pub struct Mail {
    /// Addresses, [`RECIPIENTS_MAX`] at most. Empty for the mail of a decoy. A host that queues
    /// mails queues this one too and removes it like any other, so that the time this takes does
    /// not tell whether there is an account.
    pub to: Vec<String>,
    /// What it says.
    pub content: MailContent,
    /// Whether it says too that an authenticator app of the person is taken no more.
    #[serde(default)]
    pub is_app_disabled: bool,
    /// Later than that there is no use in sending it.
    pub deadline: Timestamp,
    /// Whose message it is, and in which language.
    pub letterhead: Letterhead,
}

/// What a mail says.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailContent {
    /// To the person: a code.
    Code {
        /// What it brings.
        code: Code,
        /// When it stops working.
        expires_at: Timestamp,
    },
    /// To the person: the password was reset.
    PasswordReset {
        /// When it happened.
        at: Timestamp,
    },
    /// To the person: the account was unlocked.
    AccountUnlocked {
        /// When it happened.
        at: Timestamp,
    },
    /// To the person: too much was tried in their name, so no more tries are taken.
    Locked {
        /// Since when.
        at: Timestamp,
        /// When it ends.
        until: Timestamp,
    },
    /// To the other administrators: one of them reset their own password.
    AdministratorPasswordReset {
        /// The identifier that the administrator typed.
        identifier: String,
        /// When it happened.
        at: Timestamp,
    },
    /// To the administrators: a person needs help.
    HelpRequest(HelpRequest),
}

/// A request for help: what an administrator needs to know of the person.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct HelpRequest {
    /// Who they say they are.
    pub identifier: String,
    /// The account, if there is one.
    pub account: Option<AccountId>,
    /// The method they tried last.
    pub last_method: Option<Method>,
    /// When they asked.
    pub at: Timestamp,
    /// The lock that keeps them out, if one does.
    #[serde(default)]
    pub lock: Option<Lock>,
}

/// A call, during which `#` is to be pressed.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Call {
    /// Comes back in [`Input::CallEnded`](crate::Input::CallEnded).
    pub id: CallId,
    /// A phone number in E.164.
    pub to: String,
    /// The method that it is for.
    pub method: Method,
    /// The attempt does not wait for the call after this moment.
    pub deadline: Timestamp,
    /// Whose call it is, and in which language.
    pub letterhead: Letterhead,
}

/// What every message has around what it says.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Letterhead {
    /// The tenant's domain.
    pub tenant: String,
    /// What the tenant calls itself.
    pub tenant_name: String,
    /// BCP 47 tag of its language.
    pub locale: String,
    /// Who the person said they were.
    pub identifier: String,
    /// The SID.
    pub attempt: AttemptId,
    /// The CID.
    pub correlation_id: CorrelationId,
    /// What to read to the helpdesk.
    pub support_code: SupportCode,
}

/// A password to be set, now or never.
///
/// ```compile_fail
/// fn stores<T: serde::Serialize>() {}
/// stores::<postern_engine::command::PasswordWrite>();
/// ```
pub struct PasswordWrite {
    /// The account.
    pub account: AccountId,
    /// The password.
    pub password: NewPassword,
}

/// An account to be unlocked.
#[derive(Clone, Debug)]
pub struct UnlockAccount {
    /// The account.
    pub account: AccountId,
}

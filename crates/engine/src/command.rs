//! The orders of the engine to the host, named after their intent.
//!
//! Everything that may wait in a durable outbox can be serialised, piece by piece.
//! [`PasswordWrite`] cannot, and neither can [`Command`] as a whole, so that no host stores or
//! queues a password by mistake.

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol::password::NewPassword;
use postern_protocol::{AttemptId, CorrelationId, Method, SupportCode, Timestamp};
use serde::{Deserialize, Serialize};

use crate::account::{AccountId, Registration};
use crate::answer::AnswerDigest;
use crate::audit::AuditEvent;
use crate::ledger::{Entry, Lock};
use crate::page::Page;
use crate::{CallId, Code};

/// Something that the host does for the engine, in the given order.
///
/// The host stores all but the last three with the attempt in one transaction. It runs
/// [`RenewAnswers`](Self::RenewAnswers) after that transaction, and that command may fail.
/// [`WriteBack`](Self::WriteBack) and [`UnlockAccount`](Self::UnlockAccount) come last, and an
/// outcome has at most one of them. The host runs them at once, while the request waits, and gives
/// the result to the engine as [`Input::WrittenBack`](crate::Input::WrittenBack).
pub enum Command {
    /// Add this to the subject's ledger.
    Record(Entry),
    /// Add this event to the audit log.
    Audit(AuditEvent),
    /// Send this text.
    SendText(Text),
    /// Send this mail.
    SendMail(Mail),
    /// Place this call.
    PlaceCall(Call),
    /// Keep these answers in the place of those on file. Nothing depends on this command: until the
    /// host runs it, the older answers stay valid.
    RenewAnswers(RenewAnswers),
    /// Set this password, and unlock the account in the same step.
    WriteBack(PasswordWrite),
    /// Unlock this account. The password stays the same.
    UnlockAccount(UnlockAccount),
}

/// Correct answers whose digests on file have an older form than the newest.
pub struct RenewAnswers {
    /// The account.
    pub account: AccountId,
    /// The number of each question, and the new digest of its answer.
    pub answers: Vec<(u16, AnswerDigest)>,
}

impl RenewAnswers {
    /// Puts the new digests into a registration, each in the place of one of an older form. False
    /// if the registration has none of an older form.
    pub fn apply(&self, registration: &mut Registration) -> bool {
        let mut has_changed = false;
        for question in &mut registration.questions {
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

/// How long delivery of a notification is tried. After that it is no longer useful.
pub(crate) const NOTICE_LIFE: Duration = Duration::from_hours(24);

/// The maximum number of recipients of one mail (Microsoft Entra documentation,
/// `concept-sspr-howitworks`, about mails to administrators).
pub const RECIPIENTS_MAX: usize = 100;

/// A text message with a code.
#[derive(Deserialize, Serialize)]
pub struct Text {
    /// A phone number in E.164.
    pub to: String,
    /// The code in the message.
    pub code: Code,
    /// The page on which the person types the code.
    #[serde(default)]
    pub page: Page,
    /// When the code stops working. The host does not send the text after that.
    pub deadline: Timestamp,
    /// Whose message it is, and its language.
    pub letterhead: Letterhead,
}

/// A mail. Every recipient gets the same mail. Recipients do not see each other.
#[derive(Deserialize, Serialize)]
pub struct Mail {
    /// Addresses, [`RECIPIENTS_MAX`] at most. Empty for the mail of a decoy. A host that queues
    /// mails queues this one too and removes it like any other, so that the time this takes does
    /// not tell whether there is an account.
    pub to: Vec<String>,
    /// The content of the mail.
    pub content: MailContent,
    /// Whether the mail also says that an authenticator app of the person no longer works here.
    #[serde(default)]
    pub is_app_disabled: bool,
    /// The host does not send the mail after this moment.
    pub deadline: Timestamp,
    /// Whose message it is, and its language.
    pub letterhead: Letterhead,
}

/// The content of a mail.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailContent {
    /// To the person: a code.
    Code {
        /// The code in the mail.
        code: Code,
        /// When the code stops working.
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
    /// To the person: there were too many tries in their name, so the service accepts no more.
    Locked {
        /// When the lock began.
        at: Timestamp,
        /// When the lock ends.
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

/// A request for help: the facts about the person that an administrator needs.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct HelpRequest {
    /// The identifier that the person gave.
    pub identifier: String,
    /// The account, if there is one.
    pub account: Option<AccountId>,
    /// The method that the person tried last.
    pub last_method: Option<Method>,
    /// When the person asked.
    pub at: Timestamp,
    /// The lock that keeps the person out, if there is one.
    #[serde(default)]
    pub lock: Option<Lock>,
}

/// A call in which the person has to press `#`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Call {
    /// The id of the call. It comes back in [`Input::CallEnded`](crate::Input::CallEnded).
    pub id: CallId,
    /// A phone number in E.164.
    pub to: String,
    /// The method of the call.
    pub method: Method,
    /// The attempt does not wait for the call after this moment.
    pub deadline: Timestamp,
    /// Whose call it is, and its language.
    pub letterhead: Letterhead,
}

/// The data that every message has in addition to its content.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Letterhead {
    /// The tenant's domain.
    pub tenant: String,
    /// The name of the tenant.
    pub tenant_name: String,
    /// BCP 47 tag of the message's language.
    pub locale: String,
    /// The identifier that the person gave.
    pub identifier: String,
    /// The session id (SID).
    pub attempt: AttemptId,
    /// The correlation id (CID).
    pub correlation_id: CorrelationId,
    /// The code that the person reads to the helpdesk.
    pub support_code: SupportCode,
}

/// A password that the host has to set at once. It is never stored for later.
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

/// An account that the host has to unlock.
#[derive(Clone, Debug)]
pub struct UnlockAccount {
    /// The account.
    pub account: AccountId,
}

//! Letters as a carrier takes them.

use postern_engine::CallId;
use postern_locale::Direction;

/// A message for a person, ready to be carried.
#[derive(Clone)]
pub enum Letter {
    Mail(MailLetter),
    Text(TextLetter),
    Call(CallLetter),
}

/// A mail to one address.
#[derive(Clone)]
pub struct MailLetter {
    /// The id of the mail. It is the same for each try, and unique.
    pub reference: String,
    /// The address.
    pub to: String,
    /// The subject, in one line.
    pub subject: String,
    /// The words as plain text.
    pub text: String,
    /// The same words as HTML.
    pub html: String,
    pub language: &'static str,
    pub direction: Direction,
    /// The code in the mail, if there is one.
    pub code: Option<String>,
}

/// A text message.
#[derive(Clone)]
pub struct TextLetter {
    /// A phone number in E.164.
    pub to: String,
    pub text: String,
    /// The code in the text.
    pub code: String,
}

/// A call.
#[derive(Clone)]
pub struct CallLetter {
    pub id: CallId,
    /// A phone number in E.164.
    pub to: String,
    pub speech: Speech,
}

/// The words for a call.
#[derive(Clone)]
pub struct Speech {
    pub language: &'static str,
    /// The tag of the voice that speaks the language.
    pub voice: &'static str,
    /// Names the organisation and the key to press.
    pub menu: String,
    /// Said after the key was pressed.
    pub pressed: String,
}

//! The personas of the demo, by their names there, and what they know.

/// Ada: one gate, e-mail or text message.
pub(crate) const ADA: &str = "ada";
/// Bram: two gates, text message and authenticator app.
pub(crate) const BRAM: &str = "bram";
/// Chen: one gate, a call to a mobile or an office phone.
pub(crate) const CHEN: &str = "chen";
/// Dalia: one gate, security questions.
pub(crate) const DALIA: &str = "dalia";
/// Elif: the page asks why, forgot or locked; the account is locked.
pub(crate) const ELIF: &str = "elif";
/// Femke: an administrator, with two gates although the policy asks for one.
pub(crate) const FEMKE: &str = "femke";
/// George: a password on premises, where changes take two minutes.
pub(crate) const GEORGE: &str = "george";
/// Hana: one gate, authenticator app.
pub(crate) const HANA: &str = "hana";
/// A name without an account.
pub(crate) const NOBODY: &str = "nobody";

/// The name that Ada types at the first step.
pub(crate) const NAME_OF_ADA: &str = "ada@contoso.example";
/// The name that Bram types there.
pub(crate) const NAME_OF_BRAM: &str = "bram@bank.contoso.example";
/// The number on file, in the range for fiction (Ofcom).
pub(crate) const PHONE_OF_ADA: &str = "+44 7700 900123";
/// The reference's own example, which is in no numbering plan.
pub(crate) const PHONE_OF_BRAM: &str = "+1 4251234567";
pub(crate) const PHONE_OF_CHEN: &str = "+31 612345678";
pub(crate) const OFFICE_OF_CHEN: &str = "+1 425 555 0142";
pub(crate) const PHONE_OF_FEMKE: &str = "+44 7700 900456";
/// Dalia's answers. The first belongs to the field `answer-1`.
pub(crate) const ANSWERS_OF_DALIA: [&str; 5] =
    ["Utrecht", "Pancakes", "Oak Lane", "Biscuit", "Lifeguard"];

/// A password that every organisation of the demo accepts.
pub(crate) const PASSWORD: &str = "quiet otter 7 under Lantern";

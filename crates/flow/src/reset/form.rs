//! Converts forms to requests, with the few checks that the page itself can make before it sends
//! anything.
//!
//! The page checks only values whose refusal would otherwise need a round trip; the judge checks
//! everything again.

use postern_phone::Region;
use postern_protocol::{
    IDENTIFIER_LENGTH_MAX, Method, SetPassword, StartMethod, Step, TypedCode, TypedSecret,
};

use super::request::Request;
use super::{Busy, Form, Typed, TypedTrouble, Unsent, Wizard, screen};
use crate::plans::{self, Unusable};

impl Wizard {
    /// Converts a form to a request, if the page finds no problem in it.
    #[expect(clippy::too_many_lines, reason = "one arm a form")]
    pub(super) fn read(&mut self, form: Form) -> Result<(Request, Busy), Unsent> {
        use TypedTrouble as T;
        let refuse = |trouble| Err(Unsent::Typed(trouble));
        match form {
            Form::Identify(identifier) => {
                self.typed = Typed {
                    identifier: identifier.trim().to_owned(),
                    phone: String::new(),
                };
                match self.typed.identifier.chars().count() {
                    0 => refuse(T::IdentifierEmpty),
                    n if n > IDENTIFIER_LENGTH_MAX => refuse(T::IdentifierTooLong),
                    _ => Ok((
                        Request::Start {
                            identifier: self.typed.identifier.clone(),
                        },
                        Busy::Starting,
                    )),
                }
            }
            Form::Purpose(None) => refuse(T::PurposeEmpty),
            Form::Purpose(Some(purpose)) => Ok((Request::ChoosePurpose(purpose), Busy::Choosing)),
            Form::Method(None) => refuse(T::MethodEmpty),
            Form::Method(Some(method)) => {
                if self
                    .attempt()
                    .is_some_and(|attempt| screen::is_under_way(&attempt.step, method))
                {
                    return Err(Unsent::AlreadyThere);
                }
                let busy = if method.asks_for_phone() {
                    Busy::Choosing
                } else {
                    Busy::Sending(method)
                };
                Ok((
                    Request::StartMethod(StartMethod {
                        method,
                        phone: None,
                    }),
                    busy,
                ))
            }
            Form::Phone(typed) => {
                self.typed.phone = typed;
                let method = match self.attempt().map(|attempt| &attempt.step) {
                    Some(Step::EnterPhone(step)) => step.method,
                    Some(Step::EnterCode(step)) => step.method,
                    Some(Step::AwaitCall(step)) => step.method,
                    _ => return Err(Unsent::AlreadyThere),
                };
                let region = self
                    .attempt()
                    .and_then(|attempt| attempt.default_region.as_deref());
                let region = region.and_then(Region::parse);
                match plans::check(self.plans.as_ref(), &self.typed.phone, region) {
                    Err(Unusable::Number(error)) => refuse(T::Phone(error)),
                    Err(Unusable::Type(number_type)) => refuse(T::PhoneNotAllowed(number_type)),
                    Ok(()) => Ok((
                        Request::StartMethod(StartMethod {
                            method,
                            phone: Some(self.typed.phone.clone()),
                        }),
                        Busy::Sending(method),
                    )),
                }
            }
            Form::Resend => {
                let method = match self.attempt().map(|attempt| &attempt.step) {
                    Some(Step::EnterCode(step)) => step.method,
                    Some(Step::AwaitCall(step)) => step.method,
                    _ => return Err(Unsent::AlreadyThere),
                };
                let phone = self.phone_for(method);
                Ok((
                    Request::StartMethod(StartMethod { method, phone }),
                    Busy::Sending(method),
                ))
            }
            Form::Code(typed) => {
                let length = match self.attempt().map(|attempt| &attempt.step) {
                    Some(Step::EnterCode(step)) => step.length,
                    _ => return Err(Unsent::AlreadyThere),
                };
                let digits = TypedCode::count_digits(&typed);
                let length = usize::from(length.digits());
                match digits {
                    0 => refuse(T::CodeEmpty),
                    n if n < length => refuse(T::CodeTooShort),
                    // This applies to input of digits only. In other input the judge looks for the
                    // code.
                    n if n > length && n == typed.chars().count() => refuse(T::CodeTooLong),
                    _ => Ok((Request::code(typed), Busy::Checking)),
                }
            }
            Form::Answers(answers) => {
                let empty: Vec<u16> = answers
                    .iter()
                    .filter(|(_, answer)| answer.trim().is_empty())
                    .map(|(id, _)| *id)
                    .collect();
                if empty.is_empty() {
                    Ok((Request::answers(answers), Busy::Checking))
                } else {
                    refuse(T::AnswersEmpty(empty))
                }
            }
            Form::Password(password) => {
                if password.is_empty() {
                    return refuse(T::PasswordEmpty);
                }
                let password = TypedSecret::new(password);
                Ok((
                    Request::SetPassword(SetPassword { password }),
                    Busy::SettingPassword,
                ))
            }
            Form::Unlock => Ok((Request::Unlock, Busy::Unlocking)),
        }
    }

    /// The number typed for this method. After a reload only the judge has the number, and it does
    /// not ask again.
    fn phone_for(&self, method: Method) -> Option<String> {
        (method.asks_for_phone() && !self.typed.phone.is_empty()).then(|| self.typed.phone.clone())
    }
}

//! The endpoints of the API, as one table. The router of the service, the description of the API
//! and the calls of the page come from it.

/// The method of a request (RFC 9110 section 9).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verb {
    /// Reads and has no effect.
    Get,
    /// Has an effect.
    Post,
    /// Sets a value.
    Put,
    /// Ends what it names.
    Delete,
}

/// Whether a request has an `Idempotency-Key`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyNeed {
    /// The request needs none: a repetition makes no difference.
    None,
    /// Any key that is new for each request.
    New,
    /// A key that is random too. A repeated request with it gets the token again.
    Random,
}

/// The place of the attempt's id in a path.
const ID: &str = "{id}";

macro_rules! endpoints {
    ($(
        #[doc = $summary:literal]
        $name:ident: $verb:ident $path:literal $(, key $key:ident)? $(, body $body:ident)?
            => $status:literal $answer:ident or $($problem:literal)+;
    )+) => {
        /// An operation of the API: a path and a method, what goes in, and what comes out.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub enum Endpoint {
            $(#[doc = $summary] $name,)+
        }

        impl Endpoint {
            /// Every endpoint.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The method.
            pub const fn verb(self) -> Verb {
                match self { $(Self::$name => Verb::$verb),+ }
            }

            /// The path below `/api/v1`, with parameters in braces.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$name => $path),+ }
            }

            /// The path before and after the id of the attempt. All of it is before, if the
            /// endpoint is not about an attempt.
            pub const fn around_id(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => const { around_id($path) }),+ }
            }

            /// What the endpoint does, in a sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary.trim_ascii()),+ }
            }

            /// Whether a request has an `Idempotency-Key`.
            pub const fn key(self) -> KeyNeed {
                match self { $(Self::$name => endpoints!(@key $($key)?)),+ }
            }

            /// The name of the type of the body, if a request has one.
            pub const fn body(self) -> Option<&'static str> {
                match self { $(Self::$name => endpoints!(@body $($body)?)),+ }
            }

            /// The status of success, and the name of the type of its body.
            pub const fn answer(self) -> (u16, &'static str) {
                match self { $(Self::$name => ($status, stringify!($answer))),+ }
            }

            /// The statuses of the problems of this endpoint. Every endpoint has some more.
            pub const fn problems(self) -> &'static [u16] {
                match self { $(Self::$name => &[$($problem),+]),+ }
            }
        }

        /// The schemas of all bodies and answers, and of the types inside them, by name.
        #[cfg(feature = "openapi")]
        pub fn schemas() -> Vec<NamedSchema> {
            use crate::work::Challenge;
            use crate::{
                Attempt, ChoosePurpose, Proof, SetPassword, StartAttempt, StartMethod, Started,
                Tenant,
            };

            let mut list = Vec::new();
            $(
                $(add::<$body>(&mut list);)?
                add::<$answer>(&mut list);
            )+
            list
        }
    };
    (@key) => { KeyNeed::None };
    (@key $key:ident) => { KeyNeed::$key };
    (@body) => { None };
    (@body $body:ident) => { Some(stringify!($body)) };
}

endpoints! {
    /// A proof of work to solve before an attempt.
    IssueChallenge: Post "/challenges" => 201 Challenge or 403;
    /// Begins an attempt.
    StartAttempt: Post "/attempts", key Random, body StartAttempt => 201 Started or 403 409 422 429;
    /// Where the attempt is.
    Look: Get "/attempts/{id}" => 200 Attempt or 401 429;
    /// Leaves the attempt.
    Cancel: Delete "/attempts/{id}" => 200 Attempt or 401 409 429;
    /// Says why the person is having trouble.
    ChoosePurpose: Put "/attempts/{id}/purpose", body ChoosePurpose => 200 Attempt or 401 409 429;
    /// Starts a method; the same again sends again.
    StartMethod: Post "/attempts/{id}/codes", key New, body StartMethod
        => 200 Attempt or 401 409 422 429;
    /// Gives a code or answers back.
    Prove: Post "/attempts/{id}/proofs", key New, body Proof => 200 Attempt or 401 409 422 429;
    /// Sets the new password, now.
    SetPassword: Post "/attempts/{id}/password", key New, body SetPassword
        => 200 Attempt or 401 409 422 429;
    /// Unlocks the account, now; the password stays.
    Unlock: Post "/attempts/{id}/unlock", key New => 200 Attempt or 401 409 422 429;
    /// Tells the administrators that the person is stuck.
    AskForHelp: Post "/attempts/{id}/help", key New => 200 Attempt or 401 409 422 429;
    /// What is public about an organisation.
    LookUpTenant: Get "/tenants/{domain}" => 200 Tenant or 404;
}

/// The name of a type, and its schema.
#[cfg(feature = "openapi")]
pub type NamedSchema = (
    String,
    utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>,
);

#[cfg(feature = "openapi")]
fn add<T: utoipa::ToSchema>(list: &mut Vec<NamedSchema>) {
    list.push((T::name().into_owned(), T::schema()));
    T::schemas(list);
}

/// Splits a path at the id. `{id}` is the only parameter that begins with an i.
const fn around_id(path: &'static str) -> (&'static str, &'static str) {
    let mut at = 0;
    while at + ID.len() <= path.len() {
        let (before, rest) = path.split_at(at);
        if let [b'{', b'i', ..] = rest.as_bytes() {
            return (before, rest.split_at(ID.len()).1);
        }
        at += 1;
    }
    (path, "")
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn a_path_is_what_stands_around_the_id() {
        for endpoint in Endpoint::ALL {
            let (path, (before, after)) = (endpoint.path(), endpoint.around_id());
            let is_about_attempt = path.contains(ID);
            let id = if is_about_attempt { ID } else { "" };
            assert_eq!(format!("{before}{id}{after}"), path);
            assert_eq!(is_about_attempt, before.ends_with('/'), "{path}");
        }
    }

    #[test]
    fn no_two_endpoints_have_one_path_and_one_method() {
        for (number, endpoint) in Endpoint::ALL.iter().enumerate() {
            for other in &Endpoint::ALL[number + 1..] {
                let same = endpoint.path() == other.path() && endpoint.verb() == other.verb();
                assert!(!same, "{endpoint:?} and {other:?}");
            }
        }
    }

    #[test]
    fn what_is_no_post_needs_no_key_and_what_gets_a_body_is_no_get() {
        for endpoint in Endpoint::ALL {
            if endpoint.verb() != Verb::Post {
                assert_eq!(endpoint.key(), KeyNeed::None, "{endpoint:?}");
            }
            if endpoint.verb() == Verb::Get || endpoint.verb() == Verb::Delete {
                assert_eq!(endpoint.body(), None, "{endpoint:?}");
            }
        }
    }
}

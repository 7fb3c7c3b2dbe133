//! Why a person uses the service, and how they can prove who they are.

use postern_wire_derive::wire;

/// What an attempt is for.
#[wire]
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Purpose {
    /// The password is forgotten: a new one is set, and the account is unlocked with it.
    Reset,
    /// The password is known but the account is locked: it is unlocked, the password stays.
    Unlock,
}

/// How a gate can be passed.
#[wire]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Method {
    /// A code, to the alternate e-mail address on file.
    Email,
    /// A code, in a text message to the mobile phone on file.
    MobileSms,
    /// A call to the mobile phone on file, answered with `#`.
    MobileCall,
    /// A call to the office phone on file, answered with `#`.
    OfficeCall,
    /// The answers to questions that the person registered.
    Questions,
    /// The code an authenticator app shows now (RFC 6238).
    AuthenticatorCode,
}

impl Method {
    /// Every method, in the order in which the page offers them.
    pub const ALL: [Self; 6] = [
        Self::Email,
        Self::MobileSms,
        Self::MobileCall,
        Self::OfficeCall,
        Self::AuthenticatorCode,
        Self::Questions,
    ];

    /// Whether the person types the whole number on file before anything is sent to it.
    pub const fn asks_for_phone(self) -> bool {
        match self {
            Self::MobileSms | Self::MobileCall | Self::OfficeCall => true,
            Self::Email | Self::Questions | Self::AuthenticatorCode => false,
        }
    }

    /// Whether the method is confirmed by a key pressed during a call.
    pub const fn is_call(self) -> bool {
        match self {
            Self::MobileCall | Self::OfficeCall => true,
            Self::Email | Self::MobileSms | Self::Questions | Self::AuthenticatorCode => false,
        }
    }
}

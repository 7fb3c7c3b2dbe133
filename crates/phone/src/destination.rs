//! Decides which numbers may be called or texted.
//!
//! An attacker who chooses the number that a service calls decides who is paid for the call. So a
//! number whose owner earns from calls is not a valid destination. A number that no person answers
//! is not one either.

use crate::types::{NumberType, Types};

impl NumberType {
    /// Whether a service may call or text numbers of this type.
    pub fn is_destination(self) -> bool {
        match self {
            Self::FixedLine
            | Self::Mobile
            | Self::TollFree
            | Self::Personal
            | Self::Voip
            | Self::Uan => true,
            Self::PremiumRate | Self::SharedCost | Self::Pager | Self::Voicemail => false,
        }
    }

    /// Whether phones with numbers of this type show text messages to a person.
    fn receives_text(self) -> bool {
        match self {
            Self::Mobile | Self::Personal | Self::Voip => true,
            Self::FixedLine
            | Self::TollFree
            | Self::PremiumRate
            | Self::SharedCost
            | Self::Pager
            | Self::Uan
            | Self::Voicemail => false,
        }
    }
}

impl Types {
    /// The type because of which a service should not call or text a number of these types. `None`
    /// if the number may be a destination.
    ///
    /// A number that the plan does not know may be a destination. So may a number of several
    /// possible types, if any of them may.
    pub fn refused_as(self) -> Option<NumberType> {
        if self.iter().any(NumberType::is_destination) {
            None
        } else {
            self.iter().next()
        }
    }

    /// Whether a text message may reach a person at a number of these types.
    ///
    /// True for a number that the plan does not know, since plans change faster than they are
    /// published.
    pub fn can_receive_text(self) -> bool {
        self.is_empty() || self.iter().any(NumberType::receives_text)
    }
}

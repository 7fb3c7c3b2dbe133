//! Identifiers that people read out to a helpdesk, and that connect log lines.
//!
//! All are GUIDs of version 4 (RFC 9562 section 5.4). The newtypes prevent using one in place of
//! another.

use alloc::string::String;
use core::fmt::{self, Write as _};
use core::str::FromStr;

use postern_wire_derive::wire;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The digits of a GUID as RFC 9562 section 4 writes them.
const HEX_DIGITS: &[u8; 16] = b"0123456789abcdef";

/// 128 bits, written as `8-4-4-4-12` lower-case hexadecimal digits.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Guid(u128);

/// What was not a GUID: anything but 32 hexadecimal digits in five groups.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct GuidError;

impl Guid {
    /// A version 4 GUID out of 128 random bits, six of which give way to version and variant.
    pub const fn from_random(bits: u128) -> Self {
        let versioned = bits & !(0xf << 76) | (0x4 << 76);
        Self(versioned & !(0b11 << 62) | (0b10 << 62))
    }

    /// The GUID of these bytes, as [`to_bytes`](Self::to_bytes) gives them.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// The sixteen bytes, most significant first.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.to_bytes().into_iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            for digit in [byte >> 4, byte & 0xf] {
                f.write_char(HEX_DIGITS[usize::from(digit)].into())?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for GuidError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GUID has 32 hexadecimal digits, in groups of 8, 4, 4, 4 and 12")
    }
}

impl core::error::Error for GuidError {}

impl FromStr for Guid {
    type Err = GuidError;

    fn from_str(text: &str) -> Result<Self, GuidError> {
        let mut bits: u128 = 0;
        if text.len() != 36 {
            return Err(GuidError);
        }
        for (index, byte) in text.bytes().enumerate() {
            if matches!(index, 8 | 13 | 18 | 23) {
                if byte != b'-' {
                    return Err(GuidError);
                }
            } else {
                let digit = char::from(byte).to_digit(16).ok_or(GuidError)?;
                bits = bits << 4 | u128::from(digit);
            }
        }
        Ok(Self(bits))
    }
}

impl Serialize for Guid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Guid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

macro_rules! guid_newtype {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        #[wire(schema(value_type = String, format = "uuid"))]
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(pub Guid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

guid_newtype!(
    /// The SID: names one attempt. Not a secret; the token that opens it is another thing.
    AttemptId
);
guid_newtype!(
    /// The CID: shared by every request and audit event of an attempt.
    CorrelationId
);
guid_newtype!(
    /// What a caller reads to the helpdesk, shown at the foot of every page.
    SupportCode
);

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_guid_reads_back_as_it_was_written() {
        let guid = Guid::from_random(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(guid.to_string(), "01234567-89ab-4def-8123-456789abcdef");
        assert_eq!(guid.to_string().parse(), Ok(guid));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "01234567",
            "01234567-89ab-4def-8123-456789abcdeg",
            "0123456-789ab-4def-8123-456789abcdef",
        ] {
            assert_eq!(text.parse::<Guid>(), Err(GuidError), "{text}");
        }
    }
}

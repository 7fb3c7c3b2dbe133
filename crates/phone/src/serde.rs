//! Serialises a number in its E.164 form, and reads only that form.

use core::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::number::PhoneNumber;

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(E164)
    }
}

struct E164;

impl Visitor<'_> for E164 {
    type Value = PhoneNumber;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a phone number in E.164 form")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PhoneNumber, E> {
        text.parse().map_err(E::custom)
    }
}

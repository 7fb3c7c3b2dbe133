//! Says the sentences of letters with the words that the page has fetched.

use postern_kit::browser;
use postern_letters::{Sentence, Speaker, Value};
use postern_locale::{Kind, kind};

use super::{BY_KEY, FIRST_BY_KEY, Words};
use postern_kit::words::Argument;

impl Speaker for Words {
    fn say(&self, sentence: &Sentence) -> String {
        let Some(index) = BY_KEY.iter().position(|(key, _)| *key == sentence.key) else {
            return String::new();
        };
        let (_, placeholders) = BY_KEY[index];
        let language = self.language().tag;
        // The values in the order of the placeholders, with moments as texts.
        let values: Vec<(&str, Value)> = placeholders
            .iter()
            .filter_map(|name| {
                let (_, value) = sentence.values.iter().find(|(other, _)| other == name)?;
                let value = match value {
                    Value::Moment(at) => browser::format_day_and_time(language, *at).into(),
                    Value::Number(_) | Value::Text(_) => value.clone(),
                };
                Some((*name, value))
            })
            .collect();
        let arguments: Vec<Argument<'_>> = values
            .iter()
            .map(|(name, value)| match (value, kind(name)) {
                (Value::Number(number), _) => Argument::Number(*number),
                (Value::Text(text), Some(Kind::Code)) => Argument::Code(text),
                (Value::Text(text), _) => Argument::Text(text),
                (Value::Moment(_), _) => Argument::Text(""),
            })
            .collect();
        self.format(FIRST_BY_KEY + index, &arguments)
    }
}

//! Texts with placeholders in braces.

use anyhow::anyhow;
use serde_json::Value;

/// A template with its placeholders replaced.
pub(super) fn fill(
    template: &str,
    values: &[(&str, &str)],
    encode: impl Fn(&str) -> String,
) -> anyhow::Result<String> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, after) = behind
            .split_once('}')
            .ok_or_else(|| anyhow!("a placeholder has no closing brace: {template}"))?;
        let (_, value) = values
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| anyhow!("there is no placeholder {{{name}}}"))?;
        filled += before;
        filled += &encode(value);
        rest = after;
    }
    Ok(filled + rest)
}

/// JSON in which every string is filled in.
pub(super) fn filled(
    json: &Value,
    fill: &impl Fn(&str) -> anyhow::Result<String>,
) -> anyhow::Result<Value> {
    Ok(match json {
        Value::String(template) => Value::String(fill(template)?),
        Value::Array(items) => {
            let items = items.iter().map(|item| filled(item, fill));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| Ok((name.clone(), filled(value, fill)?)));
            Value::Object(members.collect::<anyhow::Result<_>>()?)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => json.clone(),
    })
}

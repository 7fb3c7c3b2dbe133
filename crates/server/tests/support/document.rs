//! The API description, and the check of an answer against it.

use std::collections::BTreeMap;

use jsonschema::{Draft, Validator};
use postern_server::http::openapi;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

/// The document, and a validator for each of its schemas.
pub(crate) struct Document {
    document: Value,
    validators: BTreeMap<String, Validator>,
}

impl Document {
    pub(crate) fn read() -> Self {
        let document = openapi::document();
        let schemas = document["components"]["schemas"].as_object();
        let validators = schemas.expect("there are schemas").keys().map(|name| {
            let pointer = format!("#/components/schemas/{name}");
            let schema = json!({ "$ref": pointer, "components": document["components"] });
            (pointer, validator(&schema))
        });
        Self {
            validators: validators.collect(),
            document,
        }
    }

    /// Checks that the status of an answer is possible for the operation, that the answer has the
    /// headers of that status, and that its body has the described shape.
    ///
    /// # Panics
    ///
    /// If a check fails, with the reason.
    pub(crate) fn check(
        &self,
        method: &Method,
        path: &str,
        status: u16,
        headers: &HeaderMap,
        body: &str,
    ) {
        let asked = format!("{method} {path}: {status}");
        let operation = self.operation(method, path);
        let operation = operation.unwrap_or_else(|| panic!("{asked}: no such operation"));
        let response = &operation["responses"][status.to_string()];
        assert!(response.is_object(), "{asked}: no such status");

        let content = response["content"].as_object().expect("each has content");
        let media_type = headers
            .get("content-type")
            .and_then(|value| value.to_str().ok());
        let schema = media_type.and_then(|media_type| content.get(media_type));
        let schema = schema.unwrap_or_else(|| panic!("{asked}: {media_type:?} is not described"));
        let pointer = schema["schema"]["$ref"].as_str().expect("each is named");
        let body: Value =
            serde_json::from_str(body).unwrap_or_else(|error| panic!("{asked}: {error}"));
        complain(&asked, &self.validators[pointer], &body);

        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let value = headers.get(name).and_then(|value| value.to_str().ok());
            let Some(value) = value else {
                assert!(header["required"] != true, "{asked}: {name} is missing");
                continue;
            };
            let value = match header["schema"]["type"].as_str() {
                Some("integer") => value.parse::<i64>().map_or(json!(value), Value::from),
                _ => json!(value),
            };
            complain(
                &format!("{asked}: {name}"),
                &validator(&header["schema"]),
                &value,
            );
        }
    }

    fn operation(&self, method: &Method, path: &str) -> Option<&Value> {
        let is_same = |template: &str| {
            let (template, path) = (template.split('/'), path.split('/'));
            template.clone().count() == path.clone().count()
                && template
                    .zip(path)
                    .all(|(one, other)| one == other || one.starts_with('{'))
        };
        let paths = self.document["paths"].as_object()?;
        let (_, item) = paths.iter().find(|(template, _)| is_same(template))?;
        item.get(method.as_str().to_lowercase())
    }
}

fn validator(schema: &Value) -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(schema)
        .unwrap_or_else(|error| panic!("{error}"))
}

fn complain(what: &str, validator: &Validator, value: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}: {}\n{value}", errors.join("; "));
}

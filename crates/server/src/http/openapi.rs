//! The API as `OpenAPI` 3.1: the types on the wire, and the endpoints with their answers.

use postern_host::START_KEY_LENGTH_MIN;
use postern_protocol::{Endpoint, KeyNeed, ProblemKind, Verb};
use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

/// Statuses that every operation may answer besides its own: for a path that is unreadable or too
/// long, an overload, and a service that broke or took too long. 408, 413 and 415 occur only with a
/// body.
const ALWAYS: [u16; 5] = [400, 414, 500, 503, 504];

/// The whole document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for endpoint in Endpoint::ALL {
        let path = paths.entry(endpoint.path()).or_insert_with(|| json!({}));
        path[method(endpoint.verb())] = described(*endpoint);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Postern",
            "version": "1",
            "description": "Self-service password reset. Every answer about an attempt is the attempt with the step that it is at; what is not done is a problem (RFC 9457).",
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "servers": [{ "url": "/api/v1" }],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "attempt": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token that came with the attempt. It opens that attempt and nothing else. Without it there is no telling whether the attempt exists: the answer is 401 either way.",
                },
            },
        },
    })
}

/// The name of a method in the document.
const fn method(verb: Verb) -> &'static str {
    match verb {
        Verb::Get => "get",
        Verb::Post => "post",
        Verb::Put => "put",
        Verb::Delete => "delete",
    }
}

/// The id of an operation: the name of the endpoint, in camel case.
fn id(endpoint: Endpoint) -> String {
    let mut id = format!("{endpoint:?}");
    if let Some(first) = id.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    id
}

fn described(endpoint: Endpoint) -> Value {
    let is_about_attempt = endpoint.path().contains("{id}");
    let mut parameters = Vec::new();
    if is_about_attempt {
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "description": "The SID.",
            "schema": { "type": "string", "format": "uuid" },
        }));
    }
    if endpoint.path().contains("{domain}") {
        parameters.push(json!({
            "name": "domain", "in": "path", "required": true, "description": "A domain of the organisation.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 253 },
        }));
    }
    parameters.extend(key(endpoint.key()));
    let (status, schema) = endpoint.answer();
    let mut responses = Map::new();
    let mut success = json!({
        "description": "Done.",
        "content": { "application/json": { "schema": reference(schema) } },
    });
    if schema == "Started" {
        let path = json!({ "type": "string", "format": "uri-reference" });
        success["headers"]["Location"] = header("Where the attempt is.", true, &path);
    }
    responses.insert(status.to_string(), success);
    let with_body: &[u16] = if endpoint.body().is_some() {
        &[408, 413, 415]
    } else {
        &[]
    };
    for status in ALWAYS.iter().chain(with_body).chain(endpoint.problems()) {
        responses.insert(status.to_string(), refused(*status));
    }
    let mut described = json!({
        "operationId": id(endpoint),
        "summary": endpoint.summary(),
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(schema) = endpoint.body() {
        described["requestBody"] = json!({
            "required": true,
            "content": { "application/json": { "schema": reference(schema) } },
        });
    }
    if is_about_attempt {
        described["security"] = json!([{ "attempt": [] }]);
    }
    described
}

/// The header with the idempotency key, if an endpoint needs one.
fn key(need: KeyNeed) -> Option<Value> {
    let (shortest, random) = match need {
        KeyNeed::None => return None,
        KeyNeed::New => (1, ""),
        KeyNeed::Random => (
            START_KEY_LENGTH_MIN,
            " It is random: 128 bits at least. With it and the same proof of work the token is answered again.",
        ),
    };
    Some(json!({
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": format!("The same request with the same key is done once and answered twice (draft-ietf-httpapi-idempotency-key-header-06).{random}"),
        "schema": { "type": "string", "pattern": format!("^\"[ !#-\\[\\]-~]{{{shortest},64}}\"$") },
    }))
}

fn refused(status: u16) -> Value {
    let description = match status {
        400 => "The request is not what is described here.",
        401 => "The token does not open the attempt, or there is no such attempt.",
        403 => {
            "The page that asks is not the wizard's own, and of no portal that the tenant lists."
        }
        404 => "There is no such thing.",
        408 => "The body did not arrive in time.",
        409 => "The step does not take this request, or the key is in use.",
        413 => "The body has more than 16 KiB.",
        414 => "The path has more than 2048 bytes.",
        415 => "The body is not JSON.",
        422 => "Understood, and refused.",
        429 => "Too soon, or too often.",
        500 => "The service or the directory does not do what it is there for.",
        503 => "Too much at once, or the directory cannot be reached.",
        504 => "It took too long; whether it was done is unknown.",
        _ => "Refused.",
    };
    let mut refused = json!({
        "description": description,
        "content": { "application/problem+json": { "schema": reference("Problem") } },
    });
    let text = json!({ "type": "string" });
    let seconds = json!({ "type": "integer", "minimum": 1 });
    if status == 401 {
        let described = "What opens an attempt: a bearer token.";
        refused["headers"]["WWW-Authenticate"] = header(described, true, &text);
    }
    if matches!(status, 429 | 503) {
        let described = "Seconds until it may be asked again.";
        refused["headers"]["Retry-After"] = header(described, status == 429, &seconds);
    }
    if status == 429 {
        let left = "What is left of the quota (draft-ietf-httpapi-ratelimit-headers).";
        refused["headers"]["RateLimit"] = header(left, true, &text);
        refused["headers"]["RateLimit-Policy"] = header("The quota.", true, &text);
    }
    refused
}

fn header(description: &str, is_required: bool, schema: &Value) -> Value {
    json!({ "description": description, "required": is_required, "schema": schema })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The schemas of all types on the wire, by name. No object has members that are not named here.
fn schemas() -> Map<String, Value> {
    let mut list = postern_protocol::schemas();
    list.push((
        <ProblemKind as ToSchema>::name().into_owned(),
        ProblemKind::schema(),
    ));
    ProblemKind::schemas(&mut list);
    let mut schemas: Map<String, Value> = list
        .into_iter()
        .map(|(name, schema)| (name, json!(schema)))
        .collect();
    schemas.values_mut().for_each(close);
    schemas.insert("Problem".to_owned(), problem());
    schemas
}

/// The schema of a problem: the members of RFC 9457 section 3.1, and our own.
fn problem() -> Value {
    let title = json!({ "type": "string", "description": "For people who read a log; never shown to others." });
    let status = json!({ "type": "integer", "minimum": 400, "maximum": 599, "description": "The HTTP status." });
    json!({
        "description": "What went wrong. docs/problems.md says it of each type.",
        "oneOf": [
            {
                "type": "object",
                "title": "What HTTP refuses",
                "required": ["type", "title", "status"],
                "properties": { "type": { "const": "about:blank" }, "title": title, "status": status },
                "additionalProperties": false,
            },
            {
                "type": "object",
                "title": "What we refuse",
                "required": ["type", "title", "status", "kind"],
                "properties": {
                    "type": { "type": "string", "pattern": "^/problems/[a-z-]+$", "description": "Leads to what is said of it." },
                    "title": title,
                    "status": status,
                    "kind": reference("ProblemKind"),
                    "attempt": reference("Attempt"),
                    "violated-policies": {
                        "type": "array", "items": { "type": "string" },
                        "description": "The quotas that are used up (draft-ietf-httpapi-ratelimit-headers).",
                    },
                    "errors": errors(),
                    "challenge": challenge(),
                },
                "additionalProperties": false,
            },
        ],
    })
}

/// The schema of the challenge that replaces work that was too light.
fn challenge() -> Value {
    let description = "With /problems/work-refused, where the work was right and too light for such an attempt, since proofs have failed lately: what is to be solved instead. Where it is missing, take a new one.";
    json!({ "allOf": [reference("Challenge")], "description": description })
}

/// The schema of the errors in a request.
fn errors() -> Value {
    let pointer = "The member: a JSON Pointer as a fragment (RFC 6901 section 6), such as #/via/state. # is all of the body.";
    json!({
        "type": "array",
        "description": "With /problems/malformed: what is wrong with the request. What was sent is never repeated.",
        "items": {
            "type": "object",
            "required": ["detail"],
            "properties": {
                "pointer": { "type": "string", "pattern": "^#", "description": pointer },
                "header": { "type": "string", "description": "The header, where it is no member of the body." },
                "detail": { "type": "string", "description": "What was expected there, for those who write clients; never shown to people." },
            },
            "additionalProperties": false,
        },
    })
}

/// Marks every object as having no other members.
fn close(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut() {
        if object.contains_key("properties") {
            let entry = object.entry("additionalProperties");
            entry.or_insert(Value::Bool(false));
        }
        object.values_mut().for_each(close);
    } else if let Some(list) = schema.as_array_mut() {
        list.iter_mut().for_each(close);
    }
}

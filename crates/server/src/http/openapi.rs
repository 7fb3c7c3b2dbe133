//! The API as `OpenAPI` 3.1: the types on the wire, and the operations with their answers.

use postern_host::START_KEY_LENGTH_MIN;
use postern_protocol::work::Challenge;
use postern_protocol::{
    Attempt, ChoosePurpose, ProblemKind, Proof, SetPassword, StartAttempt, StartMethod, Started,
    Tenant,
};
use serde_json::{Map, Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

/// Statuses that every operation may answer besides its own: for a path that is unreadable or too
/// long, an overload, and a service that broke or took too long. 408, 413 and 415 occur only with a
/// body.
const ALWAYS: [u16; 5] = [400, 414, 500, 503, 504];

/// An operation of the API.
struct Operation {
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    /// The name of its schema.
    body: Option<&'static str>,
    has_key: bool,
    success: (u16, &'static str),
    /// Further statuses that it may answer.
    refusals: &'static [u16],
}

const OPERATIONS: [Operation; 11] = [
    Operation {
        method: "post",
        path: "/challenges",
        id: "issueChallenge",
        summary: "A proof of work to solve before an attempt.",
        body: None,
        has_key: false,
        success: (201, "Challenge"),
        refusals: &[403],
    },
    Operation {
        method: "post",
        path: "/attempts",
        id: "startAttempt",
        summary: "Begins an attempt.",
        body: Some("StartAttempt"),
        has_key: true,
        success: (201, "Started"),
        refusals: &[403, 409, 422, 429],
    },
    Operation {
        method: "get",
        path: "/attempts/{id}",
        id: "look",
        summary: "Where the attempt is.",
        body: None,
        has_key: false,
        success: (200, "Attempt"),
        refusals: &[401, 429],
    },
    Operation {
        method: "delete",
        path: "/attempts/{id}",
        id: "cancel",
        summary: "Leaves the attempt.",
        body: None,
        has_key: false,
        success: (200, "Attempt"),
        refusals: &[401, 409, 429],
    },
    Operation {
        method: "put",
        path: "/attempts/{id}/purpose",
        id: "choosePurpose",
        summary: "Says why the person is having trouble.",
        body: Some("ChoosePurpose"),
        has_key: false,
        success: (200, "Attempt"),
        refusals: &[401, 409, 429],
    },
    Operation {
        method: "post",
        path: "/attempts/{id}/codes",
        id: "startMethod",
        summary: "Starts a method; the same again sends again.",
        body: Some("StartMethod"),
        has_key: true,
        success: (200, "Attempt"),
        refusals: &[401, 409, 422, 429],
    },
    Operation {
        method: "post",
        path: "/attempts/{id}/proofs",
        id: "prove",
        summary: "Gives a code or answers back.",
        body: Some("Proof"),
        has_key: true,
        success: (200, "Attempt"),
        refusals: &[401, 409, 422, 429],
    },
    Operation {
        method: "post",
        path: "/attempts/{id}/password",
        id: "setPassword",
        summary: "Sets the new password, now.",
        body: Some("SetPassword"),
        has_key: true,
        success: (200, "Attempt"),
        refusals: &[401, 409, 422, 429],
    },
    Operation {
        method: "post",
        path: "/attempts/{id}/unlock",
        id: "unlock",
        summary: "Unlocks the account, now; the password stays.",
        body: None,
        has_key: true,
        success: (200, "Attempt"),
        refusals: &[401, 409, 422, 429],
    },
    Operation {
        method: "post",
        path: "/attempts/{id}/help",
        id: "askForHelp",
        summary: "Tells the administrators that the person is stuck.",
        body: None,
        has_key: true,
        success: (200, "Attempt"),
        refusals: &[401, 409, 422, 429],
    },
    Operation {
        method: "get",
        path: "/tenants/{domain}",
        id: "lookUpTenant",
        summary: "What is public about an organisation.",
        body: None,
        has_key: false,
        success: (200, "Tenant"),
        refusals: &[404],
    },
];

/// The whole document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for operation in &OPERATIONS {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = described(operation);
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

fn described(operation: &Operation) -> Value {
    let is_about_attempt = operation.path.contains("{id}");
    let mut parameters = Vec::new();
    if is_about_attempt {
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "description": "The SID.",
            "schema": { "type": "string", "format": "uuid" },
        }));
    }
    if operation.path.contains("{domain}") {
        parameters.push(json!({
            "name": "domain", "in": "path", "required": true, "description": "A domain of the organisation.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 253 },
        }));
    }
    if operation.has_key {
        let begins = operation.path == "/attempts";
        let shortest = if begins { START_KEY_LENGTH_MIN } else { 1 };
        let random = if begins {
            " It is random: 128 bits at least. With it and the same proof of work the token is answered again."
        } else {
            ""
        };
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": format!("The same request with the same key is done once and answered twice (draft-ietf-httpapi-idempotency-key-header-06).{random}"),
            "schema": { "type": "string", "pattern": format!("^\"[ !#-\\[\\]-~]{{{shortest},64}}\"$") },
        }));
    }
    let (status, schema) = operation.success;
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
    let with_body: &[u16] = if operation.body.is_some() {
        &[408, 413, 415]
    } else {
        &[]
    };
    for status in ALWAYS.iter().chain(with_body).chain(operation.refusals) {
        responses.insert(status.to_string(), refused(*status));
    }
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(schema) = operation.body {
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
    fn add<T: ToSchema + PartialSchema>(list: &mut Vec<(String, RefOr<Schema>)>) {
        list.push((T::name().into_owned(), T::schema()));
        T::schemas(list);
    }
    let mut list = Vec::new();
    add::<Challenge>(&mut list);
    add::<StartAttempt>(&mut list);
    add::<Started>(&mut list);
    add::<Attempt>(&mut list);
    add::<ChoosePurpose>(&mut list);
    add::<StartMethod>(&mut list);
    add::<Proof>(&mut list);
    add::<SetPassword>(&mut list);
    add::<Tenant>(&mut list);
    add::<ProblemKind>(&mut list);
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

//! The person who runs a command, for the audit log.

use postern_engine::audit::Administration;

/// Maximum characters of an administrator's name.
const NAME_LENGTH_MAX: usize = 100;

/// Reads a reason for the audit log from the command line. It must not be blank.
pub(super) fn reason(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("give a reason for the audit log"),
        reason => Ok(reason.to_owned()),
    }
}

/// The user of the operating system, and the name that the person gives with `--actor`.
#[derive(Clone, Debug)]
pub struct Actor {
    user: String,
    name: Option<String>,
}

impl Actor {
    /// The user who runs this process, and the name in `--actor`.
    pub fn of(name: Option<String>) -> Self {
        let printable = |text: String| -> String {
            let characters = text.chars().filter(|character| !character.is_control());
            characters.take(NAME_LENGTH_MAX).collect()
        };
        Self {
            user: whoami::username().map_or_else(|_| "unknown".into(), printable),
            name: name
                .map(printable)
                .map(|name| name.trim().to_owned())
                .filter(|name| !name.is_empty()),
        }
    }

    /// The actor in the form of the audit log.
    pub fn administration(&self) -> Administration {
        Administration {
            user: self.user.clone(),
            actor: self.name.clone(),
            ..Administration::default()
        }
    }
}

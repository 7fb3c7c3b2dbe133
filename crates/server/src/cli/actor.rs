//! Who runs a command, for the audit log.

use postern_engine::audit::Administration;

/// The longest name that is kept of an administrator.
const NAME_LENGTH_MAX: usize = 100;

/// A reason for the audit log, as it is written on the command line: more than spaces.
pub(super) fn reason(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("say why, for the audit log"),
        reason => Ok(reason.to_owned()),
    }
}

/// The user of the operating system, and who that is as they say themselves.
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

    /// As the audit log has it.
    pub fn administration(&self) -> Administration {
        Administration {
            user: self.user.clone(),
            actor: self.name.clone(),
            ..Administration::default()
        }
    }
}

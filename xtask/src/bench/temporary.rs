//! A folder for the files of a browser that a script starts. It is removed with everything that the
//! script started, even if this program is killed.

use std::process::Command;

use anyhow::{Context, Result};
use tempfile::Builder;

use keeper::Keeper;

#[expect(
    dead_code,
    unreachable_pub,
    reason = "the peers of tests have it for other crates, and tell it more"
)]
#[path = "../../../tests/peers/src/keeper.rs"]
mod keeper;

/// Kills every process that uses a folder for its temporary files, and removes the folder. A
/// browser is a process group of its own, and keeps the environment that it was started with. The
/// environment of a process reads as empty while `exec` replaces it, so two checks in a row must
/// find nothing.
const CLEAR: &str = r#"
while read -r line; do :; done
unseen=0
for _ in $(seq 50); do
    started=$(grep -lzxF "TMPDIR=$1" /proc/[0-9]*/environ | cut -d / -f 3)
    if [ "$started" ]; then unseen=0; kill -KILL $started; else unseen=$((unseen + 1)); fi
    [ $unseen -lt 2 ] || break
    sleep 0.1
done
for _ in $(seq 50); do rm -rf "$1" && break; sleep 0.1; done
"#;

/// The folder of a script. Dropping it ends everything that the script has started.
pub(super) struct Temporary {
    _keeper: Keeper,
}

impl Temporary {
    /// Makes the script of this command keep its temporary files in the folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(super) fn of(script: &mut Command) -> Result<Self> {
        let folder = Builder::new().prefix("postern-bench-").tempdir();
        let folder = folder.context("could not make a folder")?.keep();
        let keeper = Keeper::start(CLEAR, &[&folder]);
        script.env("TMPDIR", folder);
        Ok(Self { _keeper: keeper })
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader},
        path::PathBuf,
        process::{Command, Stdio},
    };

    use super::Temporary;

    #[test]
    fn two_at_once_have_folders_of_their_own() {
        let mut scripts = [Command::new("true"), Command::new("true")];
        let [one, other] = scripts.each_mut().map(Temporary::of);
        let [one, other] = [one, other].map(|it| it.expect("a folder can be made"));
        let folders = scripts.each_ref().map(|script| {
            let variable = script.get_envs().find(|(name, _)| *name == "TMPDIR");
            let folder = variable.and_then(|(_, folder)| folder);
            PathBuf::from(folder.expect("the script has one"))
        });
        let are_there = || folders.each_ref().map(|folder| folder.is_dir());
        assert_eq!(are_there(), [true; 2]);
        drop(one);
        assert_eq!(are_there(), [false, true]);
        drop(other);
        assert_eq!(are_there(), [false; 2]);
    }

    #[test]
    fn what_a_script_leaves_running_ends_and_its_folder_goes() {
        let mut script = Command::new("sh");
        // Like a browser: in its own process group, with a profile in the folder. It prints its id,
        // then stops and stays.
        script.args([
            "-c",
            r#"mkdir "$TMPDIR/profile"; setsid sh -c 'echo "$TMPDIR $$"; kill -STOP $$; sleep 600' &"#,
        ]);
        let temporary = Temporary::of(&mut script).expect("a folder can be made");
        let mut script = script.stdout(Stdio::piped()).spawn().expect("sh is there");
        let mut line = String::new();
        let output = script.stdout.take().expect("it is piped");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("it says where");
        assert!(script.wait().expect("it ends").success());
        let (folder, process) = line.trim().split_once(' ').expect("both are said");
        let profile = PathBuf::from(folder).join("profile");
        let command = PathBuf::from("/proc").join(process).join("cmdline");
        let is_there = || {
            [
                profile.exists(),
                std::fs::read(&command).is_ok_and(|it| !it.is_empty()),
            ]
        };
        assert_eq!(is_there(), [true; 2]);
        drop(temporary);
        assert_eq!(is_there(), [false; 2]);
    }
}

//! The limit on open files of this process. Every connection is an open file.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tracing::{info, warn};

/// Files other than connections of clients: the database, carriers, and files that are read again.
const OTHERS_MAX: u64 = 1024;

/// How many connections this process can have: the given number, or what the file limit leaves.
/// Raises the soft limit as far as needed and as the hard limit allows.
pub(super) fn left_for(connections: usize) -> usize {
    let wanted = OTHERS_MAX.saturating_add(connections as u64);
    let limit = raised_to(wanted);
    let left = left(limit, connections);
    if left < connections {
        warn!(
            files = limit,
            connections = left,
            "the limit of open files leaves room for fewer connections than the server would accept: raise RLIMIT_NOFILE (LimitNOFILE= \
             of systemd, ulimit -n)"
        );
    }
    left
}

/// If the limit is too low, half of it is left for other files.
fn left(limit: u64, connections: usize) -> usize {
    let others = OTHERS_MAX.min(limit / 2);
    let left = usize::try_from(limit - others).unwrap_or(usize::MAX);
    left.clamp(1, connections)
}

/// Raises the soft limit, and returns the resulting limit.
fn raised_to(wanted: u64) -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let Some(soft) = current.filter(|soft| *soft < wanted) else {
        return current.unwrap_or(u64::MAX);
    };
    let raised = maximum.map_or(wanted, |hard| hard.min(wanted)).max(soft);
    let limit = Rlimit {
        current: Some(raised),
        maximum,
    };
    match setrlimit(Resource::Nofile, limit) {
        Ok(()) => {
            info!(
                from = soft,
                to = raised,
                "the server raised its limit of open files"
            );
            raised
        }
        Err(error) => {
            warn!(%error, "the server could not raise its limit of open files");
            soft
        }
    }
}

#[cfg(test)]
mod tests {
    use super::left;

    #[test]
    fn connections_leave_files_for_everything_else() {
        assert_eq!(left(1_000_000, 8192), 8192);
        assert_eq!(left(8192 + 1024, 8192), 8192);
        assert_eq!(left(4096, 8192), 3072);
        assert_eq!(left(1024, 8192), 512);
        assert_eq!(left(256, 8192), 128);
        assert_eq!(left(0, 8192), 1);
    }
}

//! A real mail server on this machine, with encryption and authentication or without both, in a
//! separate folder.

use std::fs;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use crate::folder::Folder;
use crate::process::{Process, until};

/// The permitted user name and password.
pub const USERNAME: &str = "postern";
pub const PASSWORD: &str = "open sesame";

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/smtp_server.py");

/// The place of the Python interpreter with the server's packages, in a target directory.
const INTERPRETER: &str = "smtp-server/bin/python3";

/// A mail server.
pub struct Smtp {
    pub port: u16,
    process: Option<Process>,
    folder: Folder,
    mode: &'static str,
    /// The time that each mail takes.
    takes: Duration,
}

/// A mail that the server received.
pub struct Received {
    /// Whether the connection was `encrypted` or `clear`, whether the sender was `authenticated` or
    /// `anonymous`, and the recipient.
    pub envelope: String,
    /// Its headers, unfolded.
    pub headers: String,
    pub text: String,
    pub html: String,
}

impl Smtp {
    /// A server that accepts mails over encrypted connections from authenticated senders. Its
    /// certificate is for `localhost`, and is its own authority.
    pub fn start() -> Self {
        Self::new("starttls", Duration::ZERO)
    }

    /// The same, with this time for each mail.
    pub fn start_slow(takes: Duration) -> Self {
        Self::new("starttls", takes)
    }

    /// A server like the first, encrypted from the start.
    pub fn start_encrypted() -> Self {
        Self::new("tls", Duration::ZERO)
    }

    /// A server without STARTTLS and AUTH.
    pub fn start_in_the_clear() -> Self {
        Self::new("clear", Duration::ZERO)
    }

    fn new(mode: &'static str, takes: Duration) -> Self {
        let folder = Folder::new("smtp");
        let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]);
        let certified = certified.expect("a certificate can be made");
        for (name, text) in [
            ("certificate", certified.cert.pem()),
            ("key", certified.signing_key.serialize_pem()),
        ] {
            fs::write(folder.path().join(name), text).expect("there is room for a certificate");
        }
        let mut smtp = Self {
            folder,
            port: 0,
            process: None,
            mode,
            takes,
        };
        smtp.resume();
        smtp
    }

    /// Its authority.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("certificate")
    }

    /// Stops the server.
    pub fn stop(&mut self) {
        self.process = None;
    }

    /// Starts the server again at the same address.
    ///
    /// # Panics
    ///
    /// If it is not installed or does not start: a test that needs it must not pass without it.
    pub fn resume(&mut self) {
        let mut process = Process::start(|command| {
            command.arg(interpreter()).arg(PROGRAM);
            command.arg(self.folder.path()).arg(self.port.to_string());
            command.arg(self.mode);
            command.arg(self.takes.as_secs_f64().to_string());
            let log = File::create(self.folder.path().join("log"));
            command.stderr(log.expect("there is room for a log"));
            command.stdout(Stdio::piped());
        });
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout());
        output.read_line(&mut line).expect("it says its port");
        self.port = line
            .trim()
            .parse()
            .expect("it listens: `cargo xtask test` installs what it needs");
        self.process = Some(process);
    }

    /// The received commands, in their order.
    pub fn events(&self) -> Vec<String> {
        let events = fs::read_to_string(self.folder.path().join("events"));
        let events = events.unwrap_or_default();
        events.lines().map(str::to_owned).collect()
    }

    /// Waits for this number of mails; returns all of them.
    pub async fn received(&self, count: usize) -> Vec<Received> {
        until("a mail", async || {
            let mails = self.all();
            (mails.len() >= count).then_some(mails)
        })
        .await
    }

    /// The mail with this number, from 1, if it has arrived.
    pub fn mail(&self, number: usize) -> Option<Received> {
        let path = self.folder.path().join(format!("{number:04}.eml"));
        path.exists().then(|| read(&path))
    }

    /// Every mail so far.
    pub fn all(&self) -> Vec<Received> {
        let entries = fs::read_dir(self.folder.path()).expect("the folder is there");
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|it| it == "eml"));
        paths.sort();
        paths.iter().map(|path| read(path)).collect()
    }
}

/// Python with the server's packages, in the place where `cargo xtask` has installed it: the target
/// directory, which also contains this program.
fn interpreter() -> PathBuf {
    let program = std::env::current_exe().expect("the program knows where it is");
    let found = program
        .ancestors()
        .map(|folder| folder.join(INTERPRETER))
        .find(|path| path.exists());
    found.unwrap_or_else(|| {
        panic!("no target directory has {INTERPRETER}: `cargo xtask test` installs it")
    })
}

/// A mail with two parts, in the format of RFC 2046.
fn read(path: &Path) -> Received {
    let raw = fs::read_to_string(path).expect("a mail can be read");
    let raw = raw.replace("\r\n", "\n");
    let (envelope, mail) = raw.split_once('\n').expect("it has an envelope");
    let (headers, body) = mail.split_once("\n\n").expect("it has headers");
    let headers = headers.replace("\n ", " ").replace("\n\t", " ");
    let boundary = headers.split("boundary=\"").nth(1);
    let boundary = boundary.and_then(|rest| rest.split('"').next());
    let boundary = format!("--{}", boundary.expect("it has parts"));
    let mut parts = body.split(&boundary).skip(1).map(|part| {
        let (headers, body) = part.split_once("\n\n").unwrap_or((part, ""));
        decoded(headers, body)
    });
    Received {
        envelope: envelope.to_owned(),
        headers,
        text: parts.next().expect("it has a text"),
        html: parts.next().expect("it has a page"),
    }
}

fn decoded(headers: &str, body: &str) -> String {
    use base64::Engine;
    let headers = headers.to_ascii_lowercase();
    let bytes = if headers.contains("transfer-encoding: base64") {
        let body: String = body.split_whitespace().collect();
        base64::engine::general_purpose::STANDARD
            .decode(body)
            .expect("it is Base64")
    } else if headers.contains("transfer-encoding: quoted-printable") {
        unquoted(body)
    } else {
        body.as_bytes().to_vec()
    };
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    text.replace("\r\n", "\n").trim_end().to_owned()
}

/// Quoted-printable (RFC 2045 section 6.7).
fn unquoted(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let text = text.replace("=\n", "");
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        if *first == b'='
            && let Some(Ok(byte)) = behind
                .get(..2)
                .and_then(|hex| std::str::from_utf8(hex).ok())
                .map(|hex| u8::from_str_radix(hex, 16))
        {
            bytes.push(byte);
            rest = &behind[2..];
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    bytes
}

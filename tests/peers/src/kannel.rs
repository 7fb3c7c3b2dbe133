//! A real text gateway on this machine: Kannel's bearerbox and smsbox, and its fake network, in a
//! separate folder.

use std::fs;
use std::fs::File;
use std::net::TcpStream;
use std::path::PathBuf;

use crate::folder::Folder;
use crate::process::{Process, free_port, until};

pub const USERNAME: &str = "postern";
pub const PASSWORD: &str = "open & sesame";

/// The place of the fake network in Debian's `kannel-extras`.
const FAKE_NETWORK: &str = "/usr/lib/kannel/test/fakesmsc";

/// A gateway and its network.
pub struct Kannel {
    port: u16,
    _processes: [Process; 3],
    folder: Folder,
}

/// A text that has arrived.
pub struct Text {
    /// The recipient, as Kannel received it.
    pub to: String,
    /// The content of the text.
    pub text: String,
}

impl Kannel {
    /// Starts one.
    ///
    /// # Panics
    ///
    /// When it is not installed or does not start: a test that needs it must not pass without.
    pub async fn start() -> Self {
        let folder = Folder::new("kannel");
        let [admin, boxes, network, port] = [(); 4].map(|()| free_port());
        let config = folder.path().join("kannel.conf");
        let text = format!(
            r#"group = core
admin-port = {admin}
admin-interface = "127.0.0.1"
admin-password = none
smsbox-port = {boxes}
smsbox-interface = "127.0.0.1"
box-allow-ip = "127.0.0.1"
box-deny-ip = "*.*.*.*"

group = smsc
smsc = fake
port = {network}
connect-allow-ip = "127.0.0.1"

group = smsbox
bearerbox-host = "127.0.0.1"
sendsms-port = {port}
sendsms-interface = "127.0.0.1"

group = sendsms-user
username = "{USERNAME}"
password = "{PASSWORD}"
default-sender = 12345
concatenation = true
max-messages = 10
"#
        );
        fs::write(&config, text).expect("there is room for its configuration");
        let said = |name: &str| {
            let log = File::create(folder.path().join(name)).expect("there is room for a log");
            log.try_clone()
                .map(|again| (log, again))
                .expect("a log can be shared")
        };
        let start = |program: &str, arguments: &[&str], log: &str| {
            let (out, err) = said(log);
            Process::start(|command| {
                command.arg(program).args(arguments).stdout(out).stderr(err);
            })
        };
        let config = config.to_str().expect("its path is text");
        let bearerbox = start("bearerbox", &[config], "bearerbox.log");
        listening(boxes).await;
        listening(network).await;
        let network = network.to_string();
        let smsbox = start("smsbox", &[config], "smsbox.log");
        let fake = start(
            FAKE_NETWORK,
            &[
                "-H",
                "127.0.0.1",
                "-r",
                &network,
                "-m",
                "0",
                "1 2 text none",
            ],
            "network.log",
        );
        listening(port).await;
        let kannel = Self {
            folder,
            port,
            _processes: [bearerbox, smsbox, fake],
        };
        until("the network is there", async || {
            kannel.log().contains("Connecting to").then_some(())
        })
        .await;
        kannel
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn log(&self) -> String {
        let path: PathBuf = self.folder.path().join("network.log");
        fs::read(path).map_or_else(
            |_| String::new(),
            |bytes| String::from_utf8_lossy(&bytes).into_owned(),
        )
    }

    /// Waits for a text whose last line is that of a code.
    pub async fn received(&self) -> Text {
        until("a text", async || {
            let mut texts = self.all().into_iter();
            texts.find(|text| {
                let last = text.text.lines().last().unwrap_or_default();
                last.starts_with('@') && last.contains('#')
            })
        })
        .await
    }

    /// Every text so far. The last one may be incomplete, without its last lines.
    pub fn all(&self) -> Vec<Text> {
        put_together(&self.log())
    }
}

/// The known parts of a text while its parts arrive.
#[derive(Default)]
struct Parts {
    to: String,
    ucs2: Vec<u8>,
    plain: Vec<String>,
}

impl Parts {
    fn put_together(self) -> Text {
        let pairs = self.ucs2.chunks_exact(2);
        let units: Vec<u16> = pairs
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect();
        Text {
            to: self.to,
            text: String::from_utf16_lossy(&units) + &self.plain.join("\n"),
        }
    }
}

/// The messages of the network, in the order of their arrival. Each line is
/// `Got message 1: <from to kind text>`; the text of kind `data` is encoded as in a URL, with `udh`
/// before it if it is one of several parts.
fn put_together(log: &str) -> Vec<Text> {
    let mut texts: Vec<Parts> = Vec::new();
    for line in log.lines().filter(|line| line.ends_with('>')) {
        let Some((_, message)) = line.split_once("Got message ") else {
            continue;
        };
        let Some(message) = message.split_once('<').map(|(_, message)| message) else {
            continue;
        };
        let message = message.strip_suffix('>').unwrap_or(message);
        let words: Vec<&str> = message.splitn(6, ' ').collect();
        match words.as_slice() {
            [_, to, "udh", header, "data", data] => {
                if is_first(header) {
                    texts.push(to_whom(to));
                }
                if let Some(text) = texts.last_mut() {
                    text.ucs2.extend(bytes(data));
                }
            }
            [_, to, "data", data, ..] => texts.push(Parts {
                ucs2: bytes(data),
                ..to_whom(to)
            }),
            [_, to, "text", ..] => {
                let said = message.splitn(4, ' ').nth(3).unwrap_or_default();
                texts.push(Parts {
                    plain: vec![said.to_owned()],
                    ..to_whom(to)
                });
            }
            // Its protocol ends a message with the line, so a text of several lines is several
            // messages.
            _ => {
                if let Some(text) = texts.last_mut() {
                    text.plain.push(message.to_owned());
                }
            }
        }
    }
    texts.into_iter().map(Parts::put_together).collect()
}

fn to_whom(to: &str) -> Parts {
    Parts {
        to: to.to_owned(),
        ..Parts::default()
    }
}

/// Whether the user data header of a part marks it as the first of several (3GPP TS 23.040 section
/// 9.2.3.24.1: the last byte is its number).
fn is_first(header: &str) -> bool {
    bytes(header).last() == Some(&1)
}

fn bytes(encoded: &str) -> Vec<u8> {
    let spaced = encoded.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced).collect()
}

async fn listening(port: u16) {
    until("a port is listened to", async || {
        TcpStream::connect(("127.0.0.1", port)).ok()
    })
    .await;
}

//! The three engines: how the tests start each, and with which settings. They start empty, in
//! English, in one time zone, and connect to nothing outside this machine.

use std::{
    env, fmt, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use postern_peers::folder::Folder;
use serde_json::{Map, Value, json};
use thirtyfour::{Capabilities, TimeoutConfiguration, WebDriver};

use crate::process::{Process, free_port};

/// The browsers' time zone, so that times with a zone are the same on every machine.
const TIME_ZONE: &str = "Europe/Amsterdam";
/// The maximum time for a page to load, and for a script to answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);
/// The place of WebKitGTK's small browser in distributions, below a folder with the name of the
/// machine's architecture.
const MINI_BROWSER: &str = "webkit2gtk-4.1/MiniBrowser";

/// A browser engine.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, clap::ValueEnum)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    /// All engines, the slowest first, so that none runs alone for long at the end.
    pub(crate) const ALL: [Self; 3] = [Self::Webkit, Self::Firefox, Self::Chromium];
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        })
    }
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Scripts {
    On,
    /// Pages may run scripts but cannot store anything. Only Chromium has a setting for it.
    OnWithoutStorage,
    Off,
}

/// A browser with an empty profile, its driver, and the session between it and the tests.
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    // The fields are dropped in this order: processes that hold files open go before the files.
    _driver_process: Process,
    _screen: Option<Process>,
    _profile: Folder,
}

impl Browser {
    /// Starts an engine.
    ///
    /// # Errors
    /// If a program is missing, or does not answer.
    pub(crate) async fn start(engine: Engine, scripts: Scripts) -> Result<Self> {
        let profile = Folder::new("browser");
        let port = free_port()?;
        let (mut command, screen) = command(engine, port)?;
        own(&mut command, profile.path())?;
        let mut process = Process::start(&mut command)?;
        process.listens(port).await?;
        let url = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::new(url, capabilities(engine, scripts)?)
            .await
            .with_context(|| format!("could not open a session in {engine}"))?;
        let timeouts = TimeoutConfiguration::new(
            Some(ANSWERS_WITHIN),
            Some(ANSWERS_WITHIN),
            Some(Duration::ZERO),
        );
        driver.update_timeouts(timeouts).await?;
        Ok(Self {
            driver,
            _driver_process: process,
            _screen: screen,
            _profile: profile,
        })
    }

    /// The version of the browser, as the browser itself reports it.
    pub(crate) fn version(&self) -> &str {
        let version = self.driver.handle().capabilities().get("browserVersion");
        version.and_then(Value::as_str).unwrap_or("of no version")
    }

    /// Ends the session. The rest of the browser ends when this is dropped.
    pub(crate) async fn quit(self) {
        // A browser that does not answer is killed with its driver.
        let _ = self.driver.clone().quit().await;
    }
}

/// The driver that listens on this port, and the screen that it needs.
fn command(engine: Engine, port: u16) -> Result<(Command, Option<Process>)> {
    let port = port.to_string();
    Ok(match engine {
        Engine::Chromium => {
            let mut command = Command::new("chromedriver");
            command.arg(format!("--port={port}"));
            (command, None)
        }
        Engine::Firefox => {
            // Marionette also listens on a port, and chooses it itself.
            let mut command = Command::new("geckodriver");
            command.args(["--port", &port, "--marionette-port", "0", "--log", "fatal"]);
            (command, None)
        }
        Engine::Webkit => {
            let (screen, display) = virtual_screen()?;
            let mut command = Command::new("WebKitWebDriver");
            command
                .arg(format!("--port={port}"))
                .env("DISPLAY", display)
                .env("GDK_BACKEND", "x11")
                .env("NO_AT_BRIDGE", "1")
                // No second user has to be kept out, and a container has no user namespace.
                .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
            (command, Some(screen))
        }
    })
}

/// Keeps everything that a browser writes in one folder, and its environment the same on every
/// machine.
fn own(command: &mut Command, profile: &Path) -> Result<()> {
    for (variable, folder) in [
        ("HOME", "home"),
        ("TMPDIR", "temporary"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_RUNTIME_DIR", "runtime"),
    ] {
        let folder = profile.join(folder);
        fs::create_dir(&folder)?;
        command.env(variable, folder);
    }
    command
        .env("LANG", "en_US.UTF-8")
        .env("LANGUAGE", "en")
        .env("TZ", TIME_ZONE);
    Ok(())
}

/// A screen in memory, and its name.
fn virtual_screen() -> Result<(Process, String)> {
    let mut command = Command::new("Xvfb");
    command
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1600x1200x24",
            "-nolisten",
            "tcp",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut screen = Process::start_heard(&mut command)?;
    let output = screen
        .child()
        .stdout
        .take()
        .context("its output is piped")?;
    let mut number = String::new();
    BufReader::new(output).read_line(&mut number)?;
    anyhow::ensure!(!number.is_empty(), "Xvfb found no display");
    Ok((screen, format!(":{}", number.trim())))
}

fn capabilities(engine: Engine, scripts: Scripts) -> Result<Capabilities> {
    let wanted = match engine {
        Engine::Chromium => json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": find("chromium")?,
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                    "--disable-background-networking", "--disable-component-update", "--no-first-run",
                    "--no-default-browser-check", "--lang=en-US", "--hide-scrollbars",
                ],
                "prefs": chromium_preferences(scripts),
            },
        }),
        Engine::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "args": ["-headless"],
                "prefs": {
                    "intl.accept_languages": "en-US, en",
                    "javascript.enabled": scripts != Scripts::Off,
                    "network.captive-portal-service.enabled": false,
                    "network.connectivity-service.enabled": false,
                },
            },
        }),
        Engine::Webkit => json!({
            "browserName": "MiniBrowser",
            "webkitgtk:browserOptions": { "binary": mini_browser()?, "args": ["--automation"] },
        }),
    };
    let mut wanted: Map<String, Value> = serde_json::from_value(wanted)?;
    let strategy = match engine {
        // The tests wait for what they need, and some visit a page that never loads completely.
        Engine::Chromium | Engine::Firefox => "eager",
        // WebKit's driver loses a script that runs between the two events.
        Engine::Webkit => "normal",
    };
    wanted.insert("pageLoadStrategy".to_owned(), json!(strategy));
    Ok(wanted.into())
}

fn chromium_preferences(scripts: Scripts) -> Value {
    // 1 allows, 2 blocks.
    match scripts {
        Scripts::On => json!({}),
        Scripts::OnWithoutStorage => {
            json!({ "profile.default_content_setting_values.cookies": 2 })
        }
        Scripts::Off => json!({ "profile.managed_default_content_settings.javascript": 2 }),
    }
}

/// Finds a program on the path.
fn find(program: &str) -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
        .with_context(|| format!("{program} is not on the path"))
}

fn mini_browser() -> Result<PathBuf> {
    let below = |folder: &str| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.path().join(MINI_BROWSER))
            .find(|candidate| candidate.is_file())
    };
    below("/usr/lib")
        .or_else(|| below("/usr/libexec"))
        .or_else(|| {
            Some(Path::new("/usr/libexec").join(MINI_BROWSER)).filter(|path| path.is_file())
        })
        .context("there is no MiniBrowser of WebKitGTK")
}

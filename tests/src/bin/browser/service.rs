//! The service under test: two replicas of the built server over one database, behind one address,
//! with the mail server, the text gateway and the exchange through which they send.
//!
//! The peers start once for a browser, and the database is filled once. Each test has a copy of it,
//! and its own replicas.

use std::{
    cell::{Cell, RefCell},
    fs,
    path::{Path, PathBuf},
    process::Command,
    rc::Rc,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::{Context, Result, ensure};
use postern_peers::{
    exchange, exchange::Exchange, folder::Folder, kannel, kannel::Kannel, nginx::Nginx,
    postgres::Postgres, smtp, smtp::Smtp,
};

mod counts;
mod people;
mod post;
mod replica;
mod switchboard;
mod totp;

use counts::Counts;
use people::People;
pub(crate) use people::Person;
use replica::Replica;
use switchboard::Switchboard;
pub(crate) use switchboard::{Asked, Mishap};

use crate::{process::free_port, site::Draft};

/// The configuration of an administrator, with marks for the values that differ between tests.
const CONFIG: &str = include_str!("service/postern.toml");
const ACCOUNTS: &str = include_str!("service/accounts.csv");
/// The school's picture, with its own style, as drawing programs write one.
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><style>path{fill:#7a1f5c}</style><path d=\"M0 0h40v20H0z\"/></svg>";
/// The secret of every deployment: it seals the accounts, and the tests copy them sealed.
const KEY: &str = "8298b1ef6484c50ee74c8528ffc910f997f8ac7292fffa6c2e5c6a1759e9f484";

/// What all tests in a browser share.
pub(crate) struct Ground {
    program: PathBuf,
    smtp: Smtp,
    kannel: Kannel,
    exchange: Exchange,
    /// The database that the tests copy.
    filled: String,
    tests: Cell<u32>,
}

/// A deployment for one test.
pub(crate) struct Deployment {
    ground: Rc<Ground>,
    folder: Folder,
    replicas: RefCell<Vec<Option<Replica>>>,
    pub(crate) switchboard: Switchboard,
    people: People,
    /// The person that the test plays at the moment.
    person: RefCell<Option<Rc<Person>>>,
    before: Counts,
    /// The port of a portal that the tenants list.
    pub(crate) portal: u16,
}

impl Ground {
    /// Starts the peers, and fills a database as an administrator does.
    ///
    /// # Errors
    /// If the server does not accept the accounts.
    pub(crate) async fn prepare(program: &Path) -> Result<Self> {
        static PREPARED: AtomicU32 = AtomicU32::new(0);
        ensure!(
            program.is_file(),
            "{} is the service and is not there: build it with cargo build -p postern-server",
            program.display()
        );
        let filled = format!("filled_{}", PREPARED.fetch_add(1, Ordering::Relaxed));
        let ground = Self {
            program: program.to_owned(),
            smtp: Smtp::start(),
            kannel: Kannel::start().await,
            exchange: Exchange::start().await,
            filled: filled.clone(),
            tests: Cell::new(0),
        };
        let folder = ground.folder(&Postgres::shared().create(&filled).await, free_port()?)?;
        let accounts = folder.path().join("accounts.csv");
        fs::write(&accounts, ACCOUNTS)?;
        let accounts = accounts.display().to_string();
        ground.run(folder.path(), &["accounts", "import", &accounts])?;
        Ok(ground)
    }

    /// A folder with a configuration for this database and this portal.
    fn folder(&self, database: &str, portal: u16) -> Result<Folder> {
        let folder = Folder::new("service");
        for (name, text) in [
            ("key", KEY),
            ("mail-password", smtp::PASSWORD),
            ("text-password", kannel::PASSWORD),
            ("call-token", exchange::TOKEN),
            ("logo.svg", LOGO),
        ] {
            fs::write(folder.path().join(name), text)?;
        }
        let mut config = CONFIG.to_owned();
        for (mark, value) in [
            ("FOLDER", folder.path().display().to_string()),
            ("DATABASE", database.to_owned()),
            ("PORTAL_PORT", portal.to_string()),
            ("MAIL_PORT", self.smtp.port.to_string()),
            ("MAIL_USERNAME", smtp::USERNAME.to_owned()),
            (
                "MAIL_CERTIFICATE",
                self.smtp.certificate().display().to_string(),
            ),
            ("TEXT_URL", self.kannel.url()),
            ("TEXT_USERNAME", kannel::USERNAME.to_owned()),
            ("CALL_ACCOUNT", exchange::ACCOUNT.to_owned()),
            ("CALL_FROM", exchange::FROM.to_owned()),
            ("CALL_URL", self.exchange.url()),
        ] {
            config = config.replace(&format!("@{mark}@"), &value);
        }
        fs::write(config_in(folder.path()), config)?;
        Ok(folder)
    }

    /// Runs a command of the server, and returns its output.
    fn run(&self, folder: &Path, task: &[&str]) -> Result<String> {
        let mut command = Command::new(&self.program);
        command.args(task).arg("--config").arg(config_in(folder));
        let done = command.output().context("could not start the server")?;
        ensure!(
            done.status.success(),
            "{task:?} ended with {}: {}",
            done.status,
            String::from_utf8_lossy(&done.stderr)
        );
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }

    /// Starts two replicas that serve a page, over a copy of the database.
    ///
    /// # Errors
    /// If one of them does not start.
    pub(crate) async fn deploy(self: &Rc<Self>, page: &Draft) -> Result<Deployment> {
        self.tests.set(self.tests.get() + 1);
        let name = format!("{}_{}", self.filled, self.tests.get());
        let portal = free_port()?;
        let folder = self.folder(&Postgres::shared().copy(&self.filled, &name).await, portal)?;
        let deployment = Deployment {
            before: Counts::of(&self.smtp, &self.kannel, &self.exchange),
            portal,
            ground: self.clone(),
            folder,
            replicas: RefCell::default(),
            switchboard: Switchboard::open().await?,
            people: People::read(ACCOUNTS)?,
            person: RefCell::default(),
        };
        deployment.serve(page).await?;
        Ok(deployment)
    }
}

impl Deployment {
    /// Starts both replicas with this page, or restarts them.
    ///
    /// # Errors
    /// If one does not start.
    pub(crate) async fn serve(&self, page: &Draft) -> Result<()> {
        self.replicas.take();
        let mut replicas = Vec::new();
        for number in 1..=2 {
            let log = self.folder.path().join(format!("replica-{number}.log"));
            let config = config_in(self.folder.path());
            replicas.push(Replica::start(
                &self.ground.program,
                &config,
                page.root(),
                &log,
            )?);
        }
        for replica in &mut replicas {
            replica.listens().await?;
        }
        let addresses = replicas
            .iter()
            .map(Replica::address)
            .collect::<Result<_>>()?;
        self.switchboard.connect(addresses);
        self.replicas
            .replace(replicas.into_iter().map(Some).collect());
        Ok(())
    }

    /// Restarts both replicas, with the whole service under a path and nginx in front. Returns the
    /// proxy, which runs as long as the handle exists.
    ///
    /// # Errors
    /// If one does not start.
    pub(crate) async fn serve_under(&self, path: &str, page: &Draft) -> Result<Nginx> {
        let file = config_in(self.folder.path());
        let config = format!("base-path = \"{path}\"\n{}", fs::read_to_string(&file)?);
        fs::write(&file, config)?;
        self.serve(page).await?;
        let service = self.url();
        // This is the configuration of `crates/server/README.md`.
        Ok(Nginx::start(&format!(
            "location {path}/ {{
                proxy_pass {};
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header Forwarded \"\";
                proxy_read_timeout 80s;
            }}",
            service.trim_end_matches('/')
        ))
        .await)
    }

    /// Ends one replica like a machine that loses its power.
    pub(crate) fn kill_a_replica(&self) {
        if let Some(replica) = self.replicas.borrow_mut().first_mut() {
            replica.take();
        }
    }

    /// The address for people.
    pub(crate) fn url(&self) -> String {
        self.switchboard.url()
    }

    /// Plays the person with this name from now on.
    ///
    /// # Errors
    /// If no account has the name, and it is not the known name without an account.
    pub(crate) fn become_person(&self, name: &str) -> Result<Rc<Person>> {
        let person = Rc::new(self.people.find(name)?);
        self.person.replace(Some(person.clone()));
        Ok(person)
    }

    fn person(&self) -> Result<Rc<Person>> {
        let person = self.person.borrow();
        person.clone().context("the test plays no person yet")
    }

    /// The code that the person's authenticator app shows now.
    ///
    /// # Errors
    /// If the person has no app.
    pub(crate) fn code_of_app(&self) -> Result<String> {
        totp::code_now(self.person()?.authenticator()?)
    }

    /// The next code of the app.
    ///
    /// # Errors
    /// If the person has no app.
    pub(crate) fn next_code_of_app(&self) -> Result<String> {
        totp::next_code(self.person()?.authenticator()?)
    }

    /// Ends the locks of the person, as an administrator does.
    ///
    /// # Errors
    /// If the server does not end them.
    pub(crate) fn lift_locks(&self) -> Result<String> {
        let person = self.person()?;
        let task = [
            "locks",
            "lift",
            "--identifier",
            person.identifier(),
            "--reason",
            "called",
        ];
        self.ground.run(self.folder.path(), &task)
    }

    /// The audit log in an administrator's export.
    ///
    /// # Errors
    /// If the server does not write it.
    pub(crate) fn audit(&self) -> Result<String> {
        self.ground
            .run(self.folder.path(), &["audit", "export", "--format", "csv"])
    }

    /// The warnings and errors of the replicas, for the report of a failure.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let logs = (1..=2).map(|number| self.folder.path().join(format!("replica-{number}.log")));
        let text: String = logs
            .filter_map(|log| fs::read_to_string(log).ok())
            .collect();
        let grave = |line: &&str| line.contains("\"level\":\"ERROR\"") || !line.starts_with('{');
        text.lines().filter(grave).map(str::to_owned).collect()
    }
}

fn config_in(folder: &Path) -> PathBuf {
    folder.join("postern.toml")
}

/// The program of the service. The default is next to this program.
///
/// # Errors
/// If this program does not know its own path.
pub(crate) fn program(told: Option<PathBuf>) -> Result<PathBuf> {
    match told {
        Some(path) => Ok(path),
        None => Ok(std::env::current_exe()?.with_file_name("postern-server")),
    }
}

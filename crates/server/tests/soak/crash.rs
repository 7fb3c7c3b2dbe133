//! A run: it kills the program this many times while people reset their passwords. Then all of them
//! finish, and the run checks the stored data.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use fastrand::Rng;
use postern_peers::smtp::Smtp;
use postern_server::directory::BuiltIn;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::books;
use crate::journey::{Journey, Traveller};
use crate::people::{ACCOUNTS, DOMAIN, PEOPLE, account, name};
use crate::program::Program;
use crate::progress::say;
use crate::service::{Service, Told, count};
use crate::support::{Database, key};

/// The time between the start of listening and the kill, in milliseconds.
const LIVES: std::ops::Range<u64> = 200..2_000;

/// The time between the start and the kill in one case of eight: the program may not listen yet.
const STARTS: std::ops::Range<u64> = 0..300;

/// The time limit for a person if the program is not killed: an attempt lasts a quarter of an hour.
const ARRIVE_WITHIN: Duration = Duration::from_mins(15);

/// The number of kills between two lines of progress.
const TELL_EVERY: u32 = 10;

/// Runs the test; returns all faults.
pub(crate) async fn run(store: &str, database: &Database, kills: u32, seed: u64) -> Vec<String> {
    put_accounts(database).await;
    let smtp = Arc::new(Smtp::start_in_the_clear());
    let mut program = Program::new(&database.url, &smtp);
    let service = Arc::new(Service::new(program.address()));
    let mut post = JoinSet::new();
    post.spawn({
        let service = service.clone();
        async move { service.post.collect(&smtp).await }
    });
    program.start();
    let stop = CancellationToken::new();
    let mut people = JoinSet::new();
    for number in 0..PEOPLE {
        let (service, stop) = (service.clone(), stop.clone());
        let rng = Rng::with_seed(seed ^ (number as u64 + 1) << 32);
        people.spawn(async move { travel(number, &service, &stop, rng).await });
    }

    let mut rng = Rng::with_seed(seed);
    for number in 1..=kills {
        let lives = if rng.u8(..8) == 0 {
            rng.u64(STARTS)
        } else {
            let listens = service.server().await;
            if let Err(why) = listens {
                return vec![why];
            }
            rng.u64(LIVES)
        };
        tokio::time::sleep(Duration::from_millis(lives)).await;
        program.kill();
        program.start();
        if number % TELL_EVERY == 0 {
            let journeys = service.counts.journeys.load(Ordering::Relaxed);
            say(&format!(
                "{store}: killed {number} times, {journeys} journeys ended"
            ));
        }
    }
    stop.cancel();

    let (mut journeys, mut broken) = (Vec::new(), Vec::new());
    let Ok(arrived) = tokio::time::timeout(ARRIVE_WITHIN, people.join_all()).await else {
        return vec!["a person never arrives".to_owned()];
    };
    for (ended, why) in arrived {
        journeys.extend(ended);
        broken.extend(why);
    }
    if !broken.is_empty() {
        // The expected data for people who did not finish is unknown.
        return broken;
    }
    broken.extend(books::check(database, program, &service, &journeys).await);
    say(&format!(
        "{store}: {kills} kills, {}, seed {seed}",
        books::told(&service, &journeys)
    ));
    broken
}

/// One person resets the password again and again, until the run ends or a fault occurs.
async fn travel(
    person: usize,
    service: &Service,
    stop: &CancellationToken,
    mut rng: Rng,
) -> (Vec<Journey>, Option<String>) {
    let mut names: Vec<String> = (0..ACCOUNTS).map(|number| name(person, number)).collect();
    let mut journeys = Vec::new();
    loop {
        let place = Some(service.place().await);
        if stop.is_cancelled() {
            break;
        }
        let number = journeys.len() % names.len();
        let mut traveller = Traveller {
            service,
            name: names[number].clone(),
            rng: rng.fork(),
            place,
        };
        // An account with wrong guesses is locked for the rest of the run, so half of the accounts
        // get none.
        let ended: Told<Journey> = if names.len() > ACCOUNTS / 2 && rng.u8(..10) == 0 {
            names.remove(number);
            traveller.guess().await
        } else {
            traveller.reset().await
        };
        match ended {
            Ok(journey) => journeys.push(journey),
            Err(why) => return (journeys, Some(format!("{}: {why}", traveller.name))),
        }
        count(&service.counts.journeys);
    }
    (journeys, None)
}

/// Adds the accounts before the program uses the database.
async fn put_accounts(database: &Database) {
    let store = Arc::new(database.open().await);
    let accounts = BuiltIn::new(store, key());
    for person in 0..PEOPLE {
        for number in 0..ACCOUNTS {
            let put = accounts.put(DOMAIN, &account(&name(person, number))).await;
            put.expect("there is room for every account");
        }
    }
}

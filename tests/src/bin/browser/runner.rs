//! Runs tests: in each browser one after the other, each in its own tab, and in at most two
//! browsers at a time. After a failed test, the next one gets another browser.

use std::{cell::RefCell, collections::VecDeque, rc::Rc, time::Duration};

use anyhow::{Result, anyhow};
use thirtyfour::error::{WebDriverError, WebDriverErrorInner};
use tokio::{
    sync::Semaphore,
    task::LocalSet,
    time::{Instant, timeout},
};

use crate::{
    engine::{Browser, Engine, Scripts},
    given::Given,
    lab::Lab,
    page::{Page, World},
    test::Test,
};

/// Two browsers use two cores fully. A third would only delay all of them.
const BROWSERS_AT_ONCE: usize = 2;
/// The maximum time of a test. Only a test that hangs takes longer.
const TEST_ENDS_WITHIN: Duration = Duration::from_mins(2);

/// The numbers of passed and failed tests.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

/// Runs the tests in each engine, and prints the result of each.
///
/// With `everywhere`, every claim runs in every engine that can run it.
pub(crate) async fn run(
    engines: &[Engine],
    tests: Vec<Test>,
    everywhere: bool,
    given: Rc<Given>,
) -> Tally {
    let tests: Vec<Rc<Test>> = tests.into_iter().map(Rc::new).collect();
    let seats = Rc::new(Semaphore::new(BROWSERS_AT_ONCE));
    let local = LocalSet::new();
    let mut running = VecDeque::new();
    for &engine in engines {
        let chosen = tests
            .iter()
            .filter(|test| test.reason_to_skip(engine, everywhere).is_none());
        let (of_service, of_demo): (Vec<_>, Vec<_>) =
            chosen.cloned().partition(|test| test.is_of_service());
        let chosen: VecDeque<_> = of_demo.into_iter().chain(of_service).collect();
        let chosen = Rc::new(RefCell::new(chosen));
        // Each engine has two browsers, so that an engine with every claim does not leave a core
        // idle at the end. One begins with the demo and one with the service, and they end where
        // they meet.
        for end in [End::First, End::Last] {
            let (chosen, given, seats) = (chosen.clone(), given.clone(), seats.clone());
            running.push_back((
                engine,
                local.spawn_local(async move {
                    let _seat = seats.acquire().await?;
                    run_in(engine, &chosen, end, given).await
                }),
            ));
        }
    }
    let mut sum = Tally::default();
    local
        .run_until(async {
            for (engine, running) in running {
                let tally = match running.await {
                    Ok(Ok(tally)) => tally,
                    Ok(Err(error)) => broke(engine, &format!("{error:#}")),
                    Err(error) => broke(engine, &error.to_string()),
                };
                sum.passed += tally.passed;
                sum.failed += tally.failed;
            }
        })
        .await;
    sum
}

/// The end of the list from which a browser takes its next test.
#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

impl End {
    fn take(self, tests: &RefCell<VecDeque<Rc<Test>>>) -> Option<Rc<Test>> {
        let mut tests = tests.borrow_mut();
        match self {
            Self::First => tests.pop_front(),
            Self::Last => tests.pop_back(),
        }
    }
}

fn broke(engine: Engine, error: &str) -> Tally {
    println!("{engine} FAILED: {error}");
    Tally {
        passed: 0,
        failed: 1,
    }
}

/// Runs tests in one browser as long as there are tests that no other browser has taken.
async fn run_in(
    engine: Engine,
    tests: &RefCell<VecDeque<Rc<Test>>>,
    end: End,
    given: Rc<Given>,
) -> Result<Tally> {
    if tests.borrow().is_empty() {
        return Ok(Tally::default());
    }
    let start = Instant::now();
    let lab = Rc::new(Lab::new(engine, given).await?);
    let first = lab.browser(Scripts::On).await?;
    // The stage reads this line: see xtask/src/stages/browser.rs.
    println!("browser: {engine} {}", first.version());
    let mut browser = Some(first);
    let mut tally = Tally::default();
    while let Some(test) = end.take(tests) {
        let mut present = match browser.take() {
            Some(browser) => browser,
            None => lab.browser(Scripts::On).await?,
        };
        let clock = Instant::now();
        let mut outcome = try_in(&present, &lab, &test).await;
        if outcome.as_ref().is_err_and(is_silent_driver) {
            println!("{engine} {} again: the driver did not answer", test.name());
            present.quit().await;
            present = lab.browser(Scripts::On).await?;
            outcome = try_in(&present, &lab, &test).await;
        }
        let seconds = clock.elapsed().as_secs_f32();
        match outcome {
            Ok(()) => {
                tally.passed += 1;
                println!("{engine} {} ok {seconds:.1} s", test.name());
                browser = Some(present);
            }
            Err(error) => {
                tally.failed += 1;
                println!("{engine} {} FAILED {seconds:.1} s", test.name());
                println!("{}", legible(&error));
                present.quit().await;
            }
        }
    }
    if let Some(browser) = browser {
        browser.quit().await;
    }
    match tally.passed + tally.failed {
        0 => println!("{engine}: its other browser had taken every test"),
        ran => println!(
            "{engine}: {ran} tests in {:.0} s",
            start.elapsed().as_secs_f32()
        ),
    }
    Ok(tally)
}

/// Whether the driver got no answer from its browser, as WebKitGTK's driver sometimes does on a
/// busy machine. This says nothing about the page, so the test runs once more, in another browser.
fn is_silent_driver(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let driver = cause.downcast_ref::<WebDriverError>();
        driver.is_some_and(|error| {
            matches!(error.as_inner(), WebDriverErrorInner::WebDriverTimeout(_))
        })
    })
}

/// An error, indented and without the stack of the driver's own program.
fn legible(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    let ours = text.split("Stacktrace:").next().unwrap_or_default();
    let lines = ours.lines().filter(|line| !line.trim().is_empty());
    let indented: Vec<String> = lines.map(|line| format!("    {line}")).collect();
    indented.join("\n")
}

async fn try_in(browser: &Browser, lab: &Rc<Lab>, test: &Test) -> Result<()> {
    let world = if test.is_of_service() {
        World::Service(Rc::new(lab.deployment().await?))
    } else {
        World::Demo
    };
    let page = Page::in_new_tab(browser.driver.clone(), lab.clone(), world).await?;
    let outcome = timeout(TEST_ENDS_WITHIN, test.run(&page)).await;
    let outcome =
        outcome.unwrap_or_else(|_| Err(anyhow!("it was not done within {TEST_ENDS_WITHIN:?}")));
    let outcome = match outcome {
        Ok(()) => page.nothing_went_wrong_unseen().await,
        Err(error) => Err(error),
    };
    let Err(error) = outcome else {
        return Ok(());
    };
    // Both help to understand the error. If they fail, the error itself is still reported.
    let _ = page.picture_of_failure(test.name()).await;
    let console = page.errors_in_console().await.unwrap_or_default();
    let heard = [
        ("in the console", console),
        ("by the service", page.complaints()),
    ];
    let heard = heard.into_iter().filter(|(_, said)| !said.is_empty());
    Err(heard.fold(error, |error, (whose, said)| {
        error.context(format!("{whose}: {}", said.join("\n")))
    }))
}

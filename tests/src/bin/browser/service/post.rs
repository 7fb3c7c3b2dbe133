//! The messages of the service to the person that the test plays: in their mailbox, on their phone,
//! and by call.

use anyhow::{Context, Result, ensure};
use postern_peers::{exchange::Placed, smtp::Received};

use super::Deployment;
use crate::{
    message::Kind,
    wait::{STEP_COMES_WITHIN, Seen, until},
};

/// The text between the bound host and the code, in the last line of a text (WICG, "Origin-bound
/// one-time codes delivered via SMS").
const BEFORE_CODE: &str = " #";

/// The parameter of every call.
const CALL: (&str, &str) = ("CallSid", "CA1");

impl Deployment {
    /// The number of messages of this kind to the person, including those without a code.
    ///
    /// # Errors
    /// If the test plays no person yet.
    pub(crate) fn count(&self, kind: Kind) -> Result<usize> {
        Ok(match kind {
            Kind::Mail => self.mails_to(self.person()?.mailbox()).len(),
            Kind::Text => self.texts()?.len(),
            Kind::Call => self.calls()?.len(),
        })
    }

    /// The codes of this kind, the newest first. A mail with a code says so in its subject, and a
    /// text ends with the code.
    ///
    /// # Errors
    /// If the test plays no person yet, or a mail with a code has none.
    pub(crate) fn codes(
        &self,
        kind: Kind,
        is_subject: impl Fn(&str) -> bool,
    ) -> Result<Vec<String>> {
        let mut codes = match kind {
            Kind::Mail => {
                let mails = self.mails_to(self.person()?.mailbox());
                let with_code = mails.iter().filter(|mail| is_subject(subject(mail)));
                with_code
                    .map(|mail| code_in(&mail.text))
                    .collect::<Result<Vec<_>>>()?
            }
            Kind::Text => {
                let texts = self.texts()?;
                // The code is in its last line.
                let codes = texts
                    .iter()
                    .filter_map(|text| Some(bound(text)?.1.to_owned()));
                codes.collect()
            }
            Kind::Call => Vec::new(),
        };
        codes.reverse();
        Ok(codes)
    }

    /// The host on whose pages the newest text's code is filled in.
    ///
    /// # Errors
    /// If the test plays no person yet, or the person got no text.
    pub(crate) fn text_is_bound_to(&self) -> Result<String> {
        let texts = self.texts()?;
        let newest = texts.last().and_then(|text| bound(text));
        Ok(newest.context("there is no bound text")?.0.to_owned())
    }

    /// The contents of the texts to the person.
    pub(crate) fn texts(&self) -> Result<Vec<String>> {
        let person = self.person()?;
        let texts = self.ground.kannel.all().into_iter().skip(self.before.texts);
        Ok(texts
            .filter(|text| person.has_phone(&text.to))
            .map(|text| text.text)
            .collect())
    }

    /// The mails to an address.
    pub(crate) fn mails_to(&self, address: &str) -> Vec<Received> {
        let mails = self.ground.smtp.all().into_iter().skip(self.before.mails);
        mails
            .filter(|mail| mail.envelope.split(' ').next_back() == Some(address))
            .collect()
    }

    fn calls(&self) -> Result<Vec<Placed>> {
        let person = self.person()?;
        let calls = self
            .ground
            .exchange
            .all()
            .into_iter()
            .skip(self.before.calls);
        Ok(calls
            .filter(|call| person.has_phone(call.parameter("To")))
            .collect())
    }

    /// Answers the newest call, and presses `#`.
    ///
    /// # Errors
    /// If there is none, or the service's answer is wrong.
    pub(crate) async fn answer_call(&self) -> Result<()> {
        let call = self.newest_call().await?;
        let answered = [CALL, ("CallStatus", "in-progress")];
        let menu = self.tell(call.parameter("Url"), &answered).await?;
        let action = menu
            .split("action=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let action = action.with_context(|| format!("no key is waited for: {menu}"))?;
        self.tell(action, &[CALL, ("Digits", "#")]).await.map(drop)
    }

    /// Does not answer the newest call.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) async fn hang_up(&self) -> Result<()> {
        let call = self.newest_call().await?;
        let ended = [CALL, ("CallStatus", "no-answer")];
        self.tell(call.parameter("StatusCallback"), &ended)
            .await
            .map(drop)
    }

    async fn newest_call(&self) -> Result<Placed> {
        until("a call", STEP_COMES_WITHIN, async || {
            Ok(match self.calls()?.pop() {
                Some(call) => Seen::There(call),
                None => Seen::NotYet("no call".to_owned()),
            })
        })
        .await
    }

    /// Sends the service an event of a call, as the exchange does.
    async fn tell(&self, url: &str, parameters: &[(&str, &str)]) -> Result<String> {
        let server = self.switchboard.address();
        let (status, said) = self.ground.exchange.ask(server, url, parameters).await;
        ensure!(
            (200..300).contains(&status),
            "told of a call, the service says {status}: {said}"
        );
        Ok(said)
    }
}

fn subject(mail: &Received) -> &str {
    let mut lines = mail.headers.lines();
    lines
        .find_map(|line| line.strip_prefix("Subject: "))
        .unwrap_or_default()
}

/// The eight digits in two groups of four.
fn code_in(text: &str) -> Result<String> {
    let mut runs = text.split(|letter: char| !letter.is_ascii_digit() && letter != ' ');
    let found = runs.find_map(|run| {
        let (first, last) = run.trim().split_once(' ')?;
        (first.len() == 4 && last.len() == 4).then(|| [first, last].concat())
    });
    found.with_context(|| format!("there is no code in it: {text}"))
}

/// The host to which a text is bound, and its code. If a portal has the page in a frame, the host
/// is the portal's, and the page's host follows.
fn bound(text: &str) -> Option<(&str, &str)> {
    text.lines()
        .last()?
        .strip_prefix('@')?
        .split_once(BEFORE_CODE)
        .map(|(host, code)| (host, code.split_once(' ').map_or(code, |(code, _)| code)))
}

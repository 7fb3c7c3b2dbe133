//! Everything around a wizard, in either world. In the demo all of it is in the page; at the
//! service all of it is real. Claims are written in these words, and hold in both.

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{
    Page,
    demo::Leap,
    world::{Connection, World},
};
use crate::{
    message::Kind,
    service::{Deployment, Mishap},
    wait::{STEP_COMES_WITHIN, Seen, until},
};

impl Page {
    /// The service that the page asks.
    ///
    /// # Errors
    /// In the demo, which asks none.
    pub(crate) fn service(&self) -> Result<&Deployment> {
        match &self.world {
            World::Demo => bail!("the demo asks no service"),
            World::Service(deployment) => Ok(deployment),
        }
    }

    /// Opens the page, as on a person's first visit, and waits for the wizard.
    pub(crate) async fn open_world(&self) -> Result<()> {
        match &self.world {
            World::Demo => self.open_demo().await,
            World::Service(deployment) => self.open(&deployment.url()).await,
        }
    }

    /// Plays a person: their name is in the first step's field, and nothing is left of the person
    /// who was played before.
    pub(crate) async fn be(&self, persona: &str) -> Result<()> {
        match &self.world {
            World::Demo => self.be_in_demo(persona).await,
            World::Service(deployment) => {
                if self.state().await?.step != "identify" {
                    self.close_for_a_new_tab().await?;
                    self.open_world().await?;
                }
                let person = deployment.become_person(persona)?;
                self.type_into("identifier", person.identifier()).await
            }
        }
    }

    /// Opens the page as a persona who has said who they are.
    pub(crate) async fn begin_as(&self, persona: &str) -> Result<()> {
        self.open_world().await?;
        self.be(persona).await?;
        self.submit().await
    }

    /// Waits until this number of messages of this kind was sent, and returns the newest code.
    pub(crate) async fn code(&self, kind: Kind, sent: usize) -> Result<String> {
        until(
            format!("{sent} of {}", kind.name()),
            STEP_COMES_WITHIN,
            async || {
                let codes = self.codes(kind).await?;
                match codes.first() {
                    Some(newest) if codes.len() == sent => Ok(Seen::There(newest.clone())),
                    _ => Ok(Seen::NotYet(format!("{} of them", codes.len()))),
                }
            },
        )
        .await
    }

    /// The codes of this kind, the newest first.
    async fn codes(&self, kind: Kind) -> Result<Vec<String>> {
        match &self.world {
            World::Demo => self.codes_in_demo(kind).await,
            World::Service(deployment) => {
                let said = self.lab.given.words.of("en", "mail-code-subject")?;
                deployment.codes(kind, |subject| said.is_in(subject))
            }
        }
    }

    /// Waits until this number of messages of this kind was sent to the person, and checks that
    /// there are no more.
    pub(crate) async fn expect_sent(&self, kind: Kind, count: usize) -> Result<()> {
        until(
            format!("{count} of {}", kind.name()),
            STEP_COMES_WITHIN,
            async || match self.count(kind).await? {
                sent if sent == count => Ok(Seen::There(())),
                sent => Ok(Seen::NotYet(format!("{sent} of them"))),
            },
        )
        .await
    }

    /// The number of messages of this kind that were sent to the person.
    pub(crate) async fn count(&self, kind: Kind) -> Result<usize> {
        match &self.world {
            World::Demo => self.count_in_demo(kind).await,
            World::Service(deployment) => deployment.count(kind),
        }
    }

    /// The code that the authenticator app shows now.
    pub(crate) async fn code_of_app(&self) -> Result<String> {
        match &self.world {
            World::Demo => self.code_of_app_in_demo().await,
            World::Service(deployment) => deployment.code_of_app(),
        }
    }

    /// The next code of the app.
    pub(crate) async fn next_code_of_app(&self) -> Result<String> {
        match &self.world {
            World::Demo => {
                self.forward(Leap::Minute).await?;
                self.code_of_app_in_demo().await
            }
            // A clock that is a step ahead does not lock the person out.
            World::Service(deployment) => deployment.next_code_of_app(),
        }
    }

    /// Answers the phone and presses `#`.
    pub(crate) async fn answer_call(&self) -> Result<()> {
        match &self.world {
            World::Demo => self.answer_call_in_demo().await,
            World::Service(deployment) => deployment.answer_call().await,
        }
    }

    /// Does not answer the phone.
    pub(crate) async fn hang_up(&self) -> Result<()> {
        match &self.world {
            World::Demo => self.hang_up_in_demo().await,
            World::Service(deployment) => deployment.hang_up().await,
        }
    }

    /// Whether the claim sets the time. The cool-down of the service can end at any moment.
    pub(crate) const fn sets_the_time(&self) -> bool {
        matches!(self.world, World::Demo)
    }

    /// Passes the time in which no other code can be requested. In the demo the clock moves. At the
    /// service the time is short enough for the next action to wait for it.
    pub(crate) async fn get_over_cool_down(&self) -> Result<()> {
        match &self.world {
            World::Demo => self.forward(Leap::Minute).await,
            World::Service(_) => Ok(()),
        }
    }

    /// Changes the connection.
    pub(crate) async fn connect(&self, connection: Connection) -> Result<()> {
        let World::Service(deployment) = &self.world else {
            return self.connect_demo(connection).await;
        };
        let switchboard = &deployment.switchboard;
        match connection {
            Connection::Online => {
                switchboard
                    .go_online()
                    .await
                    .context("no way back online")?;
                // This is the event that a browser sends when its machine has a network again: this
                // machine always had one.
                let told = "window.dispatchEvent(new Event('online'))";
                self.ask(told, json!([])).await.map(drop)
            }
            Connection::Offline => {
                switchboard.go_offline().await;
                Ok(())
            }
            Connection::Lossy => {
                switchboard.let_happen(Mishap::Lost);
                Ok(())
            }
        }
    }

    /// The audit log, as text.
    pub(crate) async fn audit(&self) -> Result<String> {
        match &self.world {
            World::Demo => self.audit_of_demo().await,
            World::Service(deployment) => deployment.audit(),
        }
    }

    /// Information about a failure in addition to the page.
    pub(crate) fn complaints(&self) -> Vec<String> {
        match &self.world {
            World::Demo => Vec::new(),
            World::Service(deployment) => deployment.complaints(),
        }
    }

    /// Waits until a condition about the service holds that the page does not show.
    pub(crate) async fn wait_for(
        &self,
        what: &str,
        holds: impl Fn(&Deployment) -> Result<bool>,
    ) -> Result<()> {
        let service = self.service()?;
        until(what, STEP_COMES_WITHIN, async || {
            Ok(if holds(service)? {
                Seen::There(())
            } else {
                Seen::NotYet(String::new())
            })
        })
        .await
    }
}

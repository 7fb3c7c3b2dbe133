//! `<postern-frame>` in a portal's page: the wizard on its own origin, the portal on a host of another name, and messages between the two.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{
    element::{NAME_OF_DALIA, expect_told},
    ways,
};
use crate::{
    foreign::Framed,
    page::{Kind, Page, STEP_COMES_WITHIN},
    people::{ADA, NAME_OF_ADA, PHONE_OF_ADA},
    test::{Test, claims},
    wait::{Seen, until},
};

mod ground;
mod place;
mod told;
mod worker;
mod wrong;

pub(super) fn claims() -> Vec<Test> {
    let mut claims = claims!["frame":
        a_whole_reset_in_a_frame_is_told_in_order_and_without_a_secret,
        the_frame_is_as_high_as_what_is_in_it,
    ];
    claims.extend(told::claims());
    claims.extend(place::claims());
    claims.extend(ground::claims());
    claims.extend(wrong::claims());
    claims.extend(worker::claims());
    claims.into_iter().map(Test::beside_service).collect()
}

/// A page of a portal, with the driver in it, or in its frame.
struct Portal<'a> {
    framed: Framed,
    page: &'a Page,
    wizard: Page,
}

impl<'a> Portal<'a> {
    /// Serves a portal beside the service, and goes there.
    async fn open(page: &'a Page, name: &str) -> Result<Self> {
        let portal = Self {
            framed: Framed::serve(page).await?,
            wizard: page.wizard_in("postern-reset", "reset"),
            page,
        };
        portal.visit(name).await?;
        Ok(portal)
    }

    /// The same with the wizard in its frame.
    async fn with_wizard(page: &'a Page, name: &str) -> Result<Self> {
        let portal = Self::open(page, name).await?;
        portal.enter().await?;
        portal.wizard.expect_wizard().await?;
        Ok(portal)
    }

    async fn visit(&self, name: &str) -> Result<()> {
        self.page.visit(&self.framed.url(name)).await
    }

    /// Looks into the first frame with a wizard from now on, once it is there: the page may have other frames before
    /// it.
    async fn enter(&self) -> Result<()> {
        self.leave().await?;
        let frame = self.page.element("iframe:not([title=Forger])").await?;
        frame.enter_frame().await?;
        Ok(())
    }

    /// Looks at the portal's page from now on.
    async fn leave(&self) -> Result<()> {
        self.page.driver.enter_default_frame().await?;
        Ok(())
    }

    /// What the portal's script has written down.
    async fn written(&self, what: &str) -> Result<Value> {
        self.leave().await?;
        let script = "return document.documentElement.dataset[arguments[0]] ?? 'null'";
        let text = self.page.ask(script, json!([what])).await?;
        Ok(serde_json::from_str(text.as_str().unwrap_or("null"))?)
    }

    /// Has the portal's script do something with the element: see `foreign/portal.js`.
    async fn have(&self, asked: Value) -> Result<Value> {
        self.leave().await?;
        let script = "document.documentElement.dataset.asked = arguments[0];
            document.dispatchEvent(new Event('portal'))";
        self.page.ask(script, json!([asked.to_string()])).await?;
        self.written("told").await
    }

    /// What the portal has heard, once that is among it.
    async fn heard(&self, name: &str, detail: Value) -> Result<Vec<(String, Value)>> {
        until(format!("{name} {detail}"), STEP_COMES_WITHIN, async || {
            let events = self.events().await?;
            if events.contains(&(name.to_owned(), detail.clone())) {
                Ok(Seen::There(events))
            } else {
                Ok(Seen::NotYet(format!("{events:?}")))
            }
        })
        .await
    }

    async fn events(&self) -> Result<Vec<(String, Value)>> {
        let events = self.written("heard").await?;
        let events: Vec<(String, Value, String)> =
            serde_json::from_value(events).unwrap_or_default();
        Ok(events
            .into_iter()
            .map(|(name, detail, _)| (name, detail))
            .collect())
    }

    /// The messages that came in, each with who posted it.
    async fn posted(&self) -> Result<Vec<(String, Value)>> {
        Ok(serde_json::from_value(self.written("posted").await?).unwrap_or_default())
    }

    async fn expect_no_violation(&self) -> Result<()> {
        let stopped = self.written("stopped").await?;
        ensure!(stopped == Value::Null, "stopped by the policy: {stopped}");
        Ok(())
    }

    /// How high the frame is, and how much of the wizard lies outside of it, in CSS pixels, once the two agree.
    async fn expect_no_scroll_bar(&self) -> Result<()> {
        let script = "const page = document.scrollingElement;
            return [innerHeight, page.scrollHeight, document.querySelector('postern-reset').getBoundingClientRect().height]";
        self.enter().await?;
        until(
            "the frame to be as high as its wizard",
            STEP_COMES_WITHIN,
            async || {
                let found = self.page.ask(script, json!([])).await?;
                let (seen, content, wizard): (f64, f64, f64) = serde_json::from_value(found)?;
                Ok(if content <= seen && (seen - wizard).abs() < 1.5 {
                    Seen::There(())
                } else {
                    Seen::NotYet(format!(
                        "{content} px in a frame of {seen} px, the wizard has {wizard} px"
                    ))
                })
            },
        )
        .await
    }

    async fn identify(&self, name: &str) -> Result<()> {
        // WebKit gives no focus to the frame of another site before it has been clicked into.
        self.wizard.field("identifier").await?.click().await?;
        self.wizard.type_into("identifier", name).await?;
        self.wizard.submit().await?;
        // For one of them there is one way.
        let next = if name == NAME_OF_DALIA {
            "questions"
        } else {
            "method"
        };
        self.wizard.expect_step(next).await.map(drop)
    }
}

async fn a_whole_reset_in_a_frame_is_told_in_order_and_without_a_secret(page: &Page) -> Result<()> {
    let portal = Portal::with_wizard(page, "frame.html").await?;
    let wizard = &portal.wizard;
    page.service()?.become_person(ADA)?;
    portal.identify(NAME_OF_ADA).await?;
    ways::choose(wizard, "mobile-sms").await?;
    wizard.expect_step("phone").await?;
    ways::send_to(wizard, PHONE_OF_ADA).await?;
    wizard.expect_step("code").await?;
    let code = page.code(Kind::Text, 1).await?;
    // Both are told by their hosts, which is all that browsers go by.
    let texts = page.service()?.texts()?;
    let bound = format!("@localhost #{code} @reset.contoso.example");
    ensure!(
        texts[0].lines().last() == Some(&*bound),
        "the text says {}",
        texts[0]
    );
    ways::give_code(wizard, &code).await?;
    wizard.expect_step("password").await?;
    ways::set_password(wizard).await?;
    let mut events = portal.heard("done", json!({ "purpose": "reset" })).await?;
    expect_told(
        &mut events,
        &[
            "identify", "method", "phone", "code", "password", "done", "done",
        ],
    )?;
    let told = portal.have(json!(["step"])).await?;
    ensure!(told == json!("done"), "the step is {told}");
    let names = [
        "postern", "type", "version", "height", "step", "from", "purpose", "top", "bottom",
    ];
    let own = page.service()?.url();
    for (origin, message) in portal.posted().await? {
        ensure!(
            own.trim_end_matches('/') == origin,
            "{origin} posted {message}"
        );
        let members = message.as_object().into_iter().flat_map(|it| it.keys());
        let strange: Vec<&String> = members.filter(|it| !names.contains(&it.as_str())).collect();
        ensure!(strange.is_empty(), "{message} tells {strange:?}");
        let text = message.to_string();
        ensure!(
            !text.contains(&code) && !text.contains('@'),
            "it tells {text}"
        );
    }
    portal.expect_no_violation().await
}

async fn the_frame_is_as_high_as_what_is_in_it(page: &Page) -> Result<()> {
    /// One for each step, and one or two where a step comes in parts.
    const PER_STEP_MAX: usize = 4;
    let portal = Portal::with_wizard(page, "frame.html").await?;
    let wizard = &portal.wizard;
    portal.expect_no_scroll_bar().await?;
    portal.identify(NAME_OF_DALIA).await?;
    portal.expect_no_scroll_bar().await?;
    ways::give_answers(wizard).await?;
    wizard.expect_step("password").await?;
    portal.expect_no_scroll_bar().await?;
    ways::set_password(wizard).await?;
    portal.expect_no_scroll_bar().await?;
    let heights = portal.posted().await?;
    let heights = heights
        .iter()
        .filter(|(_, it)| it["type"] == "resize")
        .count();
    ensure!(
        (1..=5 * PER_STEP_MAX).contains(&heights),
        "{heights} times it was told how high the frame is"
    );
    portal.expect_no_violation().await
}

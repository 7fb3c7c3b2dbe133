//! The authenticator app of the current persona: the current code, and its remaining time.

use leptos::prelude::*;
use postern_engine::account::{AuthenticatorSecret, TotpAlgorithm, TotpPeriod};
use postern_engine::totp;
use postern_protocol::Timestamp;

use super::code::Chip;
use super::part::Part;
use super::scene::Scene;
use crate::demo::host::Host;
use crate::demo::people;

/// The content of the app's display.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Shown {
    code: String,
    seconds_left: u32,
    period_seconds: u32,
}

#[component]
pub(super) fn AuthenticatorApp(scene: Scene) -> impl IntoView {
    let owner = scene.read(owner);
    move || {
        owner
            .get()
            .map(|identifier| view! { <Shows scene identifier /> })
    }
}

#[component]
fn Shows(scene: Scene, identifier: String) -> impl IntoView {
    let words = scene.words;
    let shown = Memo::new({
        let identifier = identifier.clone();
        move |_| {
            let now = scene.now.get();
            scene.host.with_value(|host| shown(host, &identifier, now))
        }
    });
    let code = Memo::new(move |_| {
        shown.with(|shown| {
            shown
                .as_ref()
                .map(|shown| shown.code.clone())
                .unwrap_or_default()
        })
    });
    let left = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().map_or(0, |shown| shown.seconds_left))
    });
    let period =
        shown.with_untracked(|shown| shown.as_ref().map_or(1, |shown| shown.period_seconds));
    // The length of the ring is in seconds.
    let ring = move || format!("{} {period}", left.get());
    view! {
        <Part scene name="app" title=Signal::derive(move || words.demo_app())>
            <div class="postern-demo-app-card" data-authenticator=true>
                <p class="postern-demo-app-owner"><bdi dir="ltr">{identifier}</bdi></p>
                <Chip scene text=code is_code=true />
                <p class="postern-demo-app-left">
                    <svg class="postern-demo-ring" viewBox="0 0 24 24" aria-hidden="true">
                        <path class="postern-demo-ring-track" d="M12 3a9 9 0 0 1 0 18a9 9 0 0 1 0-18" />
                        <path
                            class="postern-demo-ring-left"
                            d="M12 3a9 9 0 0 1 0 18a9 9 0 0 1 0-18"
                            pathLength=period
                            stroke-dasharray=ring
                        />
                    </svg>
                    {move || words.demo_app_left(left.get())}
                </p>
            </div>
        </Part>
    }
}

/// The current persona, if they have an app.
fn owner(host: &Host) -> Option<String> {
    let persona = people::named(&host.persona()?)?;
    let identifier = persona.identifier.to_owned();
    secret(host, &identifier).map(|_| identifier)
}

fn secret(
    host: &Host,
    identifier: &str,
) -> Option<(AuthenticatorSecret, TotpAlgorithm, TotpPeriod)> {
    host.with_world(|world| {
        let account = world.directory.accounts().find(|account| {
            account
                .person
                .identifiers
                .iter()
                .any(|own| own == identifier)
        })?;
        let app = account.registration.authenticators.first()?;
        Some((app.secret.clone(), app.algorithm, app.period))
    })
}

fn shown(host: &Host, identifier: &str, now: Timestamp) -> Option<Shown> {
    let (secret, algorithm, period) = secret(host, identifier)?;
    let period_seconds: u32 = match period {
        TotpPeriod::Seconds30 => 30,
        TotpPeriod::Seconds60 => 60,
    };
    let gone = now.seconds().rem_euclid(i64::from(period_seconds));
    let seconds_left = period_seconds.saturating_sub(u32::try_from(gone).unwrap_or(0));
    Some(Shown {
        code: totp::code_at(&secret, algorithm, period, now),
        seconds_left,
        period_seconds,
    })
}

//! An attempt ends, or another one begins.

use postern_protocol::{EndReason, Step};

use super::request::Request;
use super::{Busy, Effect, Flight, Form, Phase, Place, Typed, Wizard, screen};

impl Wizard {
    /// By this device's clock the attempt is over: the wizard asks the judge, whose clock is
    /// authoritative.
    pub(super) fn time_is_up(&mut self) -> Vec<Effect> {
        match self.flight {
            // The answer to the request under way will report it.
            Flight::Away { .. } => Vec::new(),
            Flight::Lost { .. } => self.end(),
            Flight::Landed => self.send(Request::Look, Busy::Ending),
        }
    }

    /// Ends the attempt, as far as the page can know.
    pub(super) fn end(&mut self) -> Vec<Effect> {
        let Phase::Active { attempt, .. } = &mut self.phase else {
            return Vec::new();
        };
        attempt.step = Step::Ended {
            reason: EndReason::Expired,
        };
        self.detour = None;
        self.flight = Flight::Landed;
        self.unsay();
        vec![Effect::Visit(Place::Over)]
    }

    /// Whether a lock stopped the attempt, and the lock is over by the judge's clock.
    pub(super) fn is_lifted(&self) -> bool {
        self.attempt().is_some_and(screen::is_lifted)
    }

    /// Returns to the first step and keeps only the identifier of the attempt.
    pub(super) fn identify_anew(&mut self) -> Vec<Effect> {
        let identifier = self.identifier().to_owned();
        self.begin_anew(Phase::Start);
        self.typed.identifier = identifier;
        vec![Effect::Forget, Effect::Correct(Place::Identify)]
    }

    pub(super) fn try_again(&mut self) -> Vec<Effect> {
        let identifier = self.identifier().to_owned();
        let mut effects = self.start_over();
        effects.extend(self.submit(Form::Identify(identifier)));
        effects
    }

    pub(super) fn start_over(&mut self) -> Vec<Effect> {
        let over = self.attempt().is_none() || self.is_over();
        let number = self.next_number();
        // The wizard never shows data of an ended attempt again; after a cancelled one it keeps the
        // typed identifier.
        let typed = if over {
            Typed::default()
        } else {
            std::mem::take(&mut self.typed)
        };
        self.begin_anew(Phase::Start);
        self.typed = typed;
        let mut effects = Vec::new();
        if !over {
            effects.push(Effect::Send {
                number,
                request: Request::Cancel,
            });
        }
        effects.push(Effect::Forget);
        effects.push(Effect::Visit(Place::Identify));
        effects
    }
}

//! The person goes back, to another place, or through the browser's history.

use super::{Effect, Place, Wizard, screen};

impl Wizard {
    pub(super) fn back(&mut self) -> Vec<Effect> {
        let before = self
            .attempt()
            .and_then(|attempt| screen::place_before(attempt, self.detour));
        match before {
            Some(place) => self.step_to(Some(place)),
            None => Vec::new(),
        }
    }

    /// Goes to the first step, as Back does; after a passed gate to the question whether to leave.
    pub(super) fn other_account(&mut self) -> Vec<Effect> {
        if self.is_over() {
            return self.start_over();
        }
        let first = self
            .attempt()
            .and_then(|attempt| screen::trail(attempt).first().copied());
        first.map_or_else(Vec::new, |place| self.step_to(Some(place)))
    }

    pub(super) fn history_moved(&mut self, name: Option<&str>) -> Vec<Effect> {
        let Some(attempt) = self.attempt() else {
            return Vec::new();
        };
        if self.is_over() {
            // Back from an ended attempt leads only to the first step.
            return self.start_over();
        }
        let here = screen::place(attempt, self.detour);
        let known = screen::trail(attempt)
            .into_iter()
            .find(|place| Some(place.name().as_str()) == name);
        let wanted = known.unwrap_or(Place::Leave);
        if wanted == here {
            return Vec::new();
        }
        let detour = (wanted != screen::place(attempt, None)).then_some(wanted);
        self.detour = detour;
        self.unsay();
        if known.is_none() {
            vec![Effect::Correct(Place::Leave)]
        } else {
            Vec::new()
        }
    }

    pub(super) fn step_to(&mut self, detour: Option<Place>) -> Vec<Effect> {
        let Some(attempt) = self.attempt() else {
            return Vec::new();
        };
        let before = screen::place(attempt, self.detour);
        let after = screen::place(attempt, detour);
        self.detour = detour;
        self.unsay();
        if before == after {
            Vec::new()
        } else {
            vec![Effect::Visit(after)]
        }
    }
}

//! The parts of the state that are shown beside the screen itself.

use postern_protocol::{ProblemKind, Step, Timestamp};

use super::{DoneBefore, Place, Trouble, Wizard, screen};

impl Wizard {
    /// The account of the attempt in the judge's form, from the second step on; and whether the
    /// person can name another account there.
    pub fn account(&self) -> Option<(&str, bool)> {
        let attempt = self.attempt()?;
        let may_change = match (&attempt.step, self.detour) {
            (_, Some(Place::Identify)) | (Step::Ended { .. }, _) => return None,
            (_, Some(Place::Leave)) | (Step::Done(_) | Step::WritingBack, _) => false,
            (
                Step::ChoosePurpose
                | Step::ChooseMethod(_)
                | Step::EnterPhone(_)
                | Step::EnterCode(_)
                | Step::AwaitCall(_)
                | Step::AnswerQuestions(_)
                | Step::ChoosePassword(_)
                | Step::ConfirmUnlock
                | Step::Refused(_)
                | Step::Locked { .. },
                _,
            ) => true,
        };
        Some((self.identifier(), may_change))
    }

    /// The name of the current page for the helpdesk: the name of its place, and for an end the
    /// kind of end.
    pub fn page_name(&self) -> String {
        let Some(attempt) = self.attempt() else {
            return Place::Identify.name();
        };
        match &attempt.step {
            Step::Done(_) => "done".to_owned(),
            Step::Refused(_) => "refused".to_owned(),
            Step::Locked { .. } => "locked".to_owned(),
            Step::Ended { .. } => "ended".to_owned(),
            Step::ChoosePurpose
            | Step::ChooseMethod(_)
            | Step::EnterPhone(_)
            | Step::EnterCode(_)
            | Step::AwaitCall(_)
            | Step::AnswerQuestions(_)
            | Step::ChoosePassword(_)
            | Step::ConfirmUnlock
            | Step::WritingBack => screen::place(attempt, self.detour).name(),
        }
    }

    /// The earlier result of this tab, while there is no attempt.
    pub fn done_before(&self) -> Option<DoneBefore> {
        self.done_before.filter(|_| self.attempt().is_none())
    }

    /// Whether there is another method for the current gate.
    pub fn has_other_methods(&self) -> bool {
        self.attempt()
            .is_some_and(|attempt| screen::offers(&attempt.step).len() > 1)
    }

    /// Whether the problem on the page says that another wrong proof causes a lock.
    pub fn is_last_warning(&self) -> bool {
        matches!(
            self.trouble,
            Some(Trouble::Judged(
                ProblemKind::PhoneMismatch { tries_left: 0 | 1 }
                    | ProblemKind::AnswersWrong { tries_left: 0 | 1 }
                    | ProblemKind::CodeWrong { tries_left: 0 | 1 }
                    | ProblemKind::CodeSpent { tries_left: 1 }
            ))
        )
    }

    /// Whether another wrong proof causes a lock, and no problem on the page says so.
    pub fn is_last_try(&self) -> bool {
        self.tries_left() == Some(1) && !self.is_last_warning()
    }

    /// The number of wrong proofs left, if the judge counts them.
    fn tries_left(&self) -> Option<u8> {
        // The judge reports no count for a place to which the person has stepped back.
        let step = self.attempt().filter(|_| self.detour.is_none());
        match step.map(|attempt| &attempt.step) {
            Some(Step::EnterPhone(step)) => Some(step.tries_left),
            Some(Step::EnterCode(step)) => Some(step.tries_left),
            Some(Step::AnswerQuestions(step)) => Some(step.tries_left),
            Some(
                Step::ChoosePurpose
                | Step::ChooseMethod(_)
                | Step::AwaitCall(_)
                | Step::ChoosePassword(_)
                | Step::ConfirmUnlock
                | Step::WritingBack
                | Step::Done(_)
                | Step::Refused(_)
                | Step::Locked { .. }
                | Step::Ended { .. },
            )
            | None => None,
        }
    }

    /// The lock under which the attempt continues: its end, and the tries left here, zero if the
    /// judge counts none.
    pub fn lock(&self) -> Option<(Timestamp, u8)> {
        let until = self.attempt()?.locked_until?;
        Some((until, self.tries_left().unwrap_or(0)))
    }

    /// Whether the problem on the page mentions the lock.
    pub fn is_lock_told(&self) -> bool {
        matches!(
            self.trouble,
            Some(Trouble::Judged(
                ProblemKind::CodeWrong { .. } | ProblemKind::MethodLocked { .. }
            ))
        )
    }

    /// Whether there is a place to go back to.
    pub fn can_go_back(&self) -> bool {
        self.attempt()
            .is_some_and(|attempt| screen::place_before(attempt, self.detour).is_some())
    }

    /// Whether the current screen results from the person's last action. A page load, a look and an
    /// expired time change the screen by themselves.
    pub fn is_led(&self) -> bool {
        self.led
    }
}

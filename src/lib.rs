//! The wizard: a locked-out person proves who they are through one or two gates, and regains
//! access.
//!
//! [`mount`] puts the wizard into any element of any page, any number of times. Data flows one way:
//! `postern_flow`, which is pure, receives an event; `screens` draws the resulting state; `session`
//! runs the resulting effects. No state is global, and the wizard changes the address of the page
//! only if `config` allows it.

#![cfg_attr(
    feature = "demo",
    expect(
        unreachable_pub,
        reason = "the component macro writes `pub` where the function has less"
    )
)]

mod app;
mod backend;
mod clock;
mod config;
#[cfg(feature = "demo")]
mod demo;
mod desk;
mod messages;
mod page;
mod parts;
mod screens;
mod session;
mod shell;
mod words;
mod work;

pub use app::{Mounted, break_down, mount};

//! The wizard: a locked-out person proves who they are through one or two gates, and gets back in.
//!
//! [`mount`] puts it into any element of any page, any number of times. Data flows one way: an
//! event goes into `wizard`, which is pure; the state that comes out is drawn by `screens`; the
//! effects that come out are run by `session`. Nothing is global, and the address of the page is
//! touched only where `config` allows it.

#![cfg_attr(
    feature = "demo",
    expect(
        unreachable_pub,
        reason = "the component macro writes `pub` where the function has less"
    )
)]

mod app;
mod backend;
mod browser;
mod clock;
mod config;
mod decimal;
#[cfg(feature = "demo")]
mod demo;
mod desk;
mod json;
mod language;
mod messages;
mod parts;
mod plans;
mod screens;
mod session;
mod wizard;
mod words;
mod work;

pub use app::{Mounted, break_down, mount};

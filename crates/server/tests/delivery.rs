//! Tests that messages really arrive: mails at a mail server, texts at a network, calls at the
//! service that places them.

#[path = "delivery/calls.rs"]
mod calls;
#[path = "delivery/help.rs"]
mod help;
#[path = "delivery/mail.rs"]
mod mail;
#[path = "delivery/texts.rs"]
mod texts;
#[path = "delivery/tried.rs"]
mod tried;

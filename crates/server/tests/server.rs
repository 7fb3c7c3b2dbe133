//! What the server does, as one program: each module is about one part of it.
//!
//! What reads the process's log or its metrics is in `logged.rs`, beside this one.

#[macro_use]
mod support;

mod abuse;
mod accounts;
mod altcha;
mod audit;
mod browsers;
mod check;
mod commands;
mod config;
mod cut_off;
mod delivery;
mod documented;
mod enumeration;
mod groups;
mod http;
mod keys;
mod migrations;
mod nginx;
mod openapi;
mod pictures;
mod portals;
mod program;
mod replicas;
mod stand_ins;
mod store;
mod work;
mod writes;

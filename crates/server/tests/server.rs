//! Tests of the server, as one program: each module covers one part of it.
//!
//! Tests that read the log or the metrics of the process are in `logged.rs`, beside this file.

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

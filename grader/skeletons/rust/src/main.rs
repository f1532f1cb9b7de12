//! Your view service, server and clerk. Sockets, lines and timers are done, in wire.rs; JSON in json.rs.
//!
//!     kv view SELF           the view service, which listens on the socket SELF
//!     kv server VIEW SELF    a server; VIEW is the socket of the view service
//!     kv clerk VIEW          reads operations from standard input
//!
//! What is missing is marked TODO. Until it is written it answers not_written, and pblab shows those words.
//! Write messages for yourself with eprintln!: standard output of a clerk belongs to its answers.

// Remove this when everything is used.
#![allow(dead_code, unused_variables)]

mod json;
mod wire;

use json::{object, Json};
use std::sync::{Arc, Mutex};
use wire::{not_written, Failure, Handlers};

/// An absent server is "".
#[derive(Clone, Default)]
struct View {
    viewnum: u64,
    primary: String,
    backup: String,
}

impl View {
    fn to_json(&self) -> Json {
        let view = object([
            ("viewnum", Json::from(self.viewnum)),
            ("primary", Json::from(self.primary.as_str())),
            ("backup", Json::from(self.backup.as_str())),
        ]);
        object([("view", view)])
    }
}

/// Decides who is primary and who is backup. It is locked while one of its functions runs.
#[derive(Default)]
struct ViewService {
    /// Before the first ping there is view 0, without members.
    view: View,
    // TODO: what you keep of each server, such as when it last pinged.
}

impl ViewService {
    fn ping(&mut self, params: &Json) -> Result<Json, Failure> {
        let server = params.text("server")?;
        let viewnum = params.count("viewnum")?;
        // TODO: `server` is alive and works in view `viewnum`; 0 says that it has just started, without data.
        // Change self.view if the rules say so, and answer Ok(self.view.to_json()).
        Err(not_written("view.ping (ViewService::ping in main.rs)"))
    }

    fn get(&mut self) -> Result<Json, Failure> {
        Ok(self.view.to_json())
    }

    fn tick(&mut self) -> Result<(), Failure> {
        // TODO: called once per ping interval. Which servers have not pinged for wire::dead_pings() intervals?
        Ok(())
    }
}

/// Holds keys and values. Its functions run in threads of their own, several at once.
struct Server {
    view_service: String,
    me: String,
    // TODO: in a Mutex: the store, the view that you know, and what you need to recognise a retry.
}

impl Server {
    fn get(&self, params: &Json) -> Result<Json, Failure> {
        let key = params.text("key")?;
        // TODO: answer object([("value", ...)]), "" for a missing key, or Failure::Refused(wire::NOT_PRIMARY, why).
        Err(not_written("kv.get (Server::get in main.rs)"))
    }

    fn update(&self, params: &Json) -> Result<Json, Failure> {
        let (op, key, value) = (params.text("op")?, params.text("key")?, params.text("value")?);
        let (client, sequence) = (params.text("client")?, params.count("sequence")?);
        // TODO: answer object([]) when it is done, object([("value", ...)]) for puthash.
        // A retry comes with the same client and sequence.
        Err(not_written("kv.update (Server::update in main.rs)"))
    }

    // TODO: what servers ask each other is yours to invent: forwards, the transfer to a new backup.
    // Write a handler for each, and give it a name in main().

    fn tick(&self) -> Result<(), Failure> {
        // TODO: called once per ping interval. Ping the view service:
        //   wire::call(&self.view_service, "view.ping", object([("server", ...), ("viewnum", ...)]), limit)
        Err(not_written("the ping of a server (Server::tick in main.rs)"))
    }
}

/// Asks servers on behalf of a client. It does one operation at a time.
struct Clerk {
    view_service: String,
    // TODO: an id that no other clerk has, the number of the last update, the view that you know.
}

impl wire::Operations for Clerk {
    fn get(&mut self, key: &str) -> Result<String, Failure> {
        // TODO: find the primary, call its "kv.get", and return the value.
        Err(not_written("get (Clerk::get in main.rs)"))
    }

    /// The value before it, which only puthash needs.
    fn update(&mut self, op: &str, key: &str, value: &str) -> Result<String, Failure> {
        // TODO: find the primary and call its "kv.update". Return only when it is done: the value before for puthash.
        Err(not_written(&format!("{op} (Clerk::update in main.rs)")))
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["view", me] => {
            let service = Arc::new(Mutex::new(ViewService::default()));
            let [pinged, asked, ticking] = [(); 3].map(|()| Arc::clone(&service));
            let mut handlers = Handlers::new();
            handlers.add("view.ping", move |params| pinged.lock().unwrap().ping(params));
            handlers.add("view.get", move |_| asked.lock().unwrap().get());
            wire::every(wire::ping_interval(), move || ticking.lock().unwrap().tick());
            wire::serve(me, handlers);
        }
        ["server", view_service, me] => {
            let server = Server { view_service: view_service.into(), me: me.into() };
            let server = Arc::new(server);
            let [get, update, ticking] = [(); 3].map(|()| Arc::clone(&server));
            let mut handlers = Handlers::new();
            handlers.add("kv.get", move |params| get.get(params));
            handlers.add("kv.update", move |params| update.update(params));
            wire::every(wire::ping_interval(), move || ticking.tick());
            wire::serve(me, handlers);
        }
        ["clerk", view_service] => wire::serve_clerk(Clerk { view_service: view_service.into() }),
        _ => {
            eprintln!("usage: kv view SELF | server VIEW SELF | clerk VIEW");
            std::process::exit(64);
        }
    }
}

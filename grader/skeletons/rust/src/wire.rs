//! Sockets, lines and timers for main.rs. This part is complete: read it once, there is no need to change it.
//!
//! pblab/1 is JSON-RPC 2.0 over Unix sockets, one JSON object a line. The name of a program is the path of its
//! socket. pblab/reference/protocol.md describes all messages.

use crate::json::{object, parse, Json};
use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::{mpsc, Arc};
use std::thread;
use std::time::Duration;

// Error codes of pblab/1.
pub const NOT_PRIMARY: i64 = -32001;
pub const NOT_READY: i64 = -32002;
pub const UNKNOWN_METHOD: i64 = -32601;
pub const BAD_PARAMS: i64 = -32602;

#[derive(Debug)]
pub enum Failure {
    /// An answer that is an error, by its code and message.
    Refused(i64, String),
    /// There was no answer. The other side may have executed the call, or may still do so.
    NoAnswer(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::NoAnswer(error.to_string())
    }
}

/// A part of the lab that is still to be written.
pub fn not_written(what: &str) -> Failure {
    Failure::Refused(UNKNOWN_METHOD, format!("not written yet: {what}"))
}

pub fn ping_interval() -> Duration {
    Duration::from_millis(setting("PBLAB_PING_INTERVAL_MS", 100))
}

/// A server is dead after this many ping intervals without a ping.
pub fn dead_pings() -> u64 {
    setting("PBLAB_DEAD_PINGS", 5)
}

/// The result of one call on a connection of its own. Without a limit it waits for ever.
pub fn call(name: &str, method: &str, params: Json, limit: Option<Duration>) -> Result<Json, Failure> {
    let connection = UnixStream::connect(name)?;
    let Some(limit) = limit else { return converse(&connection, method, params) };
    let (sender, answer) = mpsc::channel();
    let (theirs, method_name) = (connection.try_clone()?, method.to_string());
    thread::spawn(move || sender.send(converse(&theirs, &method_name, params)));
    answer.recv_timeout(limit).unwrap_or_else(|_| {
        // This ends the thread.
        let _ = connection.shutdown(std::net::Shutdown::Both);
        Err(Failure::NoAnswer(format!("{method} to {name}: no answer in {limit:?}")))
    })
}

fn converse(connection: &UnixStream, method: &str, params: Json) -> Result<Json, Failure> {
    let request = object([
        ("jsonrpc", Json::from("2.0")),
        ("id", Json::from(1u64)),
        ("method", Json::from(method)),
        ("params", params),
    ]);
    send(connection, &request)?;
    let mut line = String::new();
    BufReader::new(connection).read_line(&mut line)?;
    let reply = parse(&line).ok_or(Failure::NoAnswer("the connection ended before the answer".into()))?;
    if let Some(error) = reply.get("error") {
        let code = error.get("code").and_then(Json::number).unwrap_or(0.0);
        return Err(Failure::Refused(code as i64, error.text("message")?.into()));
    }
    Ok(reply.get("result").cloned().unwrap_or(Json::Null))
}

type Handler = Box<dyn Fn(&Json) -> Result<Json, Failure> + Send + Sync>;

/// Functions by the name of their method. Each takes the params and gives the result.
pub struct Handlers(HashMap<&'static str, Handler>);

impl Handlers {
    pub fn new() -> Self {
        Handlers(HashMap::new())
    }

    pub fn add(&mut self, method: &'static str, handler: impl Fn(&Json) -> Result<Json, Failure> + Send + Sync + 'static) {
        self.0.insert(method, Box::new(handler));
    }
}

/// Answers calls for ever.
pub fn serve(me: &str, handlers: Handlers) {
    let _ = std::fs::remove_file(me);
    let handlers = Arc::new(handlers);
    for connection in UnixListener::bind(me).expect("cannot listen").incoming() {
        let Ok(connection) = connection else { continue };
        let handlers = Arc::clone(&handlers);
        thread::spawn(move || attend(&connection, &handlers));
    }
}

/// Ends when the caller has gone, or has sent something that is not JSON.
fn attend(connection: &UnixStream, handlers: &Handlers) -> Result<(), Failure> {
    for line in BufReader::new(connection).lines() {
        let Some(request) = parse(&line?) else { break };
        let outcome = match outcome_of(&request, handlers) {
            Ok(result) => ("result", result),
            Err(Failure::Refused(code, message)) => ("error", error_of(code, message)),
            Err(Failure::NoAnswer(message)) => ("error", error_of(NOT_READY, message)),
        };
        let id = request.get("id").cloned().unwrap_or(Json::Null);
        send(connection, &object([("jsonrpc", Json::from("2.0")), ("id", id), outcome]))?;
    }
    Ok(())
}

fn outcome_of(request: &Json, handlers: &Handlers) -> Result<Json, Failure> {
    let method = request.text("method")?;
    match handlers.0.get(method) {
        Some(handler) => handler(request.get("params").unwrap_or(&Json::Null)),
        None => Err(Failure::Refused(UNKNOWN_METHOD, format!("unknown method {method}"))),
    }
}

fn error_of(code: i64, message: String) -> Json {
    object([("code", Json::from(code)), ("message", Json::from(message.as_str()))])
}

/// Calls `tick` in a thread of its own, with a pause of the interval after each call. Tells each failure once.
pub fn every(interval: Duration, mut tick: impl FnMut() -> Result<(), Failure> + Send + 'static) {
    thread::spawn(move || {
        let mut told = HashSet::new();
        loop {
            if let Err(failure) = tick() {
                let words = words_of(failure);
                if told.insert(words.clone()) {
                    eprintln!("{words}");
                }
            }
            thread::sleep(interval);
        }
    });
}

/// What a clerk can do.
pub trait Operations {
    fn get(&mut self, key: &str) -> Result<String, Failure>;
    fn update(&mut self, op: &str, key: &str, value: &str) -> Result<String, Failure>;
}

/// Reads one operation a line from standard input, and writes one answer a line to standard output.
pub fn serve_clerk(mut clerk: impl Operations) {
    for line in io::stdin().lock().lines() {
        let request = parse(&line.expect("cannot read")).expect("not JSON");
        let id = request.get("id").cloned().unwrap_or(Json::Null);
        let answer = match perform(&mut clerk, &request) {
            Ok(Some(value)) => object([("id", id), ("ok", Json::Bool(true)), ("value", Json::from(value.as_str()))]),
            Ok(None) => object([("id", id), ("ok", Json::Bool(true))]),
            Err(failure) => {
                let words = words_of(failure);
                object([("id", id), ("ok", Json::Bool(false)), ("error", Json::from(words.as_str()))])
            }
        };
        println!("{answer}");
        // Without it the answer could stay in this process.
        io::stdout().flush().expect("cannot write");
    }
}

fn perform(clerk: &mut impl Operations, request: &Json) -> Result<Option<String>, Failure> {
    let (op, key) = (request.text("op")?, request.text("key")?);
    if op == "get" {
        return clerk.get(key).map(Some);
    }
    let before = clerk.update(op, key, request.text("value")?)?;
    Ok((op == "puthash").then_some(before))
}

fn words_of(failure: Failure) -> String {
    match failure {
        Failure::Refused(_, words) | Failure::NoAnswer(words) => words,
    }
}

fn send(mut connection: &UnixStream, message: &Json) -> io::Result<()> {
    connection.write_all(format!("{message}\n").as_bytes())
}

fn setting(name: &str, preset: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(preset)
}

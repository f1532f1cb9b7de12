// Does what servers do: threads, child processes, sockets. Prints `ok`.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::thread;

fn main() {
    let threads: Vec<_> = (0..8).map(|n| thread::spawn(move || n * n)).collect();
    let sum: i32 = threads.into_iter().map(|each| each.join().unwrap()).sum();
    assert_eq!(sum, 140);

    let output = Command::new("sh").args(["-c", "echo child | cat"]).output().unwrap();
    assert_eq!(output.stdout, b"child\n");
    let mut sleeper = Command::new("sleep").arg("1000").spawn().unwrap();
    sleeper.kill().unwrap();
    assert!(!sleeper.wait().unwrap().success());

    let (mut one, mut other) = UnixStream::pair().unwrap();
    one.write_all(b"x").unwrap();
    other.read_exact(&mut [0]).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    listener.accept().unwrap();
    println!("ok");
}

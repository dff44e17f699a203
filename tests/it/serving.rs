//! Starting and stopping, and the sentences of a server that cannot start.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::Duration,
};

use forge_tests::{Engine, Forge, on_both};

on_both! {
    /// systemd stops it so, and starts it again on what is there.
    fn it_stops_when_asked_and_starts_again(engine) {
        let mut forge = Forge::with(engine).on_the_real_clock().start();
        assert_eq!(forge.browser().get("/-/health").status(), 200);
        assert!(forge.stop().success());
        forge.start_again();
        assert_eq!(forge.browser().get("/-/health").status(), 200);
    }

    /// An upgrade that went wrong, or the machine: nothing had time to tidy up.
    fn it_starts_again_after_being_killed(engine) {
        let mut forge = Forge::with(engine).on_the_real_clock().start();
        forge.kill();
        forge.start_again();
        assert_eq!(forge.browser().get("/-/health").status(), 200);
    }

    /// The data folder must be as it was: the server that uses it may be running.
    fn a_port_in_use_is_a_sentence_and_touches_nothing(engine) {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let setup = Forge::with(engine).on_the_real_clock().set("FORGE_LISTEN", &address);
        let data = setup.data().to_owned();
        let said = setup.refused().fails(1);
        assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
        assert_eq!(fs::read_dir(data).unwrap().count(), 0, "the data folder was written");
    }

    /// Root may write anywhere, so a file stands where the folder should be.
    fn a_data_folder_that_cannot_be_written_is_a_sentence(engine) {
        let setup = Forge::with(engine).on_the_real_clock();
        let file = setup.data().join("file");
        fs::write(&file, "not a folder").unwrap();
        let said = setup.set("FORGE_DATA", &file.display().to_string()).refused().fails(1);
        assert!(said.contains(&file.display().to_string()), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

/// Who is refused before the whole request has arrived may ask again on the same connection.
#[test]
fn a_refusal_leaves_the_connection_to_the_next_request() {
    let forge = Forge::with(Engine::Sqlite).on_the_real_clock().start();
    let mut line = BufReader::new(TcpStream::connect(host(&forge)).unwrap());
    send(&mut line, "POST /api/v1/spaces HTTP/1.1\r\nhost: forge\r\ncontent-length: 2\r\n\r\n");
    send(&mut line, "{}");
    assert_eq!(answered(&mut line).0, 401);
    send(&mut line, "GET /-/health HTTP/1.1\r\nhost: forge\r\n\r\n");
    assert_eq!(answered(&mut line), (200, false));
}

/// Nobody reads a gigabyte that nobody asked for: the answer says that the connection ends.
#[test]
fn a_refusal_of_much_ends_the_connection_and_says_so() {
    let forge = Forge::with(Engine::Sqlite).on_the_real_clock().start();
    let mut line = BufReader::new(TcpStream::connect(host(&forge)).unwrap());
    let length = 1_u64 << 30;
    let head = "POST /api/v1/spaces HTTP/1.1\r\nhost: forge\r\ncontent-length:";
    send(&mut line, &format!("{head} {length}\r\n\r\n"));
    assert_eq!(answered(&mut line), (401, true));
}

/// A peer that says nothing, or never comes to the end of what it asks, holds no connection.
#[test]
fn a_peer_that_does_not_say_what_it_wants_is_left() {
    let setup = Forge::with(Engine::Sqlite).on_the_real_clock().set("FORGE_HEAD_SECONDS_MAX", "1");
    let forge = setup.start();
    let silent = TcpStream::connect(host(&forge)).unwrap();
    let mut slow = TcpStream::connect(host(&forge)).unwrap();
    slow.write_all(b"GET /-/health HTTP/1.1\r\nhost: forge\r\nx-slow: ").unwrap();
    let mut kept = BufReader::new(TcpStream::connect(host(&forge)).unwrap());
    send(&mut kept, "GET /-/health HTTP/1.1\r\nhost: forge\r\n\r\n");
    assert_eq!(answered(&mut kept), (200, false));
    for mut line in [silent, slow, kept.into_inner()] {
        line.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut rest = Vec::new();
        line.read_to_end(&mut rest).expect("the server ends the connection by itself");
        assert!(!rest.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&rest));
    }
}

fn host(forge: &Forge) -> String {
    let url = forge.url("");
    url.trim_start_matches("http://").trim_end_matches('/').to_owned()
}

fn send(line: &mut BufReader<TcpStream>, text: &str) {
    line.get_mut().write_all(text.as_bytes()).unwrap();
}

/// The status of the next answer, and whether it says that the connection ends.
fn answered(line: &mut BufReader<TcpStream>) -> (u16, bool) {
    let (mut status, mut ends, mut length) = (0, false, 0);
    loop {
        let mut head = String::new();
        line.read_line(&mut head).unwrap();
        let head = head.trim().to_lowercase();
        if let Some(rest) = head.strip_prefix("http/1.1 ") {
            status = rest[..3].parse().unwrap();
        } else if let Some(value) = head.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        } else if head.is_empty() {
            break;
        }
        ends |= head == "connection: close";
    }
    line.read_exact(&mut vec![0; length]).unwrap();
    (status, ends)
}

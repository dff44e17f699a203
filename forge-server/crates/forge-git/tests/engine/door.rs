//! Just enough HTTP to let the stock client of git in: what the server proper will do with
//! its own framework. One request a connection.

use std::{collections::HashMap, sync::Arc};

use forge_git::{Command, Protocol, Repository, Service, gunzip};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{
        TcpListener,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

/// What the door's owner thinks of a command: before its pack, and once its effect is known.
pub type Judge = Arc<dyn Fn(&mut Command) + Send + Sync>;

pub fn welcome() -> Judge {
    Arc::new(|_| {})
}

/// Opens a door to one repository; answers its address.
pub async fn open(repo: &Repository, judge: Judge) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let repo = repo.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let (repo, judge) = (repo.clone(), Arc::clone(&judge));
            tokio::spawn(async move {
                let (read, write) = stream.into_split();
                serve(repo, judge, BufReader::new(read), write).await;
            });
        }
    });
    format!("http://{address}/module.git")
}

async fn serve(
    repo: Repository,
    judge: Judge,
    mut read: BufReader<OwnedReadHalf>,
    mut write: OwnedWriteHalf,
) {
    let mut line = String::new();
    read.read_line(&mut line).await.unwrap();
    let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        read.read_line(&mut line).await.unwrap();
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    if headers.get("expect").is_some_and(|value| value == "100-continue") {
        write.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.unwrap();
    }
    let protocol = Protocol::from_header(headers.get("git-protocol").map(String::as_str));
    let (_, what) = target.split_once("/module.git/").unwrap();
    let body = body(read, &headers);
    match what {
        "info/refs?service=git-upload-pack" => {
            let bytes = repo.advertise(Service::UploadPack, protocol).await.unwrap();
            answer(&mut write, "git-upload-pack-advertisement", &bytes).await;
        }
        "info/refs?service=git-receive-pack" => {
            let bytes = repo.advertise(Service::ReceivePack, protocol).await.unwrap();
            answer(&mut write, "git-receive-pack-advertisement", &bytes).await;
        }
        "git-upload-pack" => {
            let answered = match headers.get("content-encoding").map(String::as_str) {
                Some("gzip") => repo.fetch(protocol, gunzip(body)).await,
                _ => repo.fetch(protocol, body).await,
            };
            let mut stream = answered.unwrap();
            answer(&mut write, "git-upload-pack-result", b"").await;
            let _ = tokio::io::copy(&mut stream, &mut write).await;
        }
        "git-receive-pack" => {
            let bytes = push(&repo, &judge, body).await;
            answer(&mut write, "git-receive-pack-result", &bytes).await;
        }
        other => panic!("{other}"),
    }
    let _ = write.shutdown().await;
}

/// The steps of a push as the server takes them.
pub async fn push(
    repo: &Repository,
    judge: &Judge,
    body: impl AsyncRead + Send + Unpin,
) -> bytes::Bytes {
    let mut push = repo.begin_push(body).await.unwrap();
    if push.is_empty() {
        return bytes::Bytes::new();
    }
    push.commands_mut().iter_mut().for_each(|command| judge(command));
    let mut received = push.receive().await.unwrap();
    received.commands_mut().iter_mut().for_each(|command| judge(command));
    received.commit().await.unwrap().report(&["Thank you.".to_owned()])
}

async fn answer(write: &mut OwnedWriteHalf, kind: &str, bytes: &[u8]) {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-{kind}\r\nConnection: close\r\n\r\n"
    );
    // A client that has gone away is no failure of the server.
    let _ = write.write_all(head.as_bytes()).await;
    let _ = write.write_all(bytes).await;
}

fn body(
    mut read: BufReader<OwnedReadHalf>,
    headers: &HashMap<String, String>,
) -> Box<dyn AsyncRead + Send + Unpin> {
    if let Some(length) = headers.get("content-length") {
        return Box::new(read.take(length.parse().unwrap()));
    }
    if headers.get("transfer-encoding").is_none_or(|value| value != "chunked") {
        return Box::new(tokio::io::empty());
    }
    let (mut feed, body) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        loop {
            let mut size = String::new();
            if read.read_line(&mut size).await.unwrap_or(0) == 0 {
                return;
            }
            let size = u64::from_str_radix(size.trim(), 16).unwrap();
            let mut chunk = (&mut read).take(size);
            let copied = tokio::io::copy(&mut chunk, &mut feed).await;
            let mut end = [0; 2];
            if size == 0 || copied.is_err() || read.read_exact(&mut end).await.is_err() {
                return;
            }
        }
    });
    Box::new(body)
}

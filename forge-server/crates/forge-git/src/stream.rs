//! What goes back to a client: bytes that are ready, or the output of a child as it comes.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::{Buf, Bytes};
use tokio::{
    io::{AsyncRead, AsyncReadExt, ReadBuf},
    process::{ChildStderr, ChildStdout},
};

use crate::child::Running;

/// Bytes of a child's complaints that are kept for the log.
const WORDS_BYTES_MAX: u64 = 4 << 10;

/// An answer to read to its end. Dropping it before the end kills the child behind it, with
/// all the processes the child has started.
#[derive(Debug)]
pub struct Answer {
    ready: Bytes,
    child: Option<(Running, ChildStdout)>,
}

impl Answer {
    /// An answer that is there already.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self { ready: bytes.into(), child: None }
    }

    /// Its whole length in bytes, when it is known.
    pub fn len(&self) -> Option<usize> {
        self.child.is_none().then_some(self.ready.len())
    }

    /// Whether it is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The output of a child, fed with `input`.
    pub(crate) fn from_child(mut running: Running, input: Bytes) -> Self {
        use tokio::io::AsyncWriteExt;
        if let Some(mut stdin) = running.child.stdin.take() {
            // Ends by itself when the child has read all of it or is gone.
            tokio::spawn(async move { stdin.write_all(&input).await });
        }
        if let Some(stderr) = running.child.stderr.take() {
            tokio::spawn(log_words(stderr));
        }
        let child = running.child.stdout.take().map(|stdout| (running, stdout));
        Self { ready: Bytes::new(), child }
    }

    /// Reads all of it into memory: for answers known to be small.
    ///
    /// # Errors
    /// What reading from the child answers.
    pub async fn into_bytes(mut self) -> io::Result<Bytes> {
        let mut all = Vec::new();
        self.read_to_end(&mut all).await?;
        Ok(all.into())
    }
}

impl AsyncRead for Answer {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.ready.has_remaining() {
            let take = this.ready.len().min(into.remaining());
            into.put_slice(&this.ready.split_to(take));
            return Poll::Ready(Ok(()));
        }
        let Some((running, stdout)) = &mut this.child else { return Poll::Ready(Ok(())) };
        let before = into.filled().len();
        std::task::ready!(Pin::new(stdout).poll_read(context, into))?;
        if into.filled().len() == before && into.remaining() > 0 {
            // The output has ended: reap, so that the slot is free and nothing is left.
            let status = {
                let end = std::pin::pin!(running.wait());
                std::task::ready!(end.poll(context))
            };
            this.child = None;
            return Poll::Ready(match status {
                Ok(true) => Ok(()),
                // git has told the client why in its own words before it left, or was killed:
                // cutting the connection keeps a short answer from passing as a whole one.
                Ok(false) => Err(io::Error::other("git ended with an error")),
                Err(error) => Err(io::Error::other(error)),
            });
        }
        Poll::Ready(Ok(()))
    }
}

async fn log_words(stderr: ChildStderr) {
    let mut words = Vec::new();
    let mut stderr = stderr.take(WORDS_BYTES_MAX);
    if stderr.read_to_end(&mut words).await.is_ok() && !words.is_empty() {
        tracing::info!(words = %String::from_utf8_lossy(&words).trim(), "git said");
    }
    // Past the limit the rest is read and dropped, so that the child never waits for us.
    let _ = tokio::io::copy(stderr.get_mut(), &mut tokio::io::sink()).await;
}

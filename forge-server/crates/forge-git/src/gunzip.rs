//! git's clients compress the body of a longer fetch request.

use std::{
    io::{self, Write},
    pin::Pin,
    task::{Context, Poll, ready},
};

use flate2::write::GzDecoder;
use tokio::io::{AsyncRead, ReadBuf};

/// Compressed bytes taken at once. Deflate expands at most about a thousand times, so this
/// also bounds what is held: four megabytes.
const CHUNK_BYTES: usize = 4 << 10;

/// A gzip body, decoded as it is read. What reads it sets the limit on the decoded size.
#[derive(Debug)]
pub struct Gunzip<R> {
    body: R,
    decoder: GzDecoder<Vec<u8>>,
    taken: usize,
    ended: bool,
}

/// Decodes a body that came with `Content-Encoding: gzip`.
pub fn gunzip<R: AsyncRead + Unpin>(body: R) -> Gunzip<R> {
    Gunzip { body, decoder: GzDecoder::new(Vec::new()), taken: 0, ended: false }
}

impl<R: AsyncRead + Unpin> AsyncRead for Gunzip<R> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            let waiting = &this.decoder.get_ref()[this.taken..];
            if !waiting.is_empty() {
                let take = waiting.len().min(into.remaining());
                into.put_slice(&waiting[..take]);
                this.taken += take;
                return Poll::Ready(Ok(()));
            }
            this.decoder.get_mut().clear();
            this.taken = 0;
            if this.ended {
                return Poll::Ready(Ok(()));
            }
            let mut chunk = [0; CHUNK_BYTES];
            let mut chunk = ReadBuf::new(&mut chunk);
            ready!(Pin::new(&mut this.body).poll_read(context, &mut chunk))?;
            if chunk.filled().is_empty() {
                this.ended = true;
                this.decoder.try_finish()?;
            } else {
                this.decoder.write_all(chunk.filled())?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    fn zipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[tokio::test]
    async fn a_body_arrives_as_it_was_before_compression() {
        let body: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let mut decoded = Vec::new();
        gunzip(zipped(&body).as_slice()).read_to_end(&mut decoded).await.unwrap();
        assert!(decoded == body);
    }

    #[tokio::test]
    async fn a_cut_or_false_body_is_an_error() {
        let whole = zipped(b"hello");
        for bytes in [&whole[..whole.len() - 3], b"not gzip at all"] {
            assert!(gunzip(bytes).read_to_end(&mut Vec::new()).await.is_err());
        }
    }

    #[tokio::test]
    async fn a_bomb_can_be_stopped_by_its_reader() {
        let bomb = zipped(&vec![0; 64 << 20]);
        let mut held = Vec::new();
        gunzip(bomb.as_slice()).take(1 << 20).read_to_end(&mut held).await.unwrap();
        assert_eq!(held.len(), 1 << 20);
    }
}

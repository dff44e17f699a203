//! Messages to people, handed to the mail server of the settings.

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

use lettre::{
    Address, Message, SmtpTransport, Transport as _,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
        response::{Category, Severity},
    },
};

use crate::config::{Mail, MailTls};

/// The longest wait for an answer of the mail server.
const ANSWER_MAX: Duration = Duration::from_secs(15);
/// A mail server that took longer than this to fail …
const SLOW: Duration = Duration::from_secs(2);
/// … is left alone for so long: other work waits behind the letters.
const REST: Duration = Duration::from_secs(60);

/// A message that is ready to go.
#[derive(Debug, Clone)]
pub struct Post {
    /// The address it goes to.
    pub to: String,
    /// Its subject, on one line.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// What identifies it, the same however often it is sent: without the host.
    pub id: String,
    /// What it belongs to: the identifier of a conversation, without the host.
    pub thread: Option<String>,
    /// Where one press of a button ends such messages (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// Why a message did not go out. What the server answered is told by its number alone: its words
/// often repeat the address.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Nobody answered, or not in time.
    #[error("the mail server does not answer; check mail.host and mail.port")]
    Silent,
    /// No secure line could be made.
    #[error("no secure line to the mail server could be made; check mail.tls and mail.authority")]
    Tls,
    /// It will never take this message: asking again would be answered the same.
    #[error("the mail server refuses the message for good ({0})")]
    Refused(String),
    /// It answered, and said no.
    #[error("the mail server answered {0}")]
    Answered(String),
    /// The settings or the message do not make a letter.
    #[error("the message cannot be written: {0}")]
    Unwritten(&'static str),
}

/// Hands messages to the mail server, one at a time.
#[derive(Debug)]
pub struct Mailer {
    settings: Option<Mail>,
    /// The name this forge gives itself.
    host: String,
    resting: Mutex<Option<Instant>>,
}

impl Mailer {
    /// For the mail server of the settings; `host` is where people reach the forge.
    pub fn new(settings: Option<Mail>, host: String) -> Self {
        Self { settings, host, resting: Mutex::default() }
    }

    /// Whether there is a mail server.
    pub fn is_set(&self) -> bool {
        self.settings.is_some()
    }

    /// Sends a message.
    ///
    /// # Errors
    /// [`MailError`], also where the server was so slow of late that it is left alone.
    pub async fn send(&self, post: Post) -> Result<(), MailError> {
        let settings = self.settings.clone().ok_or(MailError::Unwritten("no mail.host is set"))?;
        if self.resting.lock().is_ok_and(|until| until.is_some_and(|until| until > Instant::now()))
        {
            return Err(MailError::Silent);
        }
        let message = message(&settings, &self.host, post)?;
        let host = self.host.clone();
        let began = Instant::now();
        let sent = blocking(move || {
            let transport = transport(&settings, host)?;
            transport.send(&message).map(drop).map_err(|error| told(&error))
        })
        .await;
        let slow = sent.is_err() && began.elapsed() > SLOW;
        if let Ok(mut until) = self.resting.lock() {
            *until = slow.then(|| Instant::now() + REST);
        }
        sent
    }

    /// Whether the mail server answers, and takes the credentials.
    pub async fn answers(&self) -> Result<(), MailError> {
        let settings = self.settings.clone().ok_or(MailError::Unwritten("no mail.host is set"))?;
        let host = self.host.clone();
        blocking(move || {
            let answered = transport(&settings, host)?.test_connection();
            match answered.map_err(|error| told(&error))? {
                true => Ok(()),
                false => Err(MailError::Silent),
            }
        })
        .await
    }
}

async fn blocking(
    work: impl FnOnce() -> Result<(), MailError> + Send + 'static,
) -> Result<(), MailError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(MailError::Silent))
}

fn message(settings: &Mail, host: &str, post: Post) -> Result<Message, MailError> {
    let address = |text: &str, why| text.parse::<Address>().map_err(|_| MailError::Unwritten(why));
    let from = Mailbox::new(None, address(&settings.from, "mail.from is no address")?);
    let to = Mailbox::new(None, address(&post.to, "the person's address is none")?);
    let id = |name: &str| format!("<{name}@{host}>");
    let mut message = Message::builder()
        .from(from)
        .to(to)
        .subject(post.subject)
        .message_id(Some(id(&post.id)))
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned())?)
        .header(ContentType::TEXT_PLAIN);
    if let Some(thread) = post.thread {
        message = message.in_reply_to(id(&thread)).references(id(&thread));
    }
    if let Some(url) = post.unsubscribe {
        let one_click = "List-Unsubscribe=One-Click".to_owned();
        message = message
            .raw_header(header("List-Unsubscribe", format!("<{url}>"))?)
            .raw_header(header("List-Unsubscribe-Post", one_click)?);
    }
    message.body(post.text).map_err(|_| MailError::Unwritten("its text cannot be encoded"))
}

fn header(name: &'static str, text: String) -> Result<HeaderValue, MailError> {
    let name = HeaderName::new_from_ascii(name.to_owned());
    Ok(HeaderValue::new(name.map_err(|_| MailError::Unwritten("a header has no name"))?, text))
}

fn transport(settings: &Mail, host: String) -> Result<SmtpTransport, MailError> {
    let tls = match settings.tls {
        MailTls::None => Tls::None,
        MailTls::StartTls => Tls::Required(parameters(settings)?),
        MailTls::Tls => Tls::Wrapper(parameters(settings)?),
    };
    let mut transport = SmtpTransport::builder_dangerous(&settings.host)
        .port(settings.port)
        .tls(tls)
        .timeout(Some(ANSWER_MAX))
        .hello_name(ClientId::Domain(host));
    if let Some((user, password)) = &settings.credentials {
        let password = password.reveal().to_owned();
        transport = transport.credentials(Credentials::new(user.clone(), password));
    }
    Ok(transport.build())
}

fn parameters(settings: &Mail) -> Result<TlsParameters, MailError> {
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.authority {
        let unread = || MailError::Unwritten("mail.authority is no certificate that can be read");
        let pem = std::fs::read(path).map_err(|_| unread())?;
        let authority = Certificate::from_pem(&pem).map_err(|_| unread())?;
        parameters = parameters.add_root_certificate(authority);
    }
    parameters.build_rustls().map_err(|_| MailError::Tls)
}

/// Whether the line broke off because what came over it is no TLS that can be trusted: a
/// certificate is only looked at with the first bytes, so that it fails as a broken line does.
fn is_broken(error: &lettre::transport::smtp::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(one) = cause {
        let io = one.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData) {
            return true;
        }
        cause = one.source();
    }
    false
}

fn told(error: &lettre::transport::smtp::Error) -> MailError {
    match error.status() {
        // RFC 5321 §4.2.3: 55x is about this mailbox or message; 50x and 53x are about the line
        // and the settings, which an administrator mends.
        Some(code)
            if code.severity == Severity::PermanentNegativeCompletion
                && code.category == Category::MailSystem =>
        {
            MailError::Refused(code.to_string())
        }
        Some(code) => MailError::Answered(code.to_string()),
        None if error.is_tls() || is_broken(error) => MailError::Tls,
        None if error.is_client() => MailError::Answered("in a way that fits no rule".to_owned()),
        None => MailError::Silent,
    }
}

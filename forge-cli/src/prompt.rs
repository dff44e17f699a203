//! Questions to the person at the terminal.

use std::io::{self, IsTerminal, Write};

/// Asks for a line. On a terminal the question is shown first; otherwise the line is just read.
pub(crate) fn line(question: &str) -> io::Result<String> {
    ask(question)?;
    read()
}

/// Asks for something nobody should read over a shoulder: on a terminal it is not shown.
pub(crate) fn secret(question: &str) -> io::Result<String> {
    ask(question)?;
    let hidden = Hidden::begin();
    let answer = read();
    if hidden.is_some() {
        eprintln!();
    }
    answer
}

fn ask(question: &str) -> io::Result<()> {
    if io::stdin().is_terminal() {
        // To standard error, so that the answer of the command can be piped away.
        eprint!("{question} ");
        io::stderr().flush()?;
    }
    Ok(())
}

fn read() -> io::Result<String> {
    let mut text = String::new();
    io::stdin().read_line(&mut text)?;
    Ok(text.trim().to_owned())
}

/// While this lives, the terminal does not show what is typed.
#[cfg(unix)]
struct Hidden(rustix::termios::Termios);

#[cfg(unix)]
impl Hidden {
    fn begin() -> Option<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin()).ok()?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Flush, &silent).ok()?;
        Some(Self(before))
    }
}

#[cfg(unix)]
impl Drop for Hidden {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // There is no one to tell when the terminal is gone.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
    }
}

#[cfg(not(unix))]
struct Hidden;

#[cfg(not(unix))]
impl Hidden {
    fn begin() -> Option<Self> {
        None
    }
}

//! A person at a terminal: a home folder of their own, the real `git` and the real `forge`.

use std::{
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

use crate::{forge::binary, run};

/// An isolated home and the programs a person runs in it.
#[derive(Debug)]
pub struct Terminal {
    home: PathBuf,
    environment: Vec<(String, String)>,
}

impl Default for Terminal {
    fn default() -> Self {
        Self::new()
    }
}

impl Terminal {
    /// A new home in which git knows who commits, and nothing of this machine's settings.
    pub fn new() -> Self {
        let home = run::folder("home");
        fs::write(
            home.join(".gitconfig"),
            "[user]\n\tname = Camille Test\n\temail = camille@aubervac.example\n\
             [init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n",
        )
        .unwrap();
        Self { home, environment: Vec::new() }
    }

    /// Sets a variable for every program run from here.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Uses this access token with `forge`.
    #[must_use]
    pub fn signed_in(self, token: &str) -> Self {
        self.with("FORGE_TOKEN", token)
    }

    /// The home folder, in which commands run.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Writes a file below the home folder, with the folders above it.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.home.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads a file below the home folder.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.home.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs `git` in a folder below home (`""` for home itself).
    pub fn git(&self, folder: &str, arguments: &[&str]) -> Ran {
        self.run(OsStr::new("git"), folder, arguments, "")
    }

    /// Runs `forge` in a folder below home.
    pub fn forge(&self, folder: &str, arguments: &[&str]) -> Ran {
        self.run(binary("forge").as_os_str(), folder, arguments, "")
    }

    /// Runs `forge` and types `input` into it.
    pub fn forge_with(&self, folder: &str, arguments: &[&str], input: &str) -> Ran {
        self.run(binary("forge").as_os_str(), folder, arguments, input)
    }

    /// Runs commands in the home folder as a shell reads them, with `forge` on the path, and types
    /// `input` into them.
    pub fn shell(&self, commands: &str, input: &str) -> Ran {
        let forge = binary("forge");
        let folder = forge.parent().expect("a program stands in a folder").display();
        let commands = format!("PATH='{folder}':\"$PATH\"\n{commands}");
        self.run(OsStr::new("sh"), "", &["-c", &commands], input)
    }

    fn run(&self, program: &OsStr, folder: &str, arguments: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(program)
            .current_dir(self.home.join(folder))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let mut stdin = child.stdin.take().unwrap();
        // A program that does not read its input closes it: that is its right.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        Ran::new(&program.to_string_lossy(), arguments, child.wait_with_output().unwrap())
    }

    /// The command with this person's environment, for tests that drive it themselves.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("HOME", &self.home).env("LC_ALL", "C.UTF-8");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("XDG_CONFIG_HOME", self.home.join(".config"));
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0");
        command.envs(self.environment.iter().cloned());
        command
    }
}

/// What a program that ran did and said.
#[derive(Debug)]
pub struct Ran {
    /// The command line, for whoever reads a failure.
    pub command: String,
    /// The exit status; `None` where a signal ended it.
    pub code: Option<i32>,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

impl Ran {
    pub(crate) fn new(program: &str, arguments: &[&str], output: Output) -> Self {
        Self {
            command: format!("{program} {}", arguments.join(" ")),
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Its standard output, where it did what it was asked.
    ///
    /// # Panics
    /// With what it said, where its status is not 0.
    #[track_caller]
    pub fn ok(&self) -> &str {
        assert_eq!(self.code, Some(0), "{self:#?}");
        &self.stdout
    }

    /// Everything it said, where it failed with this status.
    #[track_caller]
    pub fn fails(&self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:#?}");
        format!("{}{}", self.stdout, self.stderr)
    }

    /// The last line of its standard output, read as JSON, whatever its status.
    #[track_caller]
    pub fn json(&self) -> Value {
        let whole = serde_json::from_str(&self.stdout).ok();
        let last = || self.stdout.lines().last().and_then(|line| serde_json::from_str(line).ok());
        whole.or_else(last).unwrap_or_else(|| panic!("this is not JSON: {self:#?}"))
    }
}

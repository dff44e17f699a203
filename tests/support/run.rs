//! One folder and one watcher for everything a test process leaves behind.
//!
//! The watcher is a small shell that reads from a pipe whose other end we hold. However this
//! process ends (returned, panicked, killed), the pipe closes; the watcher then stops the servers
//! it was told of and removes the folder. A run whose watcher died too is swept by the next one.

use std::{
    fs,
    io::Write,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

const FOLDER_PREFIX: &str = "beffroi-tests-";

/// Reads `+ PID` and `- PID`; at the end of input it stops what is left and removes the folder.
/// SIGQUIT makes PostgreSQL stop at once *and* give its shared memory back.
const WATCHER: &str = r#"
folder=$1
pids=" "
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="${pids%% $pid *} ${pids#* $pid }" ;; esac ;;
  esac
done
for pid in $pids; do kill -QUIT "$pid"; done
tries=0
for pid in $pids; do
  while kill -0 "$pid" && [ "$tries" -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -KILL "$pid"
done
rm -rf "$folder"
"#;

/// A new empty folder that goes when the test process ends; `name` is for whoever looks into it.
pub fn folder(name: &str) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let path = run().folder.join(format!("{number}-{name}"));
    fs::create_dir(&path).expect("a folder for a test can be made");
    path
}

/// Asks again and again until there is an answer: for what a server does by itself, which tells
/// nobody when it is done.
pub fn wait_until<T>(most: Duration, ask: impl Fn() -> Option<T>) -> Option<T> {
    let until = Instant::now() + most;
    loop {
        let answer = ask();
        if answer.is_some() || Instant::now() > until {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Has the process stopped should this one end before it.
pub(crate) fn watch(pid: u32) {
    tell('+', pid);
}

/// Forgets a process that has ended, before its number is given to another.
pub(crate) fn forget(pid: u32) {
    tell('-', pid);
}

struct Run {
    folder: PathBuf,
    watcher: Mutex<Child>,
}

fn tell(sign: char, pid: u32) {
    let mut watcher = run().watcher.lock().expect("no thread panics while it holds the pipe");
    let pipe = watcher.stdin.as_mut().expect("its input is a pipe");
    writeln!(pipe, "{sign} {pid}").expect("the watcher reads as long as this process lives");
}

fn run() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        let root = std::env::temp_dir();
        sweep(&root);
        let folder = root.join(format!("{FOLDER_PREFIX}{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        let shell = Command::new("sh")
            .args(["-c", WATCHER, "watcher"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Its own group: Ctrl-C in the terminal must not end the watcher with the tests.
            .process_group(0)
            .spawn()
            .expect("sh starts");
        Run { folder, watcher: Mutex::new(shell) }
    })
}

/// Removes the folders of runs whose process is gone.
fn sweep(root: &Path) {
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.strip_prefix(FOLDER_PREFIX)) else {
            continue;
        };
        if pid.parse::<u32>().is_ok() && !Path::new("/proc").join(pid).exists() {
            // Its watcher may be doing the same right now: that one of us fails is no matter.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

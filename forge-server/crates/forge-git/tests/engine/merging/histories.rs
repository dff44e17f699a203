//! Made-up histories, merged here and by `git merge` in a work tree: the same answers and the
//! same trees. Files are edited, moved with and without changes, deleted, made executable,
//! turned into links and folders; folders move; some histories cross.

use std::{collections::BTreeMap, fmt::Write as _};

use forge_git::Mergeability;

use crate::support::{World, git, oid, try_git};

/// Pairs of tips: this many keep the test short. The variable of this name asks for another
/// number; 1,000 were tried by hand.
const HISTORIES: usize = 120;
const FOLDERS: [&str; 6] = ["", "d/", "d/e/", "x/", "y/z/", "n/"];
const NAMES: [&str; 5] = ["a", "b", "c", "f", "g"];

type Files = BTreeMap<String, (&'static str, String)>;

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn path(&mut self) -> String {
        format!("{}{}", self.one(&FOLDERS), self.one(&NAMES))
    }

    fn file(&mut self) -> (&'static str, String) {
        match self.below(10) {
            0 => ("100755", self.text()),
            1 => ("120000", format!("t{}", self.below(5))),
            2 => ("100644", format!("\0binary {}", self.below(9))),
            _ => ("100644", self.text()),
        }
    }

    fn text(&mut self) -> String {
        let count = 3 + self.below(10);
        (0..count).map(|_| format!("line {}\n", self.below(40))).collect()
    }

    fn edited(&mut self, (mode, text): (&'static str, String)) -> (&'static str, String) {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        let at = self.below(lines.len().max(1)).min(lines.len());
        match self.below(3) {
            0 => lines.insert(at, format!("new {}\n", self.below(30))),
            1 if lines.len() > 1 => drop(lines.remove(at)),
            _ if mode == "120000" => lines = vec![format!("t{}", self.below(5))],
            _ => lines[at] = format!("changed {}\n", self.below(30)),
        }
        (mode, lines.concat())
    }
}

/// A name beside which `path` cannot stand: git knows no folder of a file's name.
fn clashes(files: &Files, path: &str) -> bool {
    files.keys().any(|other| {
        other.starts_with(&format!("{path}/")) || path.starts_with(&format!("{other}/"))
    })
}

fn put(files: &mut Files, path: String, file: (&'static str, String)) {
    if !clashes(files, &path) {
        files.insert(path, file);
    }
}

fn step(chance: &mut Chance, files: &mut Files) {
    let names: Vec<String> = files.keys().cloned().collect();
    if names.is_empty() {
        return put(files, chance.path(), ("100644", "first\n".to_owned()));
    }
    let name = names[chance.below(names.len())].clone();
    match chance.below(14) {
        0..=4 => {
            let edited = chance.edited(files[&name].clone());
            files.insert(name, edited);
        }
        5 | 6 => {
            let (path, file) = (chance.path(), chance.file());
            put(files, path, file);
        }
        7 => drop(files.remove(&name)),
        8 | 9 => {
            let mut moved = files.remove(&name).unwrap();
            if chance.below(2) == 0 {
                moved = chance.edited(moved);
            }
            put(files, chance.path(), moved);
        }
        10 | 11 => {
            let (from, to) = (chance.one(&FOLDERS[1..]), chance.one(&["n/", "m/k/", "x/"]));
            for name in names.iter().filter(|name| name.starts_with(from)) {
                let moved = files.remove(name).unwrap();
                put(files, format!("{to}{}", &name[from.len()..]), moved);
            }
        }
        12 => {
            let file = files.get_mut(&name).unwrap();
            file.0 = if file.0 == "100644" { "100755" } else { file.0 };
        }
        _ => {
            // What was a file becomes a folder.
            files.remove(&name);
            let file = chance.file();
            put(files, format!("{name}/{}", chance.one(&NAMES)), file);
        }
    }
}

fn steps(chance: &mut Chance, files: &Files) -> Files {
    let mut files = files.clone();
    for _ in 0..=chance.below(3) {
        step(chance, &mut files);
    }
    files
}

/// What `git fast-import` reads.
#[derive(Default)]
struct Stream {
    text: String,
    marks: usize,
}

impl Stream {
    fn commit(&mut self, branch: &str, files: &Files, parents: &[usize]) -> usize {
        self.marks += 1;
        let (mark, time) = (self.marks, 1_772_355_600 + 60 * self.marks);
        let out = &mut self.text;
        writeln!(out, "commit refs/heads/{branch}\nmark :{mark}").unwrap();
        writeln!(out, "committer Ada <ada@aubervac.example> {time} +0000\ndata 1\nx").unwrap();
        for (at, parent) in parents.iter().enumerate() {
            writeln!(out, "{} :{parent}", if at == 0 { "from" } else { "merge" }).unwrap();
        }
        out.push_str("deleteall\n");
        for (path, (mode, text)) in files {
            writeln!(out, "M {mode} inline {path}\ndata {}\n{text}", text.len()).unwrap();
        }
        out.push('\n');
        mark
    }
}

fn histories(count: usize) -> String {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut stream = Stream::default();
    for n in 0..count {
        let mut files = Files::new();
        for _ in 0..3 + chance.below(7) {
            let (path, file) = (chance.path(), chance.file());
            put(&mut files, path, file);
        }
        let base = stream.commit(&format!("base-{n}"), &files, &[]);
        let (mut ours, mut theirs) = (steps(&mut chance, &files), steps(&mut chance, &files));
        let mut tips = [base, base];
        if chance.below(5) == 0 {
            // Each side merges the other one in its own way: there are two common ancestors.
            let one = stream.commit(&format!("one-{n}"), &ours, &[base]);
            let two = stream.commit(&format!("two-{n}"), &theirs, &[base]);
            tips[0] = stream.commit(&format!("m-{n}"), &ours, &[one, two]);
            tips[1] = stream.commit(&format!("n-{n}"), &theirs, &[two, one]);
            (ours, theirs) = (steps(&mut chance, &ours), steps(&mut chance, &theirs));
        }
        stream.commit(&format!("ours-{n}"), &ours, &[tips[0]]);
        stream.commit(&format!("theirs-{n}"), &theirs, &[tips[1]]);
    }
    stream.text
}

#[tokio::test]
async fn made_up_histories_merge_as_git_merges_them_in_a_work_tree() {
    let asked = std::env::var("HISTORIES").ok().and_then(|text| text.parse().ok());
    let count = asked.unwrap_or(HISTORIES);
    let world = World::new().await;
    let work = world.work();
    git(&work.folder, &["fast-import", "--quiet"], histories(count).as_bytes());
    let repo = world.mirror_of(&work).await;
    let (mut clean, mut refused) = (0, 0);
    for n in 0..count {
        let (ours, theirs) = (format!("ours-{n}"), format!("theirs-{n}"));
        let (base, head) =
            (oid(&work.git(&["rev-parse", &ours])), oid(&work.git(&["rev-parse", &theirs])));
        work.git(&["checkout", "-q", "-f", "--detach", &ours]);
        let (merged, _, words) =
            try_git(&work.folder, &["merge", "-q", "--no-ff", "-m", "x", &theirs], b"");
        match repo.mergeability(base, head).await.unwrap() {
            Mergeability::Clean { tree } => {
                assert!(merged, "{n}: git finds a conflict: {words}");
                assert_eq!(work.git(&["rev-parse", "HEAD^{tree}"]), tree.to_string(), "{n}");
                clean += 1;
            }
            Mergeability::Contained | Mergeability::FastForward => assert!(merged, "{n}: {words}"),
            // Whatever git's work tree does with a merge that git breaks off elsewhere, it is
            // not clean.
            found @ (Mergeability::Conflicts { .. } | Mergeability::TooLarge) => {
                assert!(!merged, "{n}: git merges it, here: {found:?}");
                // A git that breaks off in the middle leaves its lock behind.
                let _ = std::fs::remove_file(work.folder.join(".git/index.lock"));
                work.git(&["reset", "-q", "--hard"]);
                work.git(&["clean", "-q", "-f", "-d", "-x"]);
                refused += 1;
            }
            Mergeability::Unrelated => panic!("{n}: they have an ancestor"),
        }
    }
    assert!(clean > count / 4 && refused > count / 4, "{clean} clean, {refused} with conflicts");
}

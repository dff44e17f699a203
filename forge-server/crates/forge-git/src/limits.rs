//! A limit on everything, each with its reason.

use std::time::Duration;

/// What one repository, one request or one child process may use.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Reads of repositories that run at once; more only fight for the same cores.
    pub reads_max: usize,
    /// Child processes of git that run at once.
    pub children_max: usize,
    /// How long a request waits for a free slot before it is told that the server is busy.
    pub wait_max: Duration,
    /// Wall time of one fetch or push child.
    pub child_time_max: Duration,
    /// Processor time of one child, in seconds (security.md A8 #129).
    pub child_cpu_s_max: u64,
    /// Writable memory of one child, in bytes (security.md A8 #125).
    pub child_memory_bytes_max: u64,
    /// Size of a pushed pack, in bytes.
    pub pack_bytes_max: u64,
    /// Inflated size of one pushed object, in bytes (security.md §0.5, A8 #125).
    pub object_bytes_max: u64,
    /// Commands of one push (security.md A8 #128).
    pub commands_max: usize,
    /// References of one repository (security.md A8 #128).
    pub refs_max: usize,
    /// Push options of one push (security.md A1 #6).
    pub push_options_max: usize,
    /// Length of one push option, in bytes.
    pub push_option_bytes_max: usize,
    /// Decoded size of a fetch request, in bytes (security.md A8 #129, #131).
    pub request_bytes_max: usize,
    /// `want` lines of one fetch.
    pub wants_max: usize,
    /// Time the search for an unusual `want` may take.
    pub want_search_max: Duration,
    /// Open handles kept in memory.
    pub handles_max: usize,
    /// Entries of a folder that are listed.
    pub tree_entries_max: usize,
    /// Time spent on the column "last change" of a folder before the page goes without it.
    pub last_change_max: Duration,
    /// Files of one comparison that are shown.
    pub diff_files_max: usize,
    /// Changed and context lines of one comparison that are shown.
    pub diff_lines_max: usize,
    /// Size of one side of a file, in bytes, above which its lines are not compared.
    pub diff_blob_bytes_max: u64,
    /// Time one merge of two trees may take, after which it is left to a person's computer.
    pub merge_time_max: Duration,
    /// Conflicts of a merge that are told.
    pub merge_conflicts_max: usize,
    /// Commits that one rebase replays, each a merge of its own.
    pub rebase_commits_max: usize,
    /// Commits a walk visits before it stops and says so.
    pub walk_commits_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            reads_max: 8,
            children_max: 8,
            wait_max: Duration::from_secs(30),
            child_time_max: Duration::from_secs(3600),
            child_cpu_s_max: 600,
            child_memory_bytes_max: 512 << 20,
            pack_bytes_max: 2 << 30,
            object_bytes_max: 100 << 20,
            commands_max: 2_000,
            refs_max: 50_000,
            push_options_max: 16,
            push_option_bytes_max: 1024,
            request_bytes_max: 8 << 20,
            wants_max: 60_000,
            want_search_max: Duration::from_secs(10),
            handles_max: 256,
            tree_entries_max: 10_000,
            last_change_max: Duration::from_millis(400),
            diff_files_max: 50,
            diff_lines_max: 3_000,
            diff_blob_bytes_max: 1 << 20,
            merge_time_max: Duration::from_secs(60),
            merge_conflicts_max: 200,
            rebase_commits_max: 250,
            walk_commits_max: 200_000,
        }
    }
}

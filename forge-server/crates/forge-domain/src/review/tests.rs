use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{Id, id};

fn person(number: u128) -> Id<id::Person> {
    Id::new(Uuid::from_u128(number))
}

fn council(number: u128) -> Id<id::Council> {
    Id::new(Uuid::from_u128(number))
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What a test says of a request, owned, so that it can be lent to [`judge`].
#[derive(Debug, Clone)]
struct Request {
    writers: BTreeSet<Id<id::Person>>,
    writing_councils: BTreeSet<Id<id::Council>>,
    readings: Vec<Reading>,
    objections: BTreeSet<Id<id::Council>>,
    statuses: BTreeMap<String, StatusState>,
    version: u32,
    unsigned: usize,
    draft: bool,
    tree: Tree,
    state: RequestState,
}

impl Request {
    /// Written by person 1 of council 1, its second version, and it goes together.
    fn new() -> Self {
        Self {
            writers: [person(1)].into(),
            writing_councils: [council(1)].into(),
            readings: Vec::new(),
            objections: BTreeSet::new(),
            statuses: BTreeMap::new(),
            version: 2,
            unsigned: 0,
            draft: false,
            tree: Tree::Clean,
            state: RequestState::Open,
        }
    }

    fn says(mut self, who: u128, of: &[u128], opinion: Opinion, version: u32) -> Self {
        let councils = of.iter().copied().map(council).collect();
        self.readings.push(Reading { person: person(who), councils, opinion, version });
        self
    }

    fn judged(&self, rules: &MergeRules, now: &str) -> Vec<Missing> {
        let facts = Facts {
            state: self.state,
            draft: self.draft,
            version: self.version,
            writers: &self.writers,
            writing_councils: &self.writing_councils,
            readings: &self.readings,
            objections: &self.objections,
            statuses: &self.statuses,
            unsigned: self.unsigned,
            tree: self.tree,
            cooled_at: at("2027-03-09T10:00:00Z"),
        };
        judge(rules, &facts, at(now)).missing
    }
}

const LATER: &str = "2027-06-01T00:00:00Z";

fn another_council_reads() -> MergeRules {
    MergeRules::of_charter(true)
}

#[test]
fn nobody_of_the_councils_that_wrote_it_can_let_it_in() {
    let rules = another_council_reads();
    let need = |have| Missing::OtherCouncils { have, need: 1 };
    let asked = Request::new();
    assert_eq!(asked.judged(&rules, LATER), [Missing::Approvals { have: 0, need: 1 }, need(0)]);
    // A colleague counts as a reader, and not as another council.
    let colleague = Request::new().says(2, &[1], Opinion::Approve, 2);
    assert_eq!(colleague.judged(&rules, LATER), [need(0)]);
    // Acting for another council as well does not help, nor acting for none.
    assert_eq!(
        Request::new().says(2, &[1, 7], Opinion::Approve, 2).judged(&rules, LATER),
        [need(0)]
    );
    assert_eq!(Request::new().says(2, &[], Opinion::Approve, 2).judged(&rules, LATER), [need(0)]);
    let other = Request::new().says(3, &[7], Opinion::Approve, 2);
    assert_eq!(other.judged(&rules, LATER), []);
    // Whoever pushes to it becomes a writer, and with them their council.
    let mut pushed = other;
    pushed.writers.insert(person(3));
    pushed.writing_councils.insert(council(7));
    assert_eq!(pushed.judged(&rules, LATER), [Missing::Approvals { have: 0, need: 1 }, need(0)]);
}

#[test]
fn what_was_said_of_one_version_says_nothing_of_the_next() {
    let rules = another_council_reads();
    let approved = Request::new().says(3, &[7], Opinion::Approve, 2);
    assert_eq!(approved.judged(&rules, LATER), []);
    let mut pushed = approved;
    pushed.version = 3;
    assert_ne!(pushed.judged(&rules, LATER), []);
    let mut asked = Request::new().says(3, &[7], Opinion::AskForChanges, 2);
    let none = MergeRules::default();
    assert_eq!(asked.judged(&none, LATER), [Missing::ChangesAsked(vec![person(3)])]);
    asked.version = 3;
    assert_eq!(asked.judged(&none, LATER), []);
}

#[test]
fn an_objection_stands_whatever_comes() {
    let mut objected = Request::new().says(3, &[7], Opinion::Approve, 2);
    objected.objections.insert(council(9));
    let stopped = [Missing::Objections([council(9)].into())];
    assert_eq!(objected.judged(&another_council_reads(), LATER), stopped);
    objected.version = 3;
    let again = objected.says(3, &[7], Opinion::Approve, 3);
    assert_eq!(again.judged(&another_council_reads(), LATER), stopped);
    let deaf = MergeRules { objection_blocks: false, ..another_council_reads() };
    assert_eq!(again.judged(&deaf, LATER), []);
}

#[test]
fn programs_must_have_said_well_of_it() {
    let rules = MergeRules { statuses: ["tests".to_owned()].into(), ..MergeRules::default() };
    let missing = |said| Missing::Status { context: "tests".to_owned(), said };
    let mut request = Request::new();
    assert_eq!(request.judged(&rules, LATER), [missing(None)]);
    for &said in StatusState::ALL {
        request.statuses.insert("tests".to_owned(), said);
        let found = request.judged(&rules, LATER);
        let good = [StatusState::Success, StatusState::Warning].contains(&said);
        assert_eq!(found.is_empty(), good, "{said}: {found:?}");
    }
}

#[test]
fn of_several_checks_the_worst_counts() {
    use StatusState as S;
    assert_eq!(S::of_all([]), S::Pending);
    assert_eq!(S::of_all([S::Success, S::Success]), S::Success);
    assert_eq!(S::of_all([S::Success, S::Warning]), S::Warning);
    assert_eq!(S::of_all([S::Warning, S::Pending, S::Success]), S::Pending);
    assert_eq!(S::of_all([S::Pending, S::Failure]), S::Failure);
    assert_eq!(S::of_all([S::Failure, S::Error, S::Success]), S::Error);
}

#[test]
fn what_only_takes_time_is_told_apart() {
    let rules = MergeRules { cooling_hours: 48, ..MergeRules::default() };
    let found = Request::new().judged(&rules, "2027-03-09T09:59:59Z");
    assert_eq!(found, [Missing::Cooling(at("2027-03-09T10:00:00Z"))]);
    assert!(found.iter().all(Missing::passes));
    assert_eq!(Request::new().judged(&rules, "2027-03-09T10:00:00Z"), []);
    assert!(!Missing::Draft.passes());
    assert!(
        !Missing::Status { context: "t".to_owned(), said: Some(StatusState::Failure) }.passes()
    );
}

#[test]
fn what_is_over_is_only_over() {
    for state in [RequestState::Merged, RequestState::Closed] {
        let mut request = Request::new();
        request.draft = true;
        request.state = state;
        assert_eq!(request.judged(&another_council_reads(), LATER), [Missing::Over(state)]);
    }
}

#[test]
fn a_module_only_tightens_what_its_space_asks() {
    let space = MergeRules {
        approvals: 2,
        of_other_councils: 1,
        cooling_hours: 48,
        statuses: ["tests".to_owned()].into(),
        sign_off: true,
        methods: [MergeMethod::Merge, MergeMethod::Squash].into(),
        ..MergeRules::default()
    };
    assert_eq!(space.keep_to(&space), Ok(()));
    let looser = [
        (MergeRules { approvals: 1, ..space.clone() }, "approvals_loosened"),
        (MergeRules { of_other_councils: 0, ..space.clone() }, "approvals_loosened"),
        (MergeRules { cooling_hours: 47, ..space.clone() }, "cooling_loosened"),
        (MergeRules { objection_blocks: false, ..space.clone() }, "objection_loosened"),
        (MergeRules { statuses: BTreeSet::new(), ..space.clone() }, "status_loosened"),
        (MergeRules { sign_off: false, ..space.clone() }, "sign_off_loosened"),
        (MergeRules { methods: [MergeMethod::Rebase].into(), ..space.clone() }, "method_loosened"),
    ];
    for (rules, code) in looser {
        assert_eq!(rules.keep_to(&space).unwrap_err().code(), code);
    }
    let none = MergeRules { methods: BTreeSet::new(), ..space.clone() };
    assert_eq!(none.check(), Err(Loosened::NoMethod));
    let odd = MergeRules { of_other_councils: 3, ..space };
    assert_eq!(odd.check().unwrap_err().code(), "approvals_contradict");
}

fn rules() -> impl Strategy<Value = MergeRules> {
    let statuses = proptest::sample::subsequence(vec!["build", "tests"], 0..=2);
    let methods = proptest::sample::subsequence(MergeMethod::ALL.to_vec(), 1..=4);
    let of_people = (0..3_u32, 0..3_u32, any::<bool>());
    (of_people, 0..3_u32, statuses, any::<bool>(), methods).prop_map(
        |(
            (approvals, of_other_councils, objection_blocks),
            cooling,
            statuses,
            sign_off,
            methods,
        )| {
            MergeRules {
                approvals,
                of_other_councils,
                cooling_hours: cooling * 24,
                objection_blocks,
                statuses: statuses.into_iter().map(str::to_owned).collect(),
                sign_off,
                methods: methods.into_iter().collect(),
            }
        },
    )
}

fn requests() -> impl Strategy<Value = Request> {
    let opinion = proptest::sample::select(Opinion::ALL.to_vec());
    let reading = (1..6_u128, proptest::collection::btree_set(1..5_u128, 0..3), opinion, 1..3_u32);
    let readings = proptest::collection::vec(reading, 0..6);
    let said = proptest::option::of(proptest::sample::select(StatusState::ALL.to_vec()));
    (readings, said, 0..2_usize, proptest::option::of(1..5_u128)).prop_map(
        |(readings, said, unsigned, objects)| {
            let mut request = Request::new();
            for (who, of, opinion, version) in readings {
                let of: Vec<u128> = of.into_iter().collect();
                request = request.says(who, &of, opinion, version);
            }
            request.statuses.extend(said.map(|said| ("tests".to_owned(), said)));
            request.unsigned = unsigned;
            request.objections.extend(objects.map(council));
            request
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn what_passes_two_rules_at_once_passes_each(
        space in rules(), module in rules(), request in requests(), early in any::<bool>(),
    ) {
        let now = if early { "2027-03-08T00:00:00Z" } else { LATER };
        let both = space.with(&module);
        let space_by_any = MergeRules { methods: both.methods.clone(), ..space.clone() };
        prop_assert_eq!(both.keep_to(&space_by_any), Ok(()));
        if request.judged(&both, now).is_empty() {
            prop_assert_eq!(request.judged(&space, now), []);
            prop_assert_eq!(request.judged(&module, now), []);
        }
    }

    #[test]
    fn nothing_a_writer_says_lets_it_in(request in requests(), rules in rules()) {
        let mut silent = request.clone();
        silent.readings.retain(|reading| !request.writers.contains(&reading.person));
        let asks = |request: &Request| request.judged(&rules, LATER).into_iter()
            .filter(|missing| !matches!(missing, Missing::ChangesAsked(_))).collect::<Vec<_>>();
        prop_assert_eq!(asks(&request), asks(&silent));
    }
}

//! Who is told of what, written a second time by hand from domain.md §b and §c18.

use super::*;
use crate::access::{MemberStatus, Role};

/// One line a kind: its topic, who may read it, and after each party the roles that are told. `L`
/// lead, `F` finance, `S` signatory, `D` developer, `M` maintainer.
const TABLE: &str = "
call.published           calls     public   members LFS
call.reached             calls     public   members L, treasurer F
call.unreached           calls     public   members L, treasurer F
call.confirmed           calls     public   members LFS
call.failed              calls     public   members LFS
call.amended             calls     public   members LFS
call.extended            calls     public   members LFS
call.cancelled           calls     public   members LFS
call.executing           calls     public   members L, treasurer F
call.settling            calls     public   members L, treasurer F
call.closed              calls     public   members LFS
pledge.intended          pledges   public   lead L, council LFS
pledge.scheduled         pledges   members  lead L, council LFS
pledge.refused           pledges   public   lead L, council LFS
pledge.attested          pledges   members  council LFS
pledge.returned          pledges   members  council LFS
pledge.signed            pledges   members  lead L, council LFS
pledge.lapsed            pledges   public   council LFS
pledge.settled           pledges   public   lead L, treasurer F, council LFS
pledge.firm              pledges   public   lead L, council LFS
pledge.amended           pledges   public   lead L, council LFS
pledge.withdrawn         pledges   public   lead L, council LFS
pledge.released          pledges   public   council LFS
pledge.confirmed         pledges   public   council LFS
pledge.substituted       pledges   public   lead L, council LFS
pledge.ordered           pledges   public   lead L, treasurer F, council LFS
pledge.defaulted         pledges   public   lead L, treasurer F, council LFS
evidence.added           pledges   members  council F
evidence.checked         pledges   members  council LFS
evidence.rejected        pledges   members  council LFS
vote.opened              votes     public   electorate LS
vote.closed              votes     public   electorate LS
vote.withdrawn           votes     public   electorate LS
milestone.delivered      calls     public   members LS, treasurer F
milestone.accepted       calls     public   members LS, treasurer F
milestone.rejected       calls     public   members LS, treasurer F
member.asked             spaces    members  lead L
member.declined          spaces    members  lead L, council L
member.joined            spaces    public   lead L, council L
member.left              spaces    public   lead L, council L
member.suspended         spaces    public   lead L, council L
grant.secured            money     public   lead L, treasurer F
funds_call.issued        money     public   council FS
funds_call.cancelled     money     public   lead L, treasurer F
payment.declared         money     members  treasurer F
payment.acknowledged     money     public   council FS
invoice.approved         money     public   lead L, treasurer F
payment.sent             money     public   lead L, treasurer F
payment.direct           money     public   lead L, treasurer F
in_kind.offered          pledges   members  lead L
in_kind.agreed           pledges   public   council DML
in_kind.refused          pledges   members  council DML
in_kind.withdrawn        pledges   members  lead L
in_kind.delivered        pledges   public   council DML, treasurer F
receivable.written_off   money     public   treasurer F, council F
closing.appropriation    money     public   lead L, treasurer F
refund.sent              money     public   council FS
refund.carried           money     public   council FS
reversal                 money     public   treasurer F, council F
webhook.stopped          spaces    members  council L
reminder.meeting         reminders members  council LFS
reminder.deadline        reminders members  lead L, undecided LFS
reminder.due             reminders members  council FS, treasurer F
";

fn written(kind: EventKind) -> String {
    let party = |party: Party| match party {
        Party::Lead => "lead",
        Party::Treasurer => "treasurer",
        Party::Council => "council",
        Party::Members => "members",
        Party::Undecided => "undecided",
        Party::Electorate => "electorate",
    };
    let letter = |role: &Role| match role {
        Role::Lead => 'L',
        Role::Finance => 'F',
        Role::Signatory => 'S',
        Role::Developer => 'D',
        Role::Maintainer => 'M',
        other => panic!("{kind} is told to a {other}"),
    };
    let told: Vec<_> = told(kind)
        .iter()
        .map(|(to, roles)| {
            format!("{} {}", party(*to), roles.iter().map(letter).collect::<String>())
        })
        .collect();
    let topic = kind.topic();
    format!("{kind} {topic} {} {}", kind.visibility(), told.join(", "))
}

#[test]
fn everyone_is_told_as_the_table_says() {
    let spaced = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let expected: Vec<_> = TABLE.trim().lines().map(spaced).collect();
    let actual: Vec<_> = EventKind::ALL.iter().map(|kind| written(*kind)).collect();
    assert_eq!(actual, expected);
}

#[test]
fn an_entry_of_the_ledger_and_its_event_have_one_name() {
    for kind in EntryKind::ALL {
        assert_eq!(EventKind::of_entry(*kind).name(), kind.name());
    }
}

#[test]
fn what_is_for_members_reaches_nobody_else() {
    let outside = [None, Some(MemberStatus::Asked), Some(MemberStatus::Left)];
    for party in [Party::Members, Party::Undecided, Party::Electorate] {
        for standing in outside {
            assert!(!may_be_told(EventVisibility::Members, party, standing), "{standing:?}");
            assert!(may_be_told(EventVisibility::Public, party, standing));
        }
        for standing in [MemberStatus::Observer, MemberStatus::Contributor, MemberStatus::Suspended]
        {
            assert!(may_be_told(EventVisibility::Members, party, Some(standing)));
        }
    }
    // Who carries the call, and the council it is about, are no strangers to it.
    for party in [Party::Lead, Party::Treasurer, Party::Council] {
        assert!(may_be_told(EventVisibility::Members, party, None));
    }
}

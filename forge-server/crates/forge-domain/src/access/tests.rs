use uuid::Uuid;

use super::*;

fn id<T>(n: u128) -> Id<T> {
    Id::new(Uuid::from_u128(n))
}

fn agent(role: Role, council: u128) -> Actor {
    Actor {
        person: Some(id(1)),
        forge_admin: false,
        roles: vec![HeldRole { council: id(council), role }],
        scope: TokenScope::Full,
    }
}

fn space(status: MemberStatus) -> Holder {
    Holder::Space { id: id(900), lead: id(10), members: vec![(id(20), status)] }
}

fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "yes",
        Verdict::NotFound => "not_found",
        Verdict::SignIn => "sign_in",
        Verdict::No(denial) => denial.code(),
    }
}

#[test]
fn where_a_council_stands_decides_what_its_agents_may() {
    use MemberStatus::{Asked, Contributor, Left, Observer, Suspended};
    let read = |role, status, visibility| {
        let on = Resource::new(space(status), visibility);
        code(judge(&agent(role, 20), Deed::ReadModule, &on))
    };
    for (status, council_only, space_only) in [
        (Asked, "not_found", "not_found"),
        (Observer, "not_found", "yes"),
        (Contributor, "yes", "yes"),
        (Suspended, "not_found", "yes"),
        (Left, "not_found", "not_found"),
    ] {
        assert_eq!(read(Role::Developer, status, Visibility::Council), council_only, "{status}");
        assert_eq!(read(Role::Developer, status, Visibility::Space), space_only, "{status}");
        assert_eq!(read(Role::Developer, status, Visibility::Public), "yes", "{status}");
    }
    let act = |deed, role, status| {
        let on = Resource::published_call(space(status)).for_council(id(20));
        code(judge(&agent(role, 20), deed, &on))
    };
    for (status, push, commit, withdraw) in [
        (Asked, "not_a_member", "not_a_member", "yes"),
        (Observer, "not_a_member", "yes", "yes"),
        (Contributor, "yes", "yes", "yes"),
        (Suspended, "not_a_member", "not_a_member", "yes"),
        (Left, "not_a_member", "not_a_member", "yes"),
    ] {
        assert_eq!(act(Deed::PushBranch, Role::Developer, status), push, "{status}");
        assert_eq!(act(Deed::CommitPledge, Role::Signatory, status), commit, "{status}");
        assert_eq!(act(Deed::WithdrawPledge, Role::Signatory, status), withdraw, "{status}");
    }
}

#[test]
fn a_council_that_left_reads_its_own_evidence_and_nobody_elses() {
    let read = |role, status, acting| {
        let on = Resource::published_call(space(status)).for_council(id(acting));
        code(judge(&agent(role, 20), Deed::ReadEvidenceFile, &on))
    };
    assert_eq!(read(Role::Finance, MemberStatus::Left, 20), "yes");
    assert_eq!(read(Role::Finance, MemberStatus::Left, 10), "not_found");
    for (status, expected) in [
        (MemberStatus::Contributor, "yes"),
        (MemberStatus::Observer, "yes"),
        (MemberStatus::Suspended, "yes"),
        (MemberStatus::Left, "not_found"),
        (MemberStatus::Asked, "not_found"),
    ] {
        assert_eq!(read(Role::Auditor, status, 10), expected, "{status}");
    }
}

#[test]
fn a_token_never_reaches_further_than_its_scope() {
    let public = Resource::new(space(MemberStatus::Contributor), Visibility::Public);
    let private = Resource::new(space(MemberStatus::Contributor), Visibility::Council);
    let mine = Resource::new(Holder::Person(id(1)), Visibility::Public);
    let forge = Resource::instance();
    for (scope, expected) in [
        (TokenScope::Full, ["yes", "yes", "yes", "yes", "yes"]),
        (TokenScope::Write, ["yes", "yes", "yes", "token_scope", "yes"]),
        (TokenScope::ReadOnly, ["yes", "yes", "token_scope", "token_scope", "token_scope"]),
        (TokenScope::PublicOnly, ["yes", "not_found", "token_scope", "token_scope", "token_scope"]),
    ] {
        let actor = Actor { scope, ..agent(Role::Developer, 20) };
        let found = [
            judge(&actor, Deed::ReadModule, &public),
            judge(&actor, Deed::ReadModule, &private),
            judge(&actor, Deed::PushBranch, &public),
            judge(&actor, Deed::ManageOwnTokens, &mine),
            judge(&actor, Deed::RegisterCouncil, &forge),
        ]
        .map(code);
        assert_eq!(found, expected, "{scope}");
    }
    let actor = Actor { scope: TokenScope::PublicOnly, ..agent(Role::Auditor, 20) };
    for deed in [Deed::ReadSpaceInternals, Deed::ReadEvidenceFile] {
        assert_eq!(judge(&actor, deed, &public), Verdict::NotFound, "{deed}");
    }
}

#[test]
fn nobody_gives_themself_the_power_to_sign() {
    let council = Resource::new(Holder::Council(id(20)), Visibility::Public);
    let admin = Actor { forge_admin: true, roles: Vec::new(), ..agent(Role::Lead, 20) };
    for actor in [agent(Role::Lead, 20), admin] {
        for deed in [Deed::GrantSignatory, Deed::GiveMandate] {
            let to = |person| code(judge(&actor, deed, &council.clone().done_to(id(person))));
            assert_eq!((to(1), to(2)), ("to_oneself", "yes"), "{deed}");
            assert_eq!(code(judge(&actor, deed, &council)), "to_oneself", "nobody is named");
        }
    }
}

#[test]
fn an_administrator_touches_no_money_whatever_else_they_are() {
    let call = Resource::published_call(space(MemberStatus::Contributor)).for_council(id(20));
    for &role in Role::ALL {
        let actor = Actor { forge_admin: true, ..agent(role, 20) };
        for &deed in Deed::ALL.iter().filter(|deed| deed.rule().kind == Kind::Money) {
            assert_eq!(code(judge(&actor, deed, &call)), "admin_and_money", "{role} {deed}");
        }
    }
}

#[test]
fn a_deed_in_a_councils_name_needs_that_council() {
    let call = Resource::published_call(space(MemberStatus::Contributor));
    let signatory = agent(Role::Signatory, 20);
    let commit = |on: &Resource| code(judge(&signatory, Deed::CommitPledge, on));
    assert_eq!(commit(&call), "council_missing");
    let watched = Resource::published_call(space(MemberStatus::Left));
    assert_eq!(commit(&watched), "not_a_member", "no council of theirs could be named");
    assert_eq!(commit(&call.clone().for_council(id(10))), "other_council");
    assert_eq!(commit(&call.clone().for_council(id(20))), "yes");
    assert_eq!(councils_for(&signatory, Deed::CommitPledge, &call), [id(20)]);
    assert_eq!(councils_for(&signatory, Deed::CreateModule, &call), []);
}

#[test]
fn another_councils_name_does_not_open_a_council() {
    let council = Resource::new(Holder::Council(id(10)), Visibility::Public).for_council(id(20));
    let verdict = judge(&agent(Role::Developer, 20), Deed::CreateModule, &council);
    assert_eq!(code(verdict), "other_council");
}

#[test]
fn a_refusal_says_what_would_do() {
    let on = Resource::new(Holder::Council(id(20)), Visibility::Public);
    let Verdict::No(denial) = judge(&agent(Role::Finance, 20), Deed::PublishModule, &on) else {
        panic!("finance publishes nothing");
    };
    assert_eq!(denial, Denial::RoleMissing(vec![Role::Maintainer, Role::Lead]));
    assert!(denial.to_string().contains("maintainer or lead"));
}

#[test]
fn words_round_trip() {
    for &deed in Deed::ALL {
        assert_eq!(deed.name().parse(), Ok(deed));
    }
    for &role in Role::ALL {
        assert_eq!(role.name().parse(), Ok(role));
    }
    assert_eq!("public_only".parse(), Ok(TokenScope::PublicOnly));
    assert!("root".parse::<Role>().is_err());
}

#[test]
fn whoever_made_a_module_maintains_it_while_they_serve_a_council_of_it() {
    let module = Resource::new(space(MemberStatus::Contributor), Visibility::Public);
    let made = module.clone().maintained_by(Some(id(1)));
    let publish = |actor: &Actor, on: &Resource| code(judge(actor, Deed::PublishModule, on));
    let developer = agent(Role::Developer, 20);
    assert_eq!(publish(&developer, &module), "role_missing");
    assert_eq!(publish(&developer, &made), "yes");
    assert_eq!(publish(&developer, &module.maintained_by(Some(id(2)))), "role_missing");
    // Having left the councils of the space, the maker is a stranger.
    assert_ne!(publish(&agent(Role::Developer, 30), &made), "yes");
}

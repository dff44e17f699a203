-- Charters and votes of a space (domain.md §c3, §c4). Who counts, and by which rule, is frozen when
-- a vote opens; a vote that is closed is not changed any more.

create table vote (
  id blob primary key,
  ref text not null unique,
  space_id blob not null references space (id),
  call_id blob references call (id),
  kind text not null check (kind in (
    'charter', 'admit', 'call_open', 'call_extend', 'milestone_accept', 'scope_change',
    'write_off', 'supplier', 'late_joiner', 'dispute', 'close', 'other'
  )),
  question text not null,
  explanation text not null,
  -- As JSON: how it is held, and what follows when it passes.
  terms text not null,
  effect text not null,
  charter_version integer not null,
  state text not null check (state in ('open', 'passed', 'rejected', 'withdrawn')),
  opened_by blob not null,
  opened_at integer not null,
  closes_at integer not null,
  closed_at integer,
  reason text,
  -- The canonical final state; its SHA-256 stands in the ledger.
  record text,
  effect_state text not null check (effect_state in ('none', 'waiting', 'done', 'failed')),
  effect_note text
) strict;
create index vote_space on vote (space_id, opened_at);
create index vote_call on vote (call_id);

create table vote_elector (
  vote_id blob not null references vote (id),
  council_id blob not null references council (id),
  weight integer not null check (weight >= 0),
  leads integer not null,
  coordinates integer not null,
  primary key (vote_id, council_id)
) strict;
create index vote_elector_council on vote_elector (council_id);

create table vote_ballot (
  vote_id blob not null,
  council_id blob not null,
  choice text not null check (choice in ('yes', 'no', 'abstain')),
  -- Of a vote between offers, the number of the one it is for, from 1.
  offer integer,
  comment text not null,
  actor blob not null,
  cast_at integer not null,
  primary key (vote_id, council_id),
  foreign key (vote_id, council_id) references vote_elector (vote_id, council_id)
) strict;

create table charter (
  space_id blob not null references space (id),
  version integer not null check (version > 0),
  text text not null,
  machine text not null,
  -- The commit of the meta-repository that holds both.
  oid text not null,
  vote_id blob references vote (id),
  adopted_at integer not null,
  primary key (space_id, version)
) strict;

-- Who does the work of a call, as a vote chose.
create table call_supplier (
  call_id blob primary key references call (id),
  vote_id blob not null references vote (id),
  supplier text not null,
  -- The reference of its offer.
  offer_ref text not null,
  amount integer not null check (amount > 0)
) strict;

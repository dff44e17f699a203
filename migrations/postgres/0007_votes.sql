-- Charters and votes of a space (domain.md §c3, §c4). Who counts, and by which rule, is frozen when
-- a vote opens; a vote that is closed is not changed any more.

create table vote (
  id uuid primary key,
  ref text not null unique,
  space_id uuid not null references space (id),
  call_id uuid references call (id),
  kind text not null check (kind in (
    'charter', 'admit', 'call_open', 'call_extend', 'milestone_accept', 'scope_change',
    'write_off', 'supplier', 'late_joiner', 'dispute', 'close', 'other'
  )),
  question text not null,
  explanation text not null,
  -- As JSON: how it is held, and what follows when it passes.
  terms text not null,
  effect text not null,
  charter_version bigint not null,
  state text not null check (state in ('open', 'passed', 'rejected', 'withdrawn')),
  opened_by uuid not null,
  opened_at bigint not null,
  closes_at bigint not null,
  closed_at bigint,
  reason text,
  -- The canonical final state; its SHA-256 stands in the ledger.
  record text,
  effect_state text not null check (effect_state in ('none', 'waiting', 'done', 'failed')),
  effect_note text
);
create index vote_space on vote (space_id, opened_at);
create index vote_call on vote (call_id);

create table vote_elector (
  vote_id uuid not null references vote (id),
  council_id uuid not null references council (id),
  weight bigint not null check (weight >= 0),
  leads boolean not null,
  coordinates boolean not null,
  primary key (vote_id, council_id)
);
create index vote_elector_council on vote_elector (council_id);

create table vote_ballot (
  vote_id uuid not null,
  council_id uuid not null,
  choice text not null check (choice in ('yes', 'no', 'abstain')),
  -- Of a vote between offers, the number of the one it is for, from 1.
  offer bigint,
  comment text not null,
  actor uuid not null,
  cast_at bigint not null,
  primary key (vote_id, council_id),
  foreign key (vote_id, council_id) references vote_elector (vote_id, council_id)
);

create table charter (
  space_id uuid not null references space (id),
  version bigint not null check (version > 0),
  text text not null,
  machine text not null,
  -- The commit of the meta-repository that holds both.
  oid text not null,
  vote_id uuid references vote (id),
  adopted_at bigint not null,
  primary key (space_id, version)
);

-- Who does the work of a call, as a vote chose.
create table call_supplier (
  call_id uuid primary key references call (id),
  vote_id uuid not null references vote (id),
  supplier text not null,
  -- The reference of its offer.
  offer_ref text not null,
  amount bigint not null check (amount > 0)
);

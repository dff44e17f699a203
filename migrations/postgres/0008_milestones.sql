-- What was delivered for a milestone and why it was sent back (domain.md §c11), and the days of
-- work that councils give.

create table delivery (
  id uuid primary key,
  call_id uuid not null,
  position bigint not null,
  -- Which try it is, from 1: each one after the first is a resubmission.
  number bigint not null,
  module_id uuid not null references module (id),
  tag text not null,
  -- Software hash identifiers of the tag, or of the commit for a tag without annotation, and of
  -- the tree that is accepted.
  swhid text not null,
  swhid_commit text not null,
  swhid_tree text not null,
  notes text not null,
  report_url text,
  -- SHA-256 of the test report, where it is a file.
  report_sha256 text,
  docs_url text,
  -- The licence that the sheet of the module declares at this tag, and whether it is the call's.
  licence text,
  licence_fits boolean not null,
  delivered_by uuid not null,
  delivered_at bigint not null,
  -- The vote on it, and when the delivery was accepted or rejected.
  vote_ref text,
  decided_at bigint,
  foreign key (call_id, position) references call_milestone (call_id, position),
  unique (call_id, position, number)
);

create table delivery_unmet (
  delivery_id uuid not null references delivery (id),
  -- The place of the criterion, from 1; 0 for the delivery as a whole.
  criterion bigint not null,
  reason text not null,
  primary key (delivery_id, criterion)
);

-- Days of work that a council's agents give to a milestone (domain.md §c8). Of a milestone only the
-- place: an amended call rewrites its slices.
create table work (
  id uuid primary key,
  ref text not null unique,
  call_id uuid not null references call (id),
  position bigint not null,
  council_id uuid not null references council (id),
  state text not null check (state in (
    'offered', 'agreed', 'delivered', 'withdrawn', 'refused'
  )),
  -- In hundredths of a day.
  days bigint not null check (days > 0),
  -- What a day and the whole are worth, by the charter in force when it was offered or agreed to.
  day_rate bigint not null,
  value bigint not null,
  -- What is done.
  task text not null,
  reason text,
  -- Whether it lowered the share that its council owes, as it was frozen.
  counted boolean not null,
  offered_by uuid not null,
  offered_at bigint not null,
  judged_by uuid,
  judged_at bigint,
  delivered_at bigint,
  entry_seq bigint,
  version bigint not null
);
create index work_call on work (call_id);
create index work_council on work (council_id);

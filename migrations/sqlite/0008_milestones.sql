-- What was delivered for a milestone and why it was sent back (domain.md §c11), and the days of
-- work that councils give.

create table delivery (
  id blob primary key,
  call_id blob not null,
  position integer not null,
  -- Which try it is, from 1: each one after the first is a resubmission.
  number integer not null,
  module_id blob not null references module (id),
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
  licence_fits integer not null,
  delivered_by blob not null,
  delivered_at integer not null,
  -- The vote on it, and when the delivery was accepted or rejected.
  vote_ref text,
  decided_at integer,
  foreign key (call_id, position) references call_milestone (call_id, position),
  unique (call_id, position, number)
) strict;

create table delivery_unmet (
  delivery_id blob not null references delivery (id),
  -- The place of the criterion, from 1; 0 for the delivery as a whole.
  criterion integer not null,
  reason text not null,
  primary key (delivery_id, criterion)
) strict;

-- Days of work that a council's agents give to a milestone (domain.md §c8). Of a milestone only the
-- place: an amended call rewrites its slices.
create table work (
  id blob primary key,
  ref text not null unique,
  call_id blob not null references call (id),
  position integer not null,
  council_id blob not null references council (id),
  state text not null check (state in (
    'offered', 'agreed', 'delivered', 'withdrawn', 'refused'
  )),
  -- In hundredths of a day.
  days integer not null check (days > 0),
  -- What a day and the whole are worth, by the charter in force when it was offered or agreed to.
  day_rate integer not null,
  value integer not null,
  -- What is done.
  task text not null,
  reason text,
  -- Whether it lowered the share that its council owes, as it was frozen.
  counted integer not null,
  offered_by blob not null,
  offered_at integer not null,
  judged_by blob,
  judged_at integer,
  delivered_at integer,
  entry_seq integer,
  version integer not null
) strict;
create index work_call on work (call_id);
create index work_council on work (council_id);

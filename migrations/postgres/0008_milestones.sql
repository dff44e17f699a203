-- What was delivered for a milestone, and why it was sent back (domain.md §c11).

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

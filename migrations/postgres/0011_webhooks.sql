-- Programs of others that are told what happens (domain.md §c18), and how each telling went.

create table webhook (
  id uuid primary key,
  -- The number by which the API and the pages name it.
  number bigint not null unique,
  -- The council or the space whose events it is told.
  owner_id uuid not null references owner (id),
  url text not null,
  format text not null check (format in ('json', 'rocketchat')),
  -- Kinds or families of events (call.closed vote.*), separated by spaces; empty for every one.
  events text not null,
  -- Sealed by a key that is not in the database.
  secret bytea not null,
  active boolean not null,
  -- Why the forge stopped it by itself.
  stopped text check (stopped in ('failing', 'maker')),
  -- Whose right it stands on.
  made_by uuid not null references owner (id),
  created_at bigint not null,
  updated_at bigint not null,
  succeeded_at bigint
);
create index webhook_owner on webhook (owner_id);

create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references webhook (id),
  -- None for a test.
  event_id uuid references event (id),
  state text not null check (state in ('waiting', 'delivered', 'failed', 'dropped')),
  -- How often it was tried in all, and since it was last asked for.
  attempts bigint not null,
  tries bigint not null,
  asked_at bigint not null,
  next_at bigint not null,
  created_at bigint not null,
  finished_at bigint
);
create unique index webhook_delivery_once on webhook_delivery (webhook_id, event_id);
create index webhook_delivery_waiting on webhook_delivery (webhook_id, next_at)
  where state = 'waiting';
create index webhook_delivery_created on webhook_delivery (webhook_id, created_at);

create table webhook_attempt (
  delivery_id uuid not null references webhook_delivery (id),
  number bigint not null,
  at bigint not null,
  -- The status of the answer; none where none came.
  status bigint,
  took_ms bigint not null,
  -- The beginning of the answer, or why there is none.
  said text not null,
  primary key (delivery_id, number)
);

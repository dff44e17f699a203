-- What happened, for those who follow it: each event is written in the transaction of the act that
-- caused it (domain.md §c18), and holds no person's name or address.

create table event (
  id uuid primary key,
  at bigint not null,
  kind text not null,
  space_id uuid not null references space (id),
  call_ref text,
  -- The council it is about.
  council_id uuid references council (id),
  -- What it is about, such as PLG-2026-0031.
  subject text not null,
  -- Amounts as decimal text, dates and titles, as JSON.
  data text not null,
  visibility text not null check (visibility in ('public', 'members')),
  -- What makes a repetition recognisable.
  key text not null unique,
  -- Who acted, by the identifier that outlives the account; none where a deadline did.
  actor uuid
);
create index event_at on event (at, id);
create index event_space on event (space_id, at, id);
create index event_call on event (call_ref, at, id);
create index event_council on event (council_id, at, id);

-- An event with the names of what it is about, for whoever reads it.
create view event_told as
select event.id, event.at, event.kind, event.space_id, space_owner.slug as space_slug,
       space.title as space_title, event.call_ref, call.title as call_title, event.council_id,
       council_owner.slug as council_slug, council.name as council_name, event.subject,
       event.data, event.visibility, event.key, event.actor
from event
join space on space.id = event.space_id
join owner as space_owner on space_owner.id = event.space_id
left join call on call.ref = event.call_ref
left join council on council.id = event.council_id
left join owner as council_owner on council_owner.id = event.council_id;

-- One message to one person, about one event or a day's.
create table letter (
  id uuid primary key,
  person_id uuid not null references owner (id),
  -- Gives the message its identifier, the same however often it is sent.
  key text not null unique,
  kind text not null check (kind in ('event', 'digest')),
  state text not null check (state in ('waiting', 'sent', 'dropped')),
  created_at bigint not null,
  ended_at bigint
);
create index letter_person on letter (person_id);
create index letter_waiting on letter (created_at) where state = 'waiting';

-- An event that a person is told.
create table notice (
  person_id uuid not null references owner (id),
  event_id uuid not null references event (id),
  -- When mail about it goes out.
  mail text not null check (mail in ('at_once', 'daily', 'never')),
  letter_id uuid references letter (id),
  created_at bigint not null,
  read_at bigint,
  primary key (person_id, event_id)
);
create index notice_event on notice (event_id);
create index notice_letter on notice (letter_id);
create index notice_to_mail on notice (created_at) where mail = 'daily' and letter_id is null;

-- How a person wants to be told; what is not said here is as the server has it.
create table notice_choice (
  person_id uuid not null references owner (id),
  topic text not null,
  mail text not null check (mail in ('at_once', 'daily', 'never')),
  primary key (person_id, topic)
);

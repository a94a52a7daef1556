-- What the hospital keeps: staff and settings, submissions until the centre has stored them and the
-- proof of it for ever after, records received for a while, drafts. The file is encrypted as a whole.

create table staff (
  user_name     varchar(64) primary key,
  full_name     varchar(200) not null,
  role          varchar(16) not null,
  password_hash varchar(400) not null,
  active        boolean not null
);

create table centre_endpoint (
  place   int primary key,
  address varchar(500) not null
);

create table setting (
  name  varchar(100) primary key,
  value_text varchar(1000) not null
);

create table submission (
  number      bigint generated always as identity primary key,
  id          uuid not null unique,
  patient     varchar(64),
  author_user varchar(64) not null,
  author_name varchar(200) not null,
  author_role varchar(16) not null,
  recorded_at timestamp(9) with time zone not null,
  state       varchar(9) not null,
  due         timestamp(9) with time zone,
  retry_at    timestamp(9) with time zone,
  attempts    int default 0 not null,
  octets      bigint not null,
  reason      varchar(2000)
);
create index submission_state on submission (state, number);
create index submission_patient on submission (patient, number);
create index submission_author on submission (author_user, number);

create table item (
  submission bigint not null references submission,
  place      int not null,
  record     varchar(130) not null,
  based_on   int not null,
  sha256     char(64) not null,
  octets     bigint not null,
  unfinished boolean not null,
  primary key (submission, place)
);
create index item_record on item (record, unfinished, submission);

-- in pieces, because a value of this database has at most a megabyte
create table content (
  submission bigint not null,
  place      int not null,
  piece      int not null,
  octets     varbinary(500000) not null,
  primary key (submission, place, piece)
);

create table step (
  number     bigint generated always as identity primary key,
  submission bigint not null references submission,
  state      varchar(9) not null,
  taken_at   timestamp(9) with time zone not null,
  taken_by   varchar(64),
  reason     varchar(2000)
);
create index step_submission on step (submission, number);

create table receipt (
  submission bigint primary key references submission,
  signed     varchar(1000000) not null,
  stored_at  timestamp(9) with time zone not null,
  deleted_at timestamp(9) with time zone not null,
  reported   boolean not null
);
create index receipt_reported on receipt (reported, submission);

create table local_patient (
  id              varchar(64) primary key,
  family          varchar(200) not null,
  given           varchar(200) not null,
  kana            varchar(200) not null,
  kanji           varchar(200) not null,
  birth_date      date,
  gender          varchar(20) not null,
  number          varchar(100) not null,
  registered_here boolean not null,
  folded          varchar(2000) not null
);
create index local_patient_birth on local_patient (birth_date);
create index local_patient_number on local_patient (number);

create table received (
  user_name  varchar(64) not null,
  patient    varchar(64) not null,
  record     varchar(130) not null,
  number     int not null,
  hospital   varchar(32) not null,
  author     varchar(200) not null,
  stored_at  timestamp(9) with time zone not null,
  fetched_at timestamp(9) with time zone not null,
  expires_at timestamp(9) with time zone not null,
  primary key (user_name, patient, record, number)
);
create index received_expiry on received (expires_at);

create table received_content (
  user_name varchar(64) not null,
  patient   varchar(64) not null,
  record    varchar(130) not null,
  number    int not null,
  piece     int not null,
  octets    varbinary(500000) not null,
  primary key (user_name, patient, record, number, piece),
  foreign key (user_name, patient, record, number) references received on delete cascade
);

create table offline_read (
  number    bigint generated always as identity primary key,
  user_name varchar(64) not null,
  patient   varchar(64) not null,
  read_at   timestamp(9) with time zone not null,
  records   int not null
);

create table draft (
  id         varchar(36) primary key,
  user_name  varchar(64) not null,
  patient    varchar(64),
  kind       varchar(64) not null,
  changed_at timestamp(9) with time zone not null,
  json       clob not null
);
create index draft_user on draft (user_name, changed_at);

-- Pieces of text that people write often, for themselves or for colleagues of the same profession.
create table stamp (
  id         varchar(36) primary key,
  owner      varchar(64) not null,
  circle     varchar(100) not null,
  shared     boolean not null,
  word       varchar(20) not null,
  body       varchar(4000) not null,
  changed_at timestamp(9) with time zone not null,
  unique (owner, word)
);
create index stamp_circle on stamp (circle);

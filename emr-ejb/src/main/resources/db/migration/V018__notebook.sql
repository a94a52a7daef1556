-- What people at the portal keep for their writing: drafts, which are their author's alone and in nobody's chart,
-- and pieces of text, for themselves or for colleagues of the same hospital and profession.
create table draft (
  id         varchar(36)  primary key,
  user_name  varchar(64)  not null references portal_staff,
  patient    varchar(64),
  kind       varchar(64)  not null,
  changed_at timestamptz  not null,
  json       text         not null
);
create index draft_user on draft (user_name, changed_at);
create table stamp (
  id         varchar(36)   primary key,
  owner      varchar(64)   not null references portal_staff,
  circle     varchar(100)  not null,
  shared     boolean       not null,
  word       varchar(20)   not null,
  body       varchar(4000) not null,
  changed_at timestamptz   not null,
  unique (owner, word)
);
create index stamp_circle on stamp (circle);
comment on column stamp.circle is 'hospital and role of its owner, who shares with that circle';
grant select, insert, update, delete on draft, stamp to emr_app;

-- Charts that people here opened in emergencies: while one is open, its user asks the centre under it.
create table emergency (
  id         varchar(36)              primary key,
  user_name  varchar(64)              not null,
  patient    varchar(64)              not null,
  types      varchar(4000)            not null,
  reason     varchar(32)              not null,
  words      varchar(500)             not null,
  opened_at  timestamp with time zone not null,
  open_until timestamp with time zone not null,
  ended_at   timestamp with time zone
);
create index emergency_open on emergency (user_name, patient, open_until);

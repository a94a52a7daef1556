-- Files that somebody attached to a draft: the draft's as its words are, sealed like them, gone with it.
create table draft_file (
  id          varchar(36) primary key,
  draft       varchar(36) not null references draft on delete cascade,
  octets      bigint not null,
  attached_at timestamp(9) with time zone not null,
  label       varbinary(4000) not null
);
create index draft_file_draft on draft_file (draft);
-- written before the row of their file, which makes them count; in pieces, because a value of this database has at most a megabyte
create table draft_file_piece (
  file   varchar(36) not null,
  piece  int not null,
  draft  varchar(36) not null references draft on delete cascade,
  sealed varbinary(500000) not null,
  primary key (file, piece)
);
create index draft_file_piece_draft on draft_file_piece (draft);

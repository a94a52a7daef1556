-- Files that somebody attached to a draft: the draft's as its words are, sealed like them, gone with it.
create table draft_file (
  id          varchar(36)   primary key,
  draft       varchar(36)   not null references draft on delete cascade,
  octets      bigint        not null,
  attached_at timestamptz   not null,
  label       bytea         not null
);
create index draft_file_draft on draft_file (draft);
-- written before the row of their file, which makes them count
create table draft_file_piece (
  file   varchar(36) not null,
  piece  int         not null,
  draft  varchar(36) not null references draft on delete cascade,
  sealed bytea       not null,
  primary key (file, piece)
);
create index draft_file_piece_draft on draft_file_piece (draft);
comment on column draft_file.label is 'name and type, sealed as the draft is, bound to draft and file';
comment on column draft_file_piece.sealed is 'a part of the file''s content, which is sealed as a whole';
grant select, insert, delete on draft_file, draft_file_piece to emr_app;

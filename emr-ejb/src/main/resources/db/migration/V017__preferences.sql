-- How each person wants pages shown: language, colours, density, keys.
alter table portal_staff add preferences varchar(400) not null default '';
comment on column portal_staff.preferences is 'words with a space between, such as language=ja theme=dark era';
grant update (preferences) on portal_staff to emr_app;

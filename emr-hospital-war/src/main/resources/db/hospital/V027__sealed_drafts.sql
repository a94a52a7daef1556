-- The words of a draft are sealed within the file, too, which is encrypted as a whole: one notebook for terminal and portal.
alter table draft add column sealed varbinary(1000000);
alter table draft alter column json drop not null;
create index draft_changed on draft (changed_at);

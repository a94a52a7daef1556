-- The words of a draft are sealed as the contents of records are. What was kept in clear before is sealed and cleared
-- when the portal opens its notebook. Drafts that nobody changed for thirty days are given up.
alter table draft add column sealed bytea;
alter table draft alter column json drop not null;
create index draft_changed on draft (changed_at);
comment on column draft.sealed is 'AES-256-GCM, bound to the draft''s id, under a key derived for its author';
comment on column draft.json is 'in clear, from before drafts were sealed; empty once the portal has started';

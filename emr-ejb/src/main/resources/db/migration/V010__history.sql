-- Histories of a type, or of everything, walk the versions in the order in which they were stored. Versions are
-- only ever appended, so a few bytes for every 32 pages find them again; a B-tree would cost 30 bytes for each.
create index version_stored_at on version using brin (stored_at) with (pages_per_range = 32, autosummarize = on);

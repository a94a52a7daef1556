-- Whether a record names the patient in whose chart it lies: the bit that no parameter has. Of what was stored
-- before it is not known, and it is taken for so, as it was.
update current set present = present | (-9223372036854775808)::bigint where present >= 0;
comment on column current.present is 'a bit for each search parameter of the type that has a value, in the order of their names; negative if it names the patient in whose chart it lies';
comment on table finder is 'What searches across patients go by: of patients, of the directory and of what lies in nobody''s chart all terms; of other records those by which they belong to the compartments of patients in whose charts they do not lie.';

-- Hospitals are never removed: nobody has the right to. The check that a submission's hospital is there locked the hospital's
-- row each time, and all submissions of one hospital met at that row.
alter table submission drop constraint submission_hospital_fkey;

-- How much of one row is read. Without bounds, one row could delay every list or make it fail. Sizes of text are
-- those of octet_length, sizes of documents those of pg_column_size: both read only the header and unpack nothing.

-- Bytes of a document, unpacked: the judge reads 1 MB in 1 to 2 ms.
CREATE OR REPLACE FUNCTION model_registry_most_document() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 8388608';

-- Bytes of a compressed document, whose unpacked size is unknown: pglz packs 87 bytes into one, lz4 up to 255.
CREATE OR REPLACE FUNCTION model_registry_most_packed() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2097152';

-- Bytes of JSON text, which has to be parsed: 20 ms for this many.
CREATE OR REPLACE FUNCTION model_registry_most_json() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 262144';

-- Metrics of a model, names under one key of its metadata, links of one artifact, pins of one analysis.
CREATE OR REPLACE FUNCTION model_registry_most_entries() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1000';

-- Characters of a title and of a metric's name. A list shows this many of a longer title, and a sign of the cut.
CREATE OR REPLACE FUNCTION model_registry_most_title() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1000';

-- Characters of a word that lists filter by: a tag, a state, who registered it. Four such words fit into an index's entry.
CREATE OR REPLACE FUNCTION model_registry_most_label() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 100';

-- Characters of a text that is shown with one model: a changelog, a promotion's notes.
CREATE OR REPLACE FUNCTION model_registry_most_text() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 20000';

-- Bytes of a link's evidence, of which a page shows a line for each of a thousand links.
CREATE OR REPLACE FUNCTION model_registry_most_evidence() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 16384';

-- Characters that a search reads: 10 ms for this many in English, 150 ms in Chinese.
CREATE OR REPLACE FUNCTION model_registry_most_searched() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 20000';

-- Bytes of an id that every index holds: two such ids and the other columns fit into the 2,704 of an index's entry.
CREATE OR REPLACE FUNCTION model_registry_most_indexed() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 500';

-- Bytes of an id that is followed, and characters of one that is shown; whoever registers through Python has 800. Two of
-- them and a type fit into an index's entry, and into a row that is not stored in parts; a graph repeats each many times.
CREATE OR REPLACE FUNCTION model_registry_most_id() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1000';

-- Bytes of all the ids that one artifact's links lead to, or that one key of its metadata names: 1,000 ids of 100. Each is
-- looked up, sorted, kept and drawn.
CREATE OR REPLACE FUNCTION model_registry_most_ids() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 100000';

-- Analyses of one model whose inputs and pins are read; of all their inputs twice as many as of one artifact's links. A
-- thousand analyses of a thousand inputs each would be a million to judge.
CREATE OR REPLACE FUNCTION model_registry_most_analyses() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 50';

-- Whether a text is longer than this; no more of it is unpacked.
CREATE OR REPLACE FUNCTION model_registry_is_longer(value text, most integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT octet_length(value) > most AND length(left(value, most + 1)) > most
$$;

-- The beginning of a text.
CREATE OR REPLACE FUNCTION model_registry_cut(value text, most integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN model_registry_is_longer(value, most) THEN left(value, most) || '…' ELSE value END
$$;

CREATE OR REPLACE FUNCTION model_registry_label(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT model_registry_cut(value, model_registry_most_label())
$$;

CREATE OR REPLACE FUNCTION model_registry_shown(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT model_registry_cut(value, model_registry_most_text())
$$;

CREATE OR REPLACE FUNCTION model_registry_title(title text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT model_registry_cut(title, model_registry_most_title())
$$;

-- A text as an index holds it; a cut text is longer than any that is not cut.
CREATE OR REPLACE FUNCTION model_registry_key(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN octet_length(name) <= 100 THEN name ELSE left(name, 100) || md5(name) END
$$;

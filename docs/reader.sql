-- What a role needs to serve the registry. Run it as the owner of the tables, with their schema first in search_path,
-- after init-db; upgrades keep it. The role scidex_reader exists already, and may use the schema, as every role may of
-- the schema public.
GRANT SELECT ON artifacts, artifact_links, model_versions TO scidex_reader;
SELECT model_registry_let_read('scidex_reader');

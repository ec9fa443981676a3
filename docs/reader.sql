-- What a role needs to serve the registry. Run it as the owner of the tables, with their schema first in search_path,
-- after init-db, and again after each upgrade, which makes the views anew. The role scidex_reader exists already.
GRANT SELECT ON artifacts, artifact_links, model_versions TO scidex_reader;
GRANT SELECT ON model_registry_changes, model_registry_state, model_registry_projection TO scidex_reader;
GRANT SELECT ON model_registry_verdicts, model_registry_models, model_registry_judged, model_registry_listed
    TO scidex_reader;

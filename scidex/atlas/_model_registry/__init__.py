"""The inside of ``scidex.atlas.model_registry``; import that instead."""

"""The inside of ``scidex.atlas.artifact_registry``; import that instead."""

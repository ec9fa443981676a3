SELECT artifact.id, artifact.artifact_type, artifact.content_hash
FROM artifacts AS artifact
WHERE artifact.id = ANY (%(ids)s::text[])

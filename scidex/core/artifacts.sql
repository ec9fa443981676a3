-- One artifact with the links that lead from it and to it, at most one more than %(most)s of each; a link's other end may be gone.
-- Of the other end's id as much is shown as an index holds without compressing it, of its title 1,000 characters.
-- Indented, a deep document grows by the square of its depth: deep and long ones are shown as they are, and cut.
SELECT artifact.id, artifact.artifact_type, artifact.title, artifact.version_number, artifact.version_tag,
       artifact.is_latest, artifact.lifecycle_state, artifact.origin_type, artifact.origin_url, artifact.content_hash,
       artifact.created_by, artifact.changelog,
       CASE
           WHEN document.characters > %(most_characters)s OR jsonb_path_exists(artifact.metadata, 'strict $.**{20}')
               THEN left(document.text, %(most_characters)s)
           ELSE jsonb_pretty(artifact.metadata)
       END AS metadata,
       document.characters,
       to_jsonb((artifact.created_at AT TIME ZONE 'UTC')::date) #>> '{}' AS created_on,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(
                   link.link_type, left(link.target_artifact_id, 2704), left(other.artifact_type, 100),
                   left(other.title, 1000), other.version_number
               ) ORDER BY link.link_type COLLATE "C", link.id), '[]')
        FROM (SELECT id, link_type, target_artifact_id FROM artifact_links
              WHERE source_artifact_id = artifact.id ORDER BY link_type COLLATE "C", id LIMIT %(most)s + 1) AS link
        LEFT JOIN artifacts AS other ON other.id = link.target_artifact_id) AS depends_on,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(
                   link.link_type, left(link.source_artifact_id, 2704), left(other.artifact_type, 100),
                   left(other.title, 1000), other.version_number
               ) ORDER BY link.link_type COLLATE "C", link.id), '[]')
        FROM (SELECT id, link_type, source_artifact_id FROM artifact_links
              WHERE target_artifact_id = artifact.id ORDER BY link_type COLLATE "C", id LIMIT %(most)s + 1) AS link
        LEFT JOIN artifacts AS other ON other.id = link.source_artifact_id) AS dependents
FROM artifacts AS artifact
CROSS JOIN LATERAL (
    SELECT artifact.metadata::text AS text, length(artifact.metadata::text) AS characters
) AS document
WHERE artifact.id = %(id)s

-- One artifact with the links from it and to it, at most one more than %(most)s of each; a link's other end may be deleted.
-- The id of the other end and its title are cut to 1,000 characters.
-- With indents, a deep document grows by the square of its depth, so deep and long ones are shown without, and cut. A
-- document is left out if it is larger than 8 MiB unpacked (or 2 MiB as stored, compressed by up to 255 times), deeper than
-- 1,000 levels, or has too many numbers of few bytes and many digits: 64 of up to 131,072, or 20,000 of up to 400. Models
-- have their own page.
SELECT artifact.id, artifact.artifact_type, cut.title, artifact.version_number, cut.version_tag, artifact.is_latest,
       cut.lifecycle_state, cut.origin_type, cut.origin_url, cut.content_hash, cut.created_by, cut.changelog,
       CASE
           WHEN written.characters > %(most_characters)s OR jsonb_path_exists(readable.document, 'strict $.**{20}')
               THEN left(written.text, %(most_characters)s)
           ELSE jsonb_pretty(readable.document)
       END AS metadata,
       written.characters,
       to_jsonb((artifact.created_at AT TIME ZONE 'UTC')::date) #>> '{}' AS created_on,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(
                   link.link_type, left(link.target_artifact_id, 1000), left(other.artifact_type, 100),
                   left(other.title, 1000), other.version_number
               ) ORDER BY link.link_type COLLATE "C", link.id), '[]')
        FROM (SELECT id, link_type, target_artifact_id FROM artifact_links
              WHERE source_artifact_id = artifact.id ORDER BY link_type COLLATE "C", id LIMIT %(most)s + 1) AS link
        LEFT JOIN artifacts AS other ON other.id = link.target_artifact_id) AS depends_on,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(
                   link.link_type, left(link.source_artifact_id, 1000), left(other.artifact_type, 100),
                   left(other.title, 1000), other.version_number
               ) ORDER BY link.link_type COLLATE "C", link.id), '[]')
        FROM (SELECT id, link_type, source_artifact_id FROM artifact_links
              WHERE target_artifact_id = artifact.id ORDER BY link_type COLLATE "C", id LIMIT %(most)s + 1) AS link
        LEFT JOIN artifacts AS other ON other.id = link.source_artifact_id) AS dependents
FROM artifacts AS artifact
CROSS JOIN LATERAL (
    SELECT left(artifact.title, 1001) AS title, left(artifact.version_tag, 101) AS version_tag,
           left(artifact.lifecycle_state, 101) AS lifecycle_state, left(artifact.origin_type, 101) AS origin_type,
           left(artifact.origin_url, 20001) AS origin_url, left(artifact.content_hash, 1001) AS content_hash,
           left(artifact.created_by, 1001) AS created_by, left(artifact.changelog, 20001) AS changelog
) AS cut
CROSS JOIN LATERAL (
    SELECT CASE
               WHEN artifact.artifact_type <> 'model' AND (
                   pg_column_size(artifact.metadata) <= 2097152
                   OR pg_column_size(artifact.metadata) <= 8388608 AND pg_column_compression(artifact.metadata) IS NULL
               ) THEN artifact.metadata #> '{}'
           END AS document
    OFFSET 0
) AS unpacked
CROSS JOIN LATERAL (
    SELECT CASE
               WHEN pg_column_size(unpacked.document) <= 8388608
                   AND NOT jsonb_path_exists(unpacked.document, 'strict $.**{1000}')
                   AND 64 >= jsonb_array_length(jsonb_path_query_array(
                       unpacked.document,
                       'strict $.** ? (@.type() == "number"
                                       && (@ < -1e400 || @ > 1e400 || @ != 0 && @ > -1e-400 && @ < 1e-400))'
                   ))
                   AND 20000 >= jsonb_array_length(jsonb_path_query_array(
                       unpacked.document,
                       'strict $.** ? (@.type() == "number"
                                       && (@ < -1e100 || @ > 1e100 || @ != 0 && @ > -1e-100 && @ < 1e-100))'
                   ))
                   THEN unpacked.document
           END AS document
    OFFSET 0
) AS readable
CROSS JOIN LATERAL (
    SELECT readable.document::text AS text, length(readable.document::text) AS characters OFFSET 0
) AS written
WHERE artifact.id = %(id)s

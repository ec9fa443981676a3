-- How PostgreSQL plans the functions that follow keys from artifact to artifact, of one model or of thousands. Statistics
-- must not decide: those of tables just loaded are missing, and none tells how many names a document holds. So where
-- these functions look into a table by a key they do so in a subquery of each row (LATERAL with OFFSET 0), which leaves
-- an index as the only way; what they have gathered is joined by hashes, since row by row thousands would take the square
-- of their number; and plans are kept, since making one takes as long as judging a hundred models. What a Memoize
-- would remember is keyed by whole documents, of which no two are the same. PostgreSQL before 18 takes what is off for so
-- dear that it would compile the plan.
DO $$
DECLARE
    following regprocedure;
BEGIN
    FOREACH following IN ARRAY ARRAY[
        'model_registry_judge(text[])', 'model_registry_write(text[])', 'model_registry_facts(text[])',
        'model_registry_graphs(text[],integer,integer)', 'model_registry_affected_of(text[])'
    ]::regprocedure[] LOOP
        EXECUTE format(
            'ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan SET enable_nestloop = off '
            'SET enable_memoize = off SET enable_seqscan = off SET jit = off',
            following
        );
    END LOOP;
END
$$;

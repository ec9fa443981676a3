-- What a model is besides what it calls itself: the wider words by which people look for it.

-- What models say of their type (title, name, task, type, architecture), and the words that follow from it. Of a method that
-- predicts classes as well as numbers, metrics tell which of the two it does.
CREATE OR REPLACE FUNCTION model_registry_wider_words() RETURNS TABLE (said tsquery, also text) LANGUAGE sql IMMUTABLE ROWS 20 AS $$
    VALUES
        ('logistic & regress:* | logit | probit | naive & bayes | discriminant & analysis | svc'::tsquery,
         'classifier classification'),
        ('logistic & regress:* | linear & regress:* | ols | lasso | ridge | elastic & net', 'linear model'),
        ('lasso | ridge | elastic & net | penali:*', 'penalised penalized regularised regularized regression'),
        ('cox | proportional & hazard:*', 'survival analysis proportional hazards'),
        ('decision & tree:* | random & forest:* | gradient & boost:* | xgb:* | lgbm:* | lightgbm | catboost | gbm',
         'decision tree'),
        ('random & forest:* | boost:* | xgb:* | lgbm:* | lightgbm | catboost | adaboost | gbm | bagging', 'ensemble'),
        ('gradient & boost:* | xgb:* | lgbm:* | lightgbm | catboost | gbm', 'gradient boosting'),
        ('svm | svc | svr | support & vector', 'support vector machine SVM'),
        ('knn | k & neighb:* | nearest & neighb:*', 'k nearest neighbours neighbors KNN'),
        ('mlp | perceptron', 'multilayer perceptron MLP'),
        ('cnn | convolution:* | resnet:* | unet', 'convolutional neural network CNN'),
        ('rnn | recurrent | lstm | gru', 'recurrent neural network RNN'),
        ('transformer:* | bert | distil & bert | roberta | gpt:* | vit | whisper | esm | t5 | llama', 'transformer'),
        ('mlp | perceptron | transformer:* | bert | roberta | gpt:* | vit | whisper | esm | t5 | llama | gnn | autoencoder',
         'neural network'),
        ('compartment:* & kinetic:*', 'pharmacokinetic'),
        ('michaelis & menten', 'enzyme kinetics'),
        ('hodgkin & huxley', 'neuron')
$$;

-- The names of classes that a model tells apart, and the metrics that only classifiers and only models of numbers have.
-- A fit of kinetics reports an area under a curve of concentrations too, so metrics of biophysical models say nothing here.
CREATE OR REPLACE FUNCTION model_registry_predicts(document jsonb, metrics jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    names pg_catalog.text;
BEGIN
    IF jsonb_path_exists(document, '$.classes[1]') OR jsonb_path_exists(document, '$.estimator.classes[1]') THEN
        RETURN 'classifier classification';
    ELSIF metrics IS NULL OR metrics = '{}' OR jsonb_typeof(metrics) <> 'object'
          OR document ->> 'model_family' = 'biophysical' THEN
        RETURN NULL;
    END IF;
    SELECT string_agg(lower(left(each.name, 100)), ' ') INTO names FROM jsonb_object_keys(metrics) AS each (name);
    RETURN CASE
        WHEN names ~ '(^|[^a-z])(roc_?auc|auroc|pr_?auc|auprc|auc|(balanced_)?accuracy|f1|mcc|log_?loss|brier|sensitivity|specificity)($|[^a-z])'
            THEN 'classifier classification'
        WHEN names ~ '(^|[^a-z])(n?rmse|mae|mse|r2|r_squared)($|[^a-z])' THEN 'regressor regression'
    END;
END
$$;

-- The words that a search finds a model by though it does not write them. Names of programs (`RandomForestClassifier`) are
-- read as the words they are put together from.
CREATE OR REPLACE FUNCTION model_registry_kind_words(title text, document jsonb, metrics jsonb) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    own pg_catalog.text := left(model_registry_text_of(document, ARRAY['task', 'task_type', 'model_type', 'architecture']), 1000);
    named pg_catalog.tsvector;
    wider pg_catalog.text;
BEGIN
    IF own ~ '[A-Z]' THEN
        own := left(
            concat_ws(' ', own, regexp_replace(own, '([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])', '\1\2 ', 'g')), 2000
        );
    END IF;
    named := array_to_tsvector(model_registry_lexemes(concat_ws(' ', model_registry_title(title), own)));
    SELECT string_agg(kind.also, ' ') INTO wider FROM model_registry_wider_words() AS kind WHERE named @@ kind.said;
    RETURN coalesce(
        model_registry_weighted(concat_ws(' ', own, wider, model_registry_predicts(document, metrics)), 'B'), ''
    )::tsvector;
END
$$;

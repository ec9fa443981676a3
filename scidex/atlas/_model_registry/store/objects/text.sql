-- Texts as searches and orders see them.

-- Lower case of every script, whatever the database's LC_CTYPE: C knows only ASCII, and Turkish has its own i.
DO $$
DECLARE
    found text;
BEGIN
    SELECT quote_ident(known.collname) INTO found
    FROM pg_collation AS known
    WHERE known.collnamespace = 'pg_catalog'::regnamespace
      AND known.collname IN ('pg_c_utf8', 'und-x-icu', 'C.utf8', 'C.UTF-8', 'default')
      AND known.collencoding IN (-1, pg_char_to_encoding('UTF8'))
    ORDER BY array_position(ARRAY['pg_c_utf8', 'und-x-icu', 'C.utf8', 'C.UTF-8'], known.collname::text)
    LIMIT 1;
    EXECUTE format(
        'CREATE OR REPLACE FUNCTION model_registry_lower(text text) RETURNS text LANGUAGE sql IMMUTABLE AS %L',
        format('SELECT lower(text COLLATE pg_catalog.%s)', found)
    );
END
$$;

-- A text as searches see it: one form of each character (NFKC), no accents, points or invisible signs, lower case.
CREATE OR REPLACE FUNCTION model_registry_plain(text text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN octet_length(text) = length(text) THEN lower(text COLLATE "C")
    ELSE replace(replace(replace(translate(
        model_registry_lower(normalize(regexp_replace(
            normalize(text, NFKD),
            '[\u00AD\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670'
            '\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200F\u2060-\u2064\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F\uFEFF'
            '\U000E0100-\U000E01EF]+', '', 'g'
        ), NFKC)),
        'øłđðħŧıς', 'olddhtiσ'
    ), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe') END
$$;

-- The sort key of a title: É beside e, v2 before v10. Numbers are padded with zeros to ten digits. It is a key instead of a
-- collation, as not every server has those of ICU, and an index by one is wrong on a replica or after an upgrade with another
-- version of ICU. A cursor carries the key, so titles are ordered by as much as an address can hold.
CREATE OR REPLACE FUNCTION model_registry_natural(title text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT left(regexp_replace(regexp_replace(
        model_registry_plain(left(title, 500)), '([0-9]+)', '000000000\1', 'g'
    ), '0*([0-9]{10,})', '\1', 'g'), 500)
$$;

-- Texts with each run of unspaced characters cut into pairs of neighbours: those that begin at its first, third, … one, and
-- after them those that begin at the others.
CREATE OR REPLACE FUNCTION model_registry_pairs(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN words !~ unspaced.one THEN words
    ELSE regexp_replace(
        concat(words, ' ', regexp_replace(words, format('(?<!%1$s)%1$s', unspaced.one), ' ', 'g')),
        format('(%1$s)(%1$s?)', unspaced.one), ' \1\2 ', 'g'
    ) END
    FROM (VALUES (
        '[\u0E01-\u0EFF\u1000-\u109F\u1100-\u11FF\u1780-\u17FF\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303B-\u312F'
        '\u31A0-\u31BF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\uA48C\uA960-\uA97C\uAC00-\uD7FB\U0001B000-\U0001B2FF'
        '\U00020000-\U0003FFFF]'
    )) AS unspaced (one)
$$;

-- The words of a text, between punctuation, symbols, spaces and controls. Scripts without spaces between
-- words (Chinese, Japanese, Korean, Thai, Lao, Burmese, Khmer) yield every pair of neighbours, so that a word is found
-- within a run of them.
CREATE OR REPLACE FUNCTION model_registry_lexemes(text text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    plain pg_catalog.text := model_registry_plain(text);
    spaced pg_catalog.text;
    words pg_catalog.text[];
BEGIN
    IF strpos(plain, '^') > 0 THEN  -- 10^6 is 10⁶
        plain := regexp_replace(plain, '(?<=[a-z0-9])\^(?=[a-z0-9])', '', 'g');
    END IF;
    IF octet_length(text) = length(text) THEN  -- ASCII, of which the same is true in half the time
        spaced := regexp_replace(plain, '[^a-z0-9]+', ' ', 'g');
    ELSE
        spaced := model_registry_pairs(regexp_replace(
            plain,
            '[\u0001-/:-@\[-`{-\u00BF\u00D7\u00F7\u02C2-\u02C5\u02D2-\u02EB\u02ED\u02EF-\u02FF\u0375\u037E\u0387'
            '\u03F6\u0482\u055A-\u055F\u0589-\u058F\u05BE\u05C0\u05C3\u05C6\u05F3-\u060F\u061B-\u061F\u066A-\u066D'
            '\u06D4\u06DD\u06DE\u06E9\u06FD\u06FE\u0700-\u070F\u0964\u0965\u0970\u0E3F\u0E4F\u0E5A\u0E5B\u0F01-\u0F17'
            '\u0F3A-\u0F3D\u104A-\u104F\u10FB\u1360-\u1368\u1680\u17D4-\u17D6\u17D8-\u17DB\u1800-\u180A\u180E\u200B-\u20CF'
            '\u2100-\u214D\u214F\u218A-\u2BFF\u2E00-\u2E2E\u2E30-\u3004\u3008-\u3020\u3030\u3037\u303D-\u303F\u30A0\u30FB'
            '\u31C0-\u31E3\u4DC0-\u4DFF\uA4FE\uA4FF\uA60D-\uA60F\uA8CE\uA8CF\uFD3E-\uFD4F\uFDCF\uFDFD-\uFDFF\uFFF9-\uFFFD'
            '\U0001D000-\U0001D164\U0001F000-\U0001FBEF\U000E0001-\U000E007F]+', ' ', 'g'
        ));
    END IF;
    words := coalesce(array_remove(string_to_array(spaced, ' '), ''), '{}');
    IF length(spaced) > 500 THEN  -- a lexeme has at most 2,046 bytes; a search has 500 characters
        RETURN ARRAY(SELECT left(word, 500) FROM unnest(words) AS word);
    END IF;
    RETURN words;
END
$$;

-- A text with the names of its Greek letters that stand alone among others: TNFalpha of TNFα. Greek words stay.
CREATE OR REPLACE FUNCTION model_registry_spelled_out(plain text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    spelled pg_catalog.text := plain;
    letter pg_catalog.text[];
BEGIN
    IF plain !~ '[α-ω]' THEN
        RETURN plain;
    END IF;
    spelled := regexp_replace(translate(plain, E'\x02', ''), '(?<![α-ω])([α-ω])(?![α-ω])', E'\x02\\1', 'g');
    FOREACH letter SLICE 1 IN ARRAY ARRAY[
        ['α', 'alpha'], ['β', 'beta'], ['γ', 'gamma'], ['δ', 'delta'], ['ε', 'epsilon'], ['ζ', 'zeta'], ['η', 'eta'],
        ['θ', 'theta'], ['ι', 'iota'], ['κ', 'kappa'], ['λ', 'lambda'], ['μ', 'mu'], ['ν', 'nu'], ['ξ', 'xi'],
        ['ο', 'omicron'], ['π', 'pi'], ['ρ', 'rho'], ['σ', 'sigma'], ['τ', 'tau'], ['υ', 'upsilon'], ['φ', 'phi'],
        ['χ', 'chi'], ['ψ', 'psi'], ['ω', 'omega']
    ] LOOP
        spelled := replace(spelled, E'\x02' || letter[1], letter[2]);
    END LOOP;
    RETURN spelled;
END
$$;

-- The words that a text is found by: its own and, of its beginning, compounds written as one word (il6 of IL-6), what stands
-- before and behind a Greek letter (tnf and alpha of TNFα), and all of them with Greek letters spelled out; some come twice. The
-- forms of a long text would take its time again, and room in the vector.
CREATE OR REPLACE FUNCTION model_registry_found_by(text text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    plain pg_catalog.text;
    forms pg_catalog.text;
BEGIN
    IF octet_length(text) = length(text) THEN
        plain := left(lower(text COLLATE "C"), 4000);
        IF strpos(plain, '-') = 0 AND strpos(plain, '''') = 0 THEN
            RETURN model_registry_lexemes(text);
        ELSIF plain ~ '[-''^][-''^]' THEN
            plain := regexp_replace(plain, '(?<=[a-z0-9])[-''](?=[a-z0-9])', '', 'g');
        ELSE  -- a single sign parts words beside anything but letters and digits, with it or without
            plain := translate(plain, '-''', '');
        END IF;
        RETURN model_registry_lexemes(text) || model_registry_lexemes(plain);
    END IF;
    IF left(text, 4000) !~ '[[:alnum:]][-''\u2019\u2010\u2011\u2013]|[\u0370-\u03FF\u1F00-\u1FFF\u00B5]' THEN
        RETURN model_registry_lexemes(text);
    END IF;
    plain := left(model_registry_plain(left(text, 4000)), 4000);
    forms := concat_ws(' ', plain, regexp_replace(
        plain, '(?<=[a-z0-9α-ω])[-''\u2019\u2010\u2013](?=[a-z0-9α-ω])', '', 'g'
    ));
    IF plain ~ '[α-ω]' THEN
        forms := concat_ws(' ', forms, regexp_replace(plain, '(?<=[a-z0-9])(?=[α-ω](?![α-ω]))', ' ', 'g'));
        forms := concat_ws(' ', forms, model_registry_spelled_out(forms));
    END IF;
    RETURN model_registry_lexemes(text) || model_registry_lexemes(forms);
END
$$;

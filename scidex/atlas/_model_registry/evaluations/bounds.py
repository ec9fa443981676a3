"""The bounds of an evaluation and of the ids of a dataset's samples."""

MOST_ROWS = 20_000
MOST_CLASSES = 50
MOST_NUMBERS = 400_000
MOST_BYTES = 8_000_000
LONGEST_TEXT = 200

MOST_SAMPLE_IDS = 100_000
MOST_SAMPLE_ID_BYTES = 4_000_000

"""What rows say: frozen records, one for each kind of row. No rule, no HTTP, no SQL."""

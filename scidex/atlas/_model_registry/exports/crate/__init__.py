"""A package for archives: RO-Crate 1.2 in a zip, with the record, the card and the citation inside."""

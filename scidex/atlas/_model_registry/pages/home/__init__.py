"""The home page: what the registry holds, what is new, and what needs mending; and the glossary."""

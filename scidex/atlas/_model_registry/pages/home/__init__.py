"""The way in: what the registry is, what it holds, what is new, and what needs mending; and the glossary."""

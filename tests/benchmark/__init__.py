"""How fast the registry is with many models, beside what PostgreSQL itself allows: python3 run.py benchmark."""

"""Doc, mentions → relations: the grammar of clauses."""

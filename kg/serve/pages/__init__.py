"""Pages for people, made by the server, in Chinese and English.

Two halves, as everywhere in `kg.serve`: `routes`, `drawn`, `description` stand on the side of HTTP and never open the store; a view
(`home`, `entity`, `document` …, listed in `views`) is a function from the store and what is asked to the words of a template, and runs
in a worker. `drawing` is a process of its own, which `drawn` starts.
"""

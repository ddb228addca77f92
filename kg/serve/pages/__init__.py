"""Pages for people, made by the server, in Chinese and English.

Two halves, as everywhere in `kg.serve`: `routes`, `finding`, `drawn` stand on the side of HTTP and never open the store; a view (`home`,
`entity`, `document` …) is a function from the store and what is asked to the words of a template, and runs in a worker.
"""

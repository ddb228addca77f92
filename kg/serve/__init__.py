"""The graph over HTTP (pages, the SPARQL protocol, reads of the graph store protocol) and for programs (the Model Context Protocol).

Two halves. On the one side the server, which never opens the store: `run` starts the `application`, whose routes (`protocol`, `graphs`,
`pages`) read a request (`request`, `negotiate`, `formats`) and send what comes back (`answer`, `fetching`); `mcp` is the other server.
Both give jobs to a `pool` of worker processes, within `limits`, and find names in an index of their own (`finding`).
On the other side a worker (`worker`), which never sees a request: it does `jobs` (queries, written by `results`; updates, see `using`;
`tools`, whose answers are `findings`; the views of `pages`). Between the halves go `frames`.
"""

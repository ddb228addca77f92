"""The graph over HTTP: the SPARQL protocol and reads of the graph store protocol.

Two halves. On the one side HTTP (`application`, `protocol`, `graphs`, `answer`, `request`, `negotiate`, `pool`, `run`), which
never opens the store; on the other the worker processes (`worker`, `jobs`, `results`, `using`), which never see a request.
Between them go `frames`.
"""

"""A trained recogniser beside the rules, in the extra `neural`: weights of another project, a runner of our own.

`weights` finds what is installed, `network` scores characters (torch, loaded on demand by `recogniser`), `decoding`
reads the best labels off the scores, `proposals` takes what has the shape of a name and that no rule speaks of.
"""

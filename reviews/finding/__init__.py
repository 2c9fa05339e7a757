"""What pieces, films and people are found by: their words, prepared, in an index of the database.

`folding` says how words are written there, `texts` which they are, `places` where they stand;
`index` keeps them in the database (docs/decisions/0018), `engines` knows how it is asked,
`asking` and `first` ask it, `near` for what is almost so, and `changes` has the triggers that say
what has to be read again.
"""

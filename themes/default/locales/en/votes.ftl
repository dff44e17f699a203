## Votes of the councils of a space, and its charter

entry-vote-closed = Vote closed

refusal-vote-closed = The vote is closed: its ballots are no longer changed.
refusal-not-an-elector = This council is not among the bodies this vote asks.
refusal-no-electors = There is nobody this vote could ask: no contributing council counts in it.
refusal-choice-unknown = Choose yes, no or abstention.
refusal-effect-unavailable = This cannot be put to a vote here: nothing could carry it out.
refusal-charter-moved-on = Another version of the charter came into force meanwhile: propose the next one.
refusal-charter-unreadable = Line { $line } of charter.toml cannot be read: { $why }
refusal-charter-rule-wrong = Line { $line } of charter.toml: { $fault ->
    [version] the version must be { $expected }, the one after the charter in force.
    [quorum] a quorum is at most 10000 basis points, the whole.
    [majority] a majority lies between 5000 and 10000 basis points.
    [days] a vote lasts between 1 and 365 days.
    [bands] the bands must rise, and the last has no upper bound.
    [steps] the steps must rise, and the first begins at 0.
    [superfluous] bands belong to by_band and steps to stepped; another rule has neither.
    [notice] notice is given at most 730 days ahead.
    [escalator] the days of the escalator must rise.
    [amount] an amount is zero or more, in minor units.
   *[basis_points] a part is at most 10000 basis points, the whole.
}
refusal-admit-by-vote = The members of this space decide by a vote, which is open.
refusal-already-leaving = This council has given notice already.

space-ask-voted = The request is made: the members of the space vote on it.
space-admit-voted = The members of the space vote on it.

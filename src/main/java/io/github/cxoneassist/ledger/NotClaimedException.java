package io.github.cxoneassist.ledger;

/**
 * A slot was asked for without an open claim. A programming error, unless the suggestion's window ended between the
 * claim and the reservation, which the ledger can't tell apart: what is over is forgotten. Don't try again; the window
 * says which of the two it was.
 */
public class NotClaimedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NotClaimedException(SuggestionKey key) {
        super("Suggestion " + key.suggestionId() + " of interaction " + key.interactionId()
                + " has no open claim: claim it before reserving a slot or holding it, and do both within its window");
    }
}

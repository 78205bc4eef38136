/**
 * Who holds a slot, who waits for one and what was sent, per interaction. The one place that decides whether a suggestion
 * may go out. May use {@code suggestion}; no Camel. Nothing outside this package may assume that it is the only node.
 *
 * <p>{@link io.github.cxoneassist.ledger.InteractionLedger} is the contract. Whatever is kept is dropped when the
 * suggestion's window ends: a redelivery after that fails validation anyway. Only the cool-down after a dismissal, where it
 * is on, outlives the window. {@link io.github.cxoneassist.ledger.HoldQueue} says who of those that wait is the best; the
 * ledger has the last word on whether one waits.
 */
package io.github.cxoneassist.ledger;

/**
 * Who holds a slot and what was sent, per interaction. The one place that decides whether a suggestion may go out.
 * May use {@code suggestion}; no Camel. Nothing outside this package may assume that it is the only node.
 *
 * <p>{@link io.github.cxoneassist.ledger.InteractionLedger} is the contract. Whatever is kept is dropped when the
 * suggestion's window ends: a redelivery after that fails validation anyway.
 */
package io.github.cxoneassist.ledger;

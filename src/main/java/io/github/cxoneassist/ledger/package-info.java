/**
 * Who holds a slot and what was sent, per interaction. The one place that decides whether a suggestion may go out.
 * May use {@code suggestion}; no Camel. Nothing outside this package may assume that it is the only node.
 */
package io.github.cxoneassist.ledger;

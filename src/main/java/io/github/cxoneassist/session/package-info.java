/**
 * One authenticated WebSocket to CXone: handshake, state machine, reconnect, heartbeat, frames.
 * Built on Vert.x; knows {@code oauth} and {@code http}, knows no Camel and none of the rules for a suggestion.
 */
package io.github.cxoneassist.session;

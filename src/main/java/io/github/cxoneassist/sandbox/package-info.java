/**
 * A CXone to try things against: a token endpoint and a WebSocket on a local port, with an agent who reads and decides,
 * and a referee who records every breach of the contract. Used by {@code mvn camel:run} and by the tests.
 * Knows the wire only; imports nothing else of ours.
 */
package io.github.cxoneassist.sandbox;

/**
 * A CXone to try things against: a token endpoint and a WebSocket on a local port, with an agent who reads and decides,
 * and a referee who records every breach of the contract. Used by {@code mvn camel:run}, by the tests,
 * and by the tests of integration teams, through {@code sandbox.junit}.
 * Knows the wire only; imports nothing else of ours.
 */
package io.github.cxoneassist.sandbox;

/**
 * TLS as a client: what the JVM trusts, a given context on a Vert.x client, and a failure in the words of an operator.
 * Uses nothing of ours, and no Camel.
 */
package io.github.cxoneassist.tls;

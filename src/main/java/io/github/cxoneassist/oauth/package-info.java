/**
 * Where the access token comes from: the grants, the cache in front of them, one flight for all callers.
 * Knows HTTP through the Nimbus OAuth SDK, and {@code http}; knows no Camel.
 */
package io.github.cxoneassist.oauth;

/**
 * The Camel component {@code cxone-assist}: URI, endpoint, producer, consumer, headers, health. Translates between Camel and
 * {@code session}; knows none of the rules for a suggestion. May use {@code session} and {@code oauth}.
 */
package io.github.cxoneassist.component;

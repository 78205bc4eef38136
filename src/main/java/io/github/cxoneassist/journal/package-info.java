/**
 * The append-only audit log: group commit, hash chain, reading and verification.
 * May use {@code suggestion}; no Camel. How a batch reaches SQL is the {@code JournalStore}'s business.
 */
package io.github.cxoneassist.journal;

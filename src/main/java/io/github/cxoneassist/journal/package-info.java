/**
 * The append-only audit log: group commit, hash chain, checkpoints, reading, verification, export, erasure and archive.
 * May use {@code suggestion}; no Camel. How a batch reaches SQL is the {@code JournalStore}'s business.
 *
 * <p>Each writing node has a chain of its own: {@code seq} is 1, 2, 3… without a gap, and a row's {@code hash} is the
 * lower-case hexadecimal SHA-256 of the UTF-8 bytes of this object in RFC 8785 form, or their HMAC-SHA-256 where there is a
 * {@code ChainKey}:
 *
 * <pre>{"at", "details", "event", "format", "interactionId", ["keyId",] "node", "prevHash", "reason", "seq", "suggestionId"}</pre>
 *
 * <ul>
 *   <li>{@code format} is {@value io.github.cxoneassist.journal.CanonicalRow#PLAIN_FORMAT} for a plain hash and
 *       {@value io.github.cxoneassist.journal.CanonicalRow#KEYED_FORMAT}, with {@code keyId}, for a keyed one: the scheme can
 *       change without making old rows ambiguous.
 *   <li>{@code prevHash} of the first row is 64 zeros.
 *   <li>{@code at} is the text as stored, UTC with six digits of a second; {@code seq} is a number; what is absent is
 *       {@code null}.
 *   <li>{@code details} is hashed as the <em>text</em> that is stored, not as the JSON value in it: whoever checks a
 *       row needs no opinion about numbers, and a database must therefore keep the column as text.
 * </ul>
 *
 * <p>Details are written in RFC 8785 form too, which knows numbers as doubles only. A number that a double does not
 * hold (an integer beyond ±(2<sup>53</sup>−1), a decimal with too many digits, NaN) is kept as its text: an audit log
 * neither rounds nor refuses what happened.
 *
 * <p>A chain shows a changed, removed, inserted or reordered row. It does not show a cut tail, nor, without a key, a rewrite of
 * everything from some row on. For that there are {@code Checkpoint}s: each binds the rows since the last one together by the
 * root of a Merkle tree, may be signed, and is kept outside of the database. {@code docs/audit/README.md} has all of it byte by
 * byte, {@code docs/security.md} what it proves.
 *
 * <p>What an operator does to the log stands in a chain of its own, {@code <node>.operator}.
 */
package io.github.cxoneassist.journal;

package io.github.cxoneassist.journal;

/**
 * Where a part of a node's chain begins and ends.
 *
 * @param first the number of its first row
 * @param prevHash the {@code prevHash} of that row
 * @param last the number of its last row
 * @param headHash the {@code hash} of that row
 */
public record AuditRange(long first, String prevHash, long last, String headHash) {}

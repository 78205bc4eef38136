package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.Violation.Kind;
import java.util.List;
import java.util.Map;

/**
 * The record in numbers.
 *
 * @param violations           all that there were; {@code latestViolations} has those that are kept
 * @param mostOpenSockets      at once
 * @param upgradeRequests      refused ones included
 * @param framesBeforeAuth     without the first auth frame of each socket
 * @param suggestions          well-formed ones, repeated ones included
 * @param mostActive           of one interaction at once
 */
public record RefereeSummary(
        long violations,
        Map<Kind, Long> violationsByKind,
        List<Violation> latestViolations,
        long sockets,
        int openSockets,
        int mostOpenSockets,
        long upgradeRequests,
        long tokenRequests,
        long framesIn,
        long framesOut,
        long framesBeforeAuth,
        long suggestions,
        int mostActive) {}

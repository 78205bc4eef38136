package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalException;
import io.github.cxoneassist.ledger.Waiting;
import org.apache.camel.Exchange;

/** What was to be promised to a source, and nobody knows whether it is on disk: the source is told that it failed. */
final class InDoubt {

    private InDoubt() {}

    /**
     * A restart that finds the row must neither send it nor take it for active: somebody else may have its slot, or its place,
     * by then. Does nothing where there is no doubt.
     *
     * @param failure of its row; null for none
     */
    static void takeBack(AssistRuntime runtime, Exchange exchange, Waiting waiting, Throwable failure) {
        if (JournalException.mayBeWritten(failure)) {
            exchange.setProperty(
                    PipelineProperties.OWED_ROW,
                    runtime.audit().appendUntilWritten(Entries.takenBack(waiting.suggestion(), failure)));
        }
    }
}

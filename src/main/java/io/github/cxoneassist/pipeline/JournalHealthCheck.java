package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.GroupCommitJournal;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Down while the last batch of the journal could not be written: nothing is sent that is not on disk. */
final class JournalHealthCheck extends AbstractHealthCheck {

    private final GroupCommitJournal journal;

    private final Checkpointer checkpointer;

    JournalHealthCheck(GroupCommitJournal journal, Checkpointer checkpointer) {
        super("cxone", "cxone-assist-journal");
        this.journal = journal;
        this.checkpointer = checkpointer;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        builder.detail("queued", journal.queued());
        // nothing is sent wrongly without a checkpoint, so these alone are no reason to be down
        checkpointer.trouble().ifPresent(trouble -> builder.detail("checkpoints", trouble));
        checkpointer.anchorTrouble().ifPresent(trouble -> builder.detail("anchor", trouble));
        journal.trouble().ifPresent(trouble -> builder.message(trouble).down());
    }
}

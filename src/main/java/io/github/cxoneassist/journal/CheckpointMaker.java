package io.github.cxoneassist.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the checkpoints of a node, each over the rows since the last one. Reads page by page and holds no row, so a log
 * that grew for days without a checkpoint is caught up with like any other. Blocking; one thread at a time calls it. The
 * application and an operator's command may make those of one node at the same time: the second goes on behind the first.
 *
 * <p>Rows that are not as they were written get no checkpoint: a signature must not cover up for whoever changed them.
 */
public final class CheckpointMaker {
    private final JournalReader reader;
    private final CheckpointStore store;
    private final ChainKeys keys;
    private final SigningKey signingKey;
    private final Clock clock;
    private final int maxRows;

    /**
     * @param signingKey null for checkpoints without a signature
     * @param maxRows how many rows a checkpoint covers at most
     */
    public CheckpointMaker(
            JournalReader reader,
            CheckpointStore store,
            ChainKeys keys,
            SigningKey signingKey,
            Clock clock,
            int maxRows) {
        if (maxRows < 1) {
            throw new IllegalArgumentException("a checkpoint covers 1 row or more, not " + maxRows);
        }
        this.reader = reader;
        this.store = store;
        this.keys = keys;
        this.signingKey = signingKey;
        this.clock = clock;
        this.maxRows = maxRows;
    }

    /**
     * Covers all that is committed, by as many checkpoints as that takes.
     *
     * @return how many were made
     * @throws JournalException with the first row that is not as it was written, or where the database fails
     */
    public int make(String node) {
        return make(node, checkpoint -> {});
    }

    /** @param each gets each that was made, when it is in the database */
    public int make(String node, Consumer<Checkpoint> each) {
        int[] made = {0};
        while (makeOne(node, checkpoint -> {
            made[0]++;
            each.accept(checkpoint);
        })) {
            // as long as there are rows behind the last one
        }
        return made[0];
    }

    /** @return whether there may be more to do */
    private boolean makeOne(String node, Consumer<Checkpoint> each) {
        Optional<Checkpoint> last = store.last(node);
        long before = last.map(Checkpoint::seq).orElse(0L);
        ChainHead head = last.map(covers -> new ChainHead(before, covers.headHash(), Instant.EPOCH))
                .orElse(ChainHead.GENESIS);
        MerkleTree tree = new MerkleTree();
        Verification verification = ChainVerifier.verify(leaves(node, before, tree), head, keys);
        if (verification instanceof Verification.Broken broken) {
            throw new JournalException("the audit log of node " + node + " is not as it was written, so it gets no"
                    + " checkpoint: " + broken.what());
        }
        ChainHead covered = ((Verification.Intact) verification).head();
        if (covered.seq() == before) {
            return false;
        }
        Checkpoint checkpoint = Checkpoint.of(
                node,
                before + 1,
                covered.seq(),
                tree.root(),
                covered.hash(),
                JournalRow.atText(clock.instant()),
                last.map(Checkpoint::hash).orElse(Checkpoint.NONE),
                signingKey);
        try {
            store.add(checkpoint);
        } catch (JournalException e) {
            if (store.last(node).map(Checkpoint::seq).orElse(0L) > before) {
                // somebody else was quicker; the table let only one of them in
                return true;
            }
            throw e;
        }
        each.accept(checkpoint);
        return true;
    }

    /** The rows behind {@code seq}, each put into the tree on its way. */
    private Iterator<JournalRow> leaves(String node, long seq, MerkleTree tree) {
        Iterator<JournalRow> rows = new RowIterator(reader, node, seq);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return tree.size() < maxRows && rows.hasNext();
            }

            @Override
            public JournalRow next() {
                JournalRow row = rows.next();
                tree.add(CanonicalRow.leaf(row));
                return row;
            }
        };
    }
}

package io.github.cxoneassist.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process of this program off a journal in a file: both would number their rows alike, and fail each
 * other's. SQLite's own lock is no help, since it is held for a transaction only. The operating system lets go of it when
 * the process ends, however it ends.
 */
final class FileLock implements JournalLock {

    private final FileChannel channel;

    private FileLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, which is a file beside the database: one for whatever runs the application, since that is one process a
     * file, and one for the operators' commands beside it.
     *
     * @throws JournalDatabaseException if somebody else has it
     */
    static FileLock take(SqliteFile database, String node) {
        boolean operator = node.endsWith(AuditVerifier.OPERATOR);
        database.createFolder();
        Path file = database.sibling(operator ? ".operator.lock" : ".lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new FileLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // held by this very process: the same answer
        } catch (IOException e) {
            throw new JournalDatabaseException("the lock " + file + " cannot be taken: " + e, e);
        }
        closeQuietly(channel);
        throw new JournalDatabaseException(JournalLock.inUse(database, node));
    }

    @Override
    public void require() {
        // nobody can take it away
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // closed or not, the operating system has let go of the lock
        }
    }
}

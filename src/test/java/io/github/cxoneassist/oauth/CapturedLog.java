package io.github.cxoneassist.oauth;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** All that is logged while it is open, by anybody, with the causes; nothing of it goes anywhere else. */
public final class CapturedLog implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level levelBefore = root.getLevel();
    private final Map<String, Appender> appendersBefore = Map.copyOf(root.getAppenders());
    private final AbstractAppender appender =
            new AbstractAppender("captured-" + System.identityHashCode(this), null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    StringBuilder line = new StringBuilder(event.getMessage().getFormattedMessage());
                    for (Throwable t = event.getThrown(); t != null; t = t.getCause()) {
                        line.append(' ').append(t);
                    }
                    lines.add(line.toString());
                }
            };

    public CapturedLog() {
        this(Level.ALL);
    }

    public CapturedLog(Level level) {
        appender.start();
        appendersBefore.keySet().forEach(root::removeAppender);
        root.addAppender(appender, level, null);
        root.setLevel(level);
        context.updateLoggers();
    }

    public String text() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        root.removeAppender(appender.getName());
        appendersBefore.values().forEach(before -> root.addAppender(before, null, null));
        root.setLevel(levelBefore);
        context.updateLoggers();
    }
}

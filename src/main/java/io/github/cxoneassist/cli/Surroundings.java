package io.github.cxoneassist.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the machine has to offer before anything starts. Camel itself only logs that it cannot listen or has no folder to
 * watch, and runs on without.
 */
final class Surroundings {

    private Surroundings() {}

    /**
     * @throws UncheckedIOException with a {@link BindException} if the port is taken or the host is not this machine
     * @throws SettingsException if the inbox is not a folder and cannot be made
     */
    static void check(Places places) {
        checkPort(places.httpHost(), places.httpPort());
        if (places.takesFiles()) {
            checkInbox(Path.of(places.inbox()));
        }
    }

    private static void checkPort(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try (ServerSocket socket = new ServerSocket()) {
            // as the server itself does; else what an earlier run left in TIME_WAIT would look taken
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException(new BindException(host + ":" + port + ": " + e.getMessage()));
        }
    }

    private static void checkInbox(Path inbox) {
        try {
            Files.createDirectories(inbox);
        } catch (IOException e) {
            throw wrongInbox(inbox, "which is not a folder and cannot be made");
        }
        if (!Files.isWritable(inbox)) {
            throw wrongInbox(inbox, "to which nothing can be written: files that were read are moved within it");
        }
    }

    private static SettingsException wrongInbox(Path inbox, String what) {
        return new SettingsException(List.of("cxone.inbox is " + inbox.toAbsolutePath() + ", " + what
                + ". Name another folder with the environment variable CXONE_INBOX, or with cxone.inbox in the file"
                + " given with --config."));
    }
}

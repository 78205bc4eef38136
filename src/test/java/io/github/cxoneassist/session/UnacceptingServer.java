package io.github.cxoneassist.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Listens, but its backlog is full: the connection is never established. */
final class UnacceptingServer implements AutoCloseable {

    private static final int ENOUGH = 64;

    private final ServerSocket server;
    private final List<Socket> fillers = new ArrayList<>();

    UnacceptingServer() {
        try {
            server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
            boolean full = false;
            while (!full && fillers.size() < ENOUGH) {
                Socket filler = new Socket();
                fillers.add(filler);
                try {
                    filler.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 200);
                } catch (IOException timedOut) {
                    full = true;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/ws/v1");
    }

    @Override
    public void close() throws IOException {
        for (Socket filler : fillers) {
            filler.close();
        }
        server.close();
    }
}

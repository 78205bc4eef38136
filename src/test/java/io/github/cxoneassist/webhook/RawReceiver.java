package io.github.cxoneassist.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A subscriber's server that is free to break HTTP. One connection at a time, one request each. */
abstract class RawReceiver implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch clientLeft = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    RawReceiver() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }

    /** The request has been read; the connection is closed afterwards. */
    abstract void answer(OutputStream out) throws IOException;

    Subscriber subscriber() {
        return Events.subscriber("http://127.0.0.1:" + server.getLocalPort() + "/hook?token=hush");
    }

    int requests() {
        return sockets.size();
    }

    /** Whether the client has closed the connection while we were still writing. */
    boolean awaitClientLeft() throws InterruptedException {
        return clientLeft.await(5, TimeUnit.SECONDS);
    }

    /** False where it is time to end. */
    boolean rest(long millis) {
        try {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    readRequest(new BufferedInputStream(socket.getInputStream()));
                    sockets.add(socket);
                    answer(socket.getOutputStream());
                } catch (IOException e) {
                    if (server.isClosed()) {
                        return;
                    }
                    clientLeft.countDown();
                }
            }
        } finally {
            closed.countDown();
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("it left");
            }
            head.append((char) read);
        }
        String length = head.toString().replaceFirst("(?is).*\r\ncontent-length: *(\\d+)\r\n.*", "$1");
        in.readNBytes(Integer.parseInt(length));
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

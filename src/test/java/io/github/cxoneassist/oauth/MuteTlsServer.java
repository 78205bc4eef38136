package io.github.cxoneassist.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the TCP connection and never says a word of TLS. */
public class MuteTlsServer implements AutoCloseable {

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    public MuteTlsServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return sockets.size();
    }

    /** Until the socket fails. */
    void talk(Socket socket) throws IOException {}

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread talk = new Thread(() -> talkTo(socket), "talk");
                talk.setDaemon(true);
                talk.start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void talkTo(Socket socket) {
        try {
            talk(socket);
        } catch (IOException e) {
            // it left
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

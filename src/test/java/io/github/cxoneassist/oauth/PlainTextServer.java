package io.github.cxoneassist.oauth;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers whatever comes, TLS too, with HTTP in plain text. */
public final class PlainTextServer extends MuteTlsServer {

    @Override
    void talk(Socket socket) throws IOException {
        socket.getInputStream().read();
        socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}

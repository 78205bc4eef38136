package io.github.cxoneassist.oauth;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The sockets of one token request. They check the host name themselves: {@code HttpsURLConnection} alone would leave
 * it to a verifier that any code of the JVM may have switched off for all. And they can be closed during the handshake,
 * when the connection cannot be disconnected yet.
 */
final class VerifyingSocketFactory extends SSLSocketFactory implements Closeable {

    private final SSLSocketFactory sockets;
    private Socket latest;
    private boolean closed;

    VerifyingSocketFactory(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    @Override
    public Socket createSocket() throws IOException {
        return verifying(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return verifying(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return verifying(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return verifying(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return verifying(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return verifying(sockets.createSocket(address, port, localAddress, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public void close() throws IOException {
        Socket open;
        synchronized (this) {
            closed = true;
            open = latest;
        }
        if (open != null) {
            open.close();
        }
    }

    private Socket verifying(Socket socket) throws IOException {
        SSLParameters parameters = ((SSLSocket) socket).getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        ((SSLSocket) socket).setSSLParameters(parameters);
        synchronized (this) {
            latest = socket;
            if (!closed) {
                return socket;
            }
        }
        socket.close();
        throw new IOException("The request was given up before it was connected");
    }
}

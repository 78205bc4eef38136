package io.github.cxoneassist.oauth;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Begins a TLS record and sends a byte of it often enough that no single read times out. */
final class DrippingTlsServer extends MuteTlsServer {

    final CountDownLatch clientLeft = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    void talk(Socket socket) throws IOException {
        // a handshake record of TLS 1.2, 16 KB long
        socket.getOutputStream().write(new byte[] {22, 3, 3, 0x40, 0});
        try {
            while (!never.await(20, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            clientLeft.countDown();
            throw e;
        }
    }
}

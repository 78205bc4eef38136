package io.github.cxoneassist.webhook;

import java.io.IOException;
import java.io.OutputStream;

/** Sends a byte of its body now and then, and never ends. */
final class ReceiverThatDrips extends RawReceiver {

    @Override
    void answer(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (rest(20)) {
            write(out, "1\r\n.\r\n");
        }
    }
}

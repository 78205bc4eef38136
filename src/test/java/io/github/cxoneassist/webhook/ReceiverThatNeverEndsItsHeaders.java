package io.github.cxoneassist.webhook;

import java.io.IOException;
import java.io.OutputStream;

/** Sends headers as fast as they are read, for ever. */
final class ReceiverThatNeverEndsItsHeaders extends RawReceiver {

    @Override
    void answer(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\n");
        while (true) {
            write(out, "X-Dull: boy\r\n".repeat(100));
        }
    }
}

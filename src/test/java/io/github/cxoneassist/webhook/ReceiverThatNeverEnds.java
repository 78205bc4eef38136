package io.github.cxoneassist.webhook;

import java.io.IOException;
import java.io.OutputStream;

/** Sends its body as fast as it is read, for ever. */
final class ReceiverThatNeverEnds extends RawReceiver {

    @Override
    void answer(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nRetry-After: 7\r\n\r\n");
        while (true) {
            write(out, "all work and no play makes jack a dull boy ".repeat(100));
        }
    }
}

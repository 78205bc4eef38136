package io.github.cxoneassist.webhook;

import java.io.IOException;
import java.io.OutputStream;

/** Sends a byte of its first line now and then, and never ends. */
final class ReceiverThatDripsItsHead extends RawReceiver {

    @Override
    void answer(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 ");
        while (rest(20)) {
            write(out, "O");
        }
    }
}

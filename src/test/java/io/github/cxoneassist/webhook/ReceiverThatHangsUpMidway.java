package io.github.cxoneassist.webhook;

import java.io.IOException;
import java.io.OutputStream;

/** Closes in the middle of its body. */
final class ReceiverThatHangsUpMidway extends RawReceiver {

    @Override
    void answer(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
    }
}

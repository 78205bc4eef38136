package io.github.cxoneassist.webhook;

import java.io.IOException;
import java.io.OutputStream;

/** Takes its time, and then answers as it should. */
final class ReceiverThatTakesItsTime extends RawReceiver {

    @Override
    void answer(OutputStream out) throws IOException {
        rest(300);
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
}

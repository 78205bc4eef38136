package io.github.cxoneassist.webhook;

import java.io.IOException;
import java.io.OutputStream;

/** Speaks something that is not HTTP. */
final class ReceiverThatTalksNonsense extends RawReceiver {

    @Override
    void answer(OutputStream out) throws IOException {
        write(out, "220 mail.example ESMTP hush\r\n");
        rest(5_000);
    }
}

package io.github.cxoneassist.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A system that pushes over a WebSocket, one message at a time, and sends each again until it knows its outcome. */
final class InsistentPusher implements AutoCloseable {

    private final URI address;
    private final String apiKey;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final AtomicLong unanswered = new AtomicLong();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "pusher");
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private WebSocket socket;

    InsistentPusher(URI address, String apiKey) {
        this.address = address;
        this.apiKey = apiKey;
        thread.setDaemon(true);
        thread.start();
    }

    void push(String message) {
        unanswered.incrementAndGet();
        messages.add(message);
    }

    long unanswered() {
        return unanswered.get();
    }

    /** The last one of each message. */
    List<String> answers() {
        return answers;
    }

    private void run() {
        try {
            while (true) {
                String message = messages.take();
                String answer = send(message);
                while (answer == null || answer.contains("\"status\":\"failed\"")) {
                    // a pause between two tries that an interrupt ends
                    received.poll(50, TimeUnit.MILLISECONDS);
                    answer = send(message);
                }
                answers.add(answer);
                unanswered.decrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String send(String message) throws InterruptedException {
        try {
            if (socket == null || socket.isInputClosed() || socket.isOutputClosed()) {
                socket = connect(address);
            }
            received.clear();
            socket.sendText(message, true).get(5, TimeUnit.SECONDS);
            return received.poll(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception notThere) {
            socket = null;
            return null;
        }
    }

    private WebSocket connect(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("X-API-Key", apiKey)
                .buildAsync(uri, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        received.add(text.toString());
                        from.request(1);
                        return CompletableFuture.completedFuture(null);
                    }
                })
                .get(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.interrupt();
        if (socket != null) {
            socket.abort();
        }
    }
}

package io.faradaybridge.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads one body as it arrives. The first event (end, limit, deadline, error) ends the waiting. The rest of a body that
 * is too large is read and discarded, up to a limit, so that its sender gets the answer and not a reset.
 */
final class BodyArrival implements ReadListener, AsyncListener {

    /** Called at the end of the waiting. The answer is then complete, unless the request goes on. */
    interface Outcome {

        /** The request goes on to its call. */
        void arrived(byte[] body) throws IOException;

        void tooLarge() throws IOException;

        /** Too slow, or the connection broke. */
        void cut() throws IOException;
    }

    private static final int PART = 8192;
    private static final int MOST_FORGOTTEN = 4 * 1024 * 1024;

    private final HttpServletRequest request;
    private final AsyncContext async;
    private final ServletInputStream in;
    private final int mostBytes;
    private final Outcome outcome;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final byte[] part = new byte[PART];
    private final AtomicBoolean over = new AtomicBoolean();
    private long received;

    private BodyArrival(
            HttpServletRequest request, AsyncContext async, ServletInputStream in, int mostBytes, Outcome outcome) {
        this.request = request;
        this.async = async;
        this.in = in;
        this.mostBytes = mostBytes;
        this.outcome = outcome;
    }

    static void await(HttpServletRequest request, Duration deadline, int mostBytes, Outcome outcome)
            throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(deadline.toMillis());
        BodyArrival arrival = new BodyArrival(request, async, request.getInputStream(), mostBytes, outcome);
        async.addListener(arrival);
        arrival.in.setReadListener(arrival);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!over.get() && in.isReady() && !in.isFinished()) {
            int read = in.read(part);
            if (read < 0) {
                return;
            }
            received += read;
            if (!tooLarge()) {
                body.write(part, 0, read);
            } else {
                body.reset();
                if (received > (long) mostBytes + MOST_FORGOTTEN) {
                    end(outcome::tooLarge);
                }
            }
        }
    }

    private boolean tooLarge() {
        return received > mostBytes;
    }

    @Override
    public void onAllDataRead() throws IOException {
        if (over.compareAndSet(false, true)) {
            if (tooLarge()) {
                outcome.tooLarge();
                async.complete();
            } else {
                outcome.arrived(body.toByteArray());
                async.dispatch();
            }
        }
    }

    @Override
    public void onError(Throwable broken) {
        try {
            endShort();
        } catch (IOException gone) {
            async.complete();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        endShort();
    }

    private void endShort() throws IOException {
        end(tooLarge() ? outcome::tooLarge : outcome::cut);
    }

    private interface Answer {
        void given() throws IOException;
    }

    /** The rest of the body is not read: the connection ends with the answer. */
    private void end(Answer answer) throws IOException {
        if (over.compareAndSet(false, true)) {
            answer.given();
            RestOfBody.drop(request);
            async.complete();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over.set(true);
    }

    @Override
    public void onError(AsyncEvent event) {
        over.set(true);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // asynchronous work behind this filter has its own listeners
    }
}

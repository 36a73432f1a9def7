package io.faradaybridge.export.attachments;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads an answer up to a limit, and not a byte more into memory. */
final class LimitedBody implements BodySubscriber<LimitedBody.Bytes> {

    private final int most;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<Bytes> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private LimitedBody(int most) {
        this.most = most;
    }

    /** What was read; nothing if there were too many bytes. Large, so it is handed out without a copy. */
    static final class Bytes {

        private final byte[] content;
        private final boolean tooMany;

        private Bytes(byte[] content, boolean tooMany) {
            this.content = content;
            this.tooMany = tooMany;
        }

        boolean tooMany() {
            return tooMany;
        }

        byte[] content() {
            return content;
        }
    }

    /** The body of an answer with status 200; of any other nothing is kept. */
    static BodyHandler<Bytes> ofSuccess(int most) {
        return answer -> answer.statusCode() == 200
                ? new LimitedBody(most)
                : BodySubscribers.replacing(new Bytes(new byte[0], false));
    }

    @Override
    public CompletionStage<Bytes> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (body.isDone()) {
                return;
            }
            if (buffer.remaining() > most - read.size()) {
                Objects.requireNonNull(subscription).cancel();
                body.complete(new Bytes(new byte[0], true));
                return;
            }
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            read.writeBytes(part);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(new Bytes(read.toByteArray(), false));
    }
}

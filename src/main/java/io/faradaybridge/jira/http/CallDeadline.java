package io.faradaybridge.jira.http;

import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Ends every call at its deadline and reads its whole answer. A socket's timeout counts from one byte to the next, so a
 * slow server could hold a call for ever. Here the response timeout is the deadline of the whole call, which leases
 * rely on.
 */
public final class CallDeadline implements ExecChainHandler, AutoCloseable {

    private static final int LARGEST_ANSWER = 20 * 1024 * 1024;

    private final ScheduledThreadPoolExecutor alarm;

    public CallDeadline() {
        this.alarm = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("jira-deadline", true));
        alarm.setRemoveOnCancelPolicy(true);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException {
        Duration deadline = scope.clientContext
                .getRequestConfigOrDefault()
                .getResponseTimeout()
                .toDuration();
        AtomicBoolean late = new AtomicBoolean();
        Future<?> timer = alarm.schedule(
                () -> {
                    late.set(true);
                    ((Cancellable) scope.originalRequest).cancel();
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        boolean whole = false;
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            readWhole(response);
            whole = true;
            return response;
        } catch (IOException | HttpException e) {
            throw broken(e, scope, late.get(), deadline);
        } catch (IllegalStateException e) {
            // the client throws this if it is cancelled between two steps
            if (late.get()) {
                throw broken(e, scope, true, deadline);
            }
            throw e;
        } finally {
            timer.cancel(false);
            if (!whole) {
                // an answer that is not read to its end would keep its connection for ever, and the pool is small
                scope.execRuntime.discardEndpoint();
            }
        }
    }

    private static NoAnswer broken(Exception e, ExecChain.Scope scope, boolean late, Duration deadline) {
        boolean sent = scope.clientContext.getAttribute(RequestSigner.SENT) != null;
        return late
                ? new NoAnswer(noAnswerWithin(deadline), sent, JiraProblem.TIMEOUT, e)
                : new NoAnswer(whatHappened(e, sent, deadline), sent, problem(e), e);
    }

    private static JiraProblem problem(Exception e) {
        if (e instanceof AddressRefused) {
            return JiraProblem.BLOCKED_ADDRESS;
        }
        if (e instanceof UnknownHostException) {
            return JiraProblem.UNKNOWN_HOST;
        }
        if (e instanceof SSLException) {
            return JiraProblem.TLS;
        }
        // a connect timeout may be a ConnectException, so timeouts are checked first
        if (e instanceof InterruptedIOException) {
            return JiraProblem.TIMEOUT;
        }
        return e instanceof ConnectException ? JiraProblem.CONNECTION_REFUSED : JiraProblem.OTHER;
    }

    private static void readWhole(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        // already decompressed, or empty: camel-http would try it again
        response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
        if (entity == null) {
            return;
        }
        InputStream stream = entity.getContent();
        byte[] answer = stream.readNBytes(LARGEST_ANSWER + 1);
        if (answer.length > LARGEST_ANSWER) {
            // not closed, since that would read the rest
            throw new AnswerTooLarge();
        }
        stream.close();
        response.setEntity(new ByteArrayEntity(answer, null));
    }

    private static String whatHappened(Exception e, boolean sent, Duration deadline) {
        if (e instanceof AnswerTooLarge) {
            return "its answer is larger than " + LARGEST_ANSWER / 1024 / 1024 + " MB";
        }
        if (e instanceof SocketTimeoutException && sent) {
            return noAnswerWithin(deadline);
        }
        if (sent) {
            return "the connection broke before its answer was complete" + reason(e);
        }
        if (e instanceof RequestSigner.TooLate) {
            return "more than " + JiraRequest.SENT_WITHIN.toSeconds()
                    + " s passed before it could be sent, so it was not sent";
        }
        if (e instanceof ConnectionRequestTimeoutException) {
            return "all connections to it are busy";
        }
        if (e instanceof AddressRefused) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof UnknownHostException) {
            return "its host name is not known to the name server";
        }
        if (e instanceof SSLException) {
            return whyNotSecure(e);
        }
        if (e instanceof ConnectException || e instanceof InterruptedIOException) {
            return "no connection could be made" + reason(e);
        }
        return "nothing could be sent" + reason(e);
    }

    private static String whyNotSecure(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateRefused || cause instanceof SSLPeerUnverifiedException) {
                return String.valueOf(cause.getMessage());
            }
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("Unsupported or unrecognized SSL message") || message.contains("plaintext")
                ? "no secure connection could be made: the server does not use TLS; check whether the address needs"
                        + " http or another port"
                : "no secure connection could be made" + reason(e);
    }

    private static String noAnswerWithin(Duration deadline) {
        return "it did not answer within " + deadline.toMillis() / 1000.0 + " s";
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }

    public static final class AnswerTooLarge extends IOException {}
}

package io.faradaybridge.sandbox;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.NullMarked;

/** What all tests of a JVM share is closed when it ends, the newest first: a bridge before the database that it works on. */
@NullMarked
public final class AtTheEnd {

    private static final Deque<Runnable> CLOSING = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> CLOSING.forEach(Runnable::run), "sandbox-stop"));
    }

    private AtTheEnd() {}

    public static void run(Runnable close) {
        CLOSING.addFirst(close);
    }
}

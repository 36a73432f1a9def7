package io.faradaybridge.sandbox.jira;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every call that arrived, in the order of arrival. */
final class CallLog {

    /** Lets the one who answers note the status. */
    final class Entry {
        private final int generation;
        private final int position;

        private Entry(int generation, int position) {
            this.generation = generation;
            this.position = position;
        }

        void answered(int status) {
            synchronized (CallLog.this) {
                if (generation == CallLog.this.generation) {
                    ReceivedCall call = calls.get(position);
                    calls.set(
                            position,
                            new ReceivedCall(call.kind(), call.method(), call.path(), call.query(), status, call.at()));
                }
            }
        }
    }

    private final List<ReceivedCall> calls = new ArrayList<>();
    private int generation;

    synchronized Entry arrived(RawRequest request, String path, Instant at) {
        calls.add(new ReceivedCall(
                ReceivedCall.Kind.of(request.method(), path), request.method(), path, request.rawQuery(), 0, at));
        return new Entry(generation, calls.size() - 1);
    }

    synchronized List<ReceivedCall> all() {
        return List.copyOf(calls);
    }

    synchronized void clear() {
        calls.clear();
        generation++;
    }
}
